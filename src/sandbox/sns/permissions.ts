import { parsePolicy } from '../policy/parsePolicy.ts';
import { invalid } from './refusals.ts';
import { topicFor } from './sns.ts';
import type { Sns, SnsHandlers } from './sns.ts';
import type { Topic } from './state.ts';
import { defaultPolicy } from './topicAttributes.ts';

const actions = new Map(
  [
    'GetTopicAttributes',
    'SetTopicAttributes',
    'AddPermission',
    'RemovePermission',
    'DeleteTopic',
    'Subscribe',
    'ListSubscriptionsByTopic',
    'Publish',
    'Receive',
  ].map((name) => [name.toLowerCase(), `SNS:${name}`]),
);

export const permissionHandlers = (sns: Sns) =>
  ({
    AddPermission({ TopicArn, Label, AWSAccountId, ActionName }, call) {
      const topic = topicFor(sns, TopicArn, 'AddPermission', call);
      const policy = policyOf(topic);
      if (policy.Statement.some(({ Sid }) => Sid === Label)) throw invalid('Statement already exists');
      const granted = ActionName.map((name) => actions.get(name.toLowerCase()));
      if (granted.includes(undefined)) throw invalid('Policy statement action out of service scope!');
      const accounts = AWSAccountId.map((account) => `arn:aws:iam::${account}:root`);
      const statement = {
        Sid: Label,
        Effect: 'Allow',
        Principal: { AWS: oneOrMany(accounts) },
        Action: oneOrMany(granted),
        Resource: topic.arn,
      };
      store(topic, { ...policy, Statement: [...policy.Statement, statement] });
      sns.world.changed();
    },
    RemovePermission({ TopicArn, Label }, call) {
      const topic = topicFor(sns, TopicArn, 'RemovePermission', call);
      const policy = policyOf(topic);
      store(topic, { ...policy, Statement: policy.Statement.filter(({ Sid }) => Sid !== Label) });
      sns.world.changed();
    },
  }) satisfies SnsHandlers;

interface PolicyDocument {
  readonly Statement: readonly { readonly Sid?: string }[];
}

function policyOf(topic: Topic): PolicyDocument {
  const text = topic.attributes.get('Policy') ?? defaultPolicy(topic.arn, topic.account);
  const document = JSON.parse(text) as { readonly Statement: PolicyDocument['Statement'] | { readonly Sid?: string } };
  // Stored policies were parsed before; only the single statement without a list is left to even out.
  const statements = document.Statement;
  return { ...document, Statement: 'length' in statements ? statements : [statements] };
}

function store(topic: Topic, document: PolicyDocument): void {
  const text = JSON.stringify(document);
  topic.attributes.set('Policy', text);
  topic.policy = parsePolicy(text, 'open').policy;
}

const oneOrMany = <Item>(items: readonly Item[]) => (items.length === 1 ? items[0] : items);
