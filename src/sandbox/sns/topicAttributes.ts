import { parsePolicy } from '../policy/parsePolicy.ts';
import type { Policy } from '../policy/policy.ts';
import { effectiveTopicPolicy, normalizeTopicPolicy } from './delivery/deliveryPolicy.ts';
import { invalid, refusal } from './refusals.ts';
import type { Topic } from './state.ts';

const feedback = ['Application', 'Firehose', 'HTTP', 'Lambda', 'SQS'].flatMap((protocol) => [
  `${protocol}SuccessFeedbackRoleArn`,
  `${protocol}SuccessFeedbackSampleRate`,
  `${protocol}FailureFeedbackRoleArn`,
]);
const settable = new Set([
  'Policy',
  'DisplayName',
  'DeliveryPolicy',
  'KmsMasterKeyId',
  'SignatureVersion',
  'TracingConfig',
  ...feedback,
]);
const settableOfFifo = new Set(['ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy']);

const allowed: Readonly<Record<string, RegExp>> = {
  DisplayName: /^.{0,100}$/s,
  SignatureVersion: /^[12]$/,
  TracingConfig: /^(Active|PassThrough)$/,
  ContentBasedDeduplication: /^(true|false)$/i,
  FifoThroughputScope: /^(Topic|MessageGroup)$/,
};

/** Sets one attribute, or refuses. `creating`: AWS then says "Attributes Reason" before. */
export function setTopicAttribute(topic: Topic, name: string, value: string, creating = false): void {
  if (!settable.has(name) && !(topic.fifo && settableOfFifo.has(name))) throw invalid('AttributeName');
  const prefix = creating ? 'Attributes Reason: ' : '';
  if (allowed[name]?.test(value) === false) throw invalid(`${prefix}${name}`);
  switch (name) {
    case 'Policy':
      setPolicy(topic, value);
      return;
    case 'DeliveryPolicy':
      if (value === '' || value === '{}') topic.attributes.delete(name);
      else topic.attributes.set(name, normalizeTopicPolicy(value));
      return;
    case 'ContentBasedDeduplication':
      topic.attributes.set(name, value.toLowerCase());
      return;
    case 'ArchivePolicy':
      checkArchivePolicy(value, prefix);
  }
  topic.attributes.set(name, value);
}

function setPolicy(topic: Topic, text: string): void {
  const policy = readPolicy(text);
  const foreign = policy.statements.some(({ actions }) => actions.patterns.some((action) => !isOfSns(action)));
  if (foreign) throw invalid('Policy statement action out of service scope!');
  topic.attributes.set('Policy', JSON.stringify(JSON.parse(text)));
  topic.policy = policy;
}

const isOfSns = (action: string) => /^(\*|sns:.*)$/i.test(action);

function readPolicy(text: string): Policy {
  const { policy, problems } = parsePolicy(text, 'resource');
  if (policy !== undefined) return policy;
  const principal = problems.find(({ message }) => message.startsWith('Invalid principal'));
  throw invalid(`Policy Error: ${principal === undefined ? 'null' : 'PrincipalNotFound'}`);
}

function checkArchivePolicy(text: string, prefix: string): void {
  if (text === '{}') return;
  const days = /^\s*\{\s*"MessageRetentionPeriod"\s*:\s*"?(\d+)"?\s*\}\s*$/.exec(text)?.[1];
  if (days === undefined || Number(days) < 1 || Number(days) > 365)
    throw refusal(`Invalid parameter: ${prefix}ArchivePolicy`);
}

export function defaultPolicy(arn: string, account: string): string {
  const actions = [
    'SNS:GetTopicAttributes',
    'SNS:SetTopicAttributes',
    'SNS:AddPermission',
    'SNS:RemovePermission',
    'SNS:DeleteTopic',
    'SNS:Subscribe',
    'SNS:ListSubscriptionsByTopic',
    'SNS:Publish',
  ];
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: actions,
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  });
}

/** What GetTopicAttributes answers. */
export function describeTopic(topic: Topic): Record<string, string> {
  const subscriptions = [...topic.subscriptions.values()];
  const pending = subscriptions.filter((subscription) => subscription.pending).length;
  return {
    Policy: defaultPolicy(topic.arn, topic.account),
    ...(topic.fifo ? { FifoTopic: 'true', ContentBasedDeduplication: 'false' } : {}),
    DisplayName: '',
    ...Object.fromEntries(topic.attributes),
    TopicArn: topic.arn,
    Owner: topic.account,
    EffectiveDeliveryPolicy: effectiveTopicPolicy(topic),
    SubscriptionsConfirmed: String(subscriptions.length - pending),
    SubscriptionsPending: String(pending),
    SubscriptionsDeleted: String(topic.removedSubscriptions),
  };
}
