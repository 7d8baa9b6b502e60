import type { Call } from '../service.ts';
import { parseArn } from './arn.ts';
import { authorize } from './access.ts';
import { requireTopicArn } from './arn.ts';
import { checkEndpoint, checkPairing, requireProtocol } from './checkEndpoint.ts';
import { invalid, notFound } from './refusals.ts';
import type { Sns, SnsHandlers } from './sns.ts';
import type { Protocol, Subscription, Topic } from './state.ts';
import { setSubscriptionAttribute } from './subscriptionAttributes.ts';
import { awaitConfirmation } from './confirm.ts';

export const subscribeHandlers = (sns: Sns) =>
  ({
    Subscribe({ TopicArn, Protocol, Endpoint = '', Attributes = {}, ReturnSubscriptionArn }, call) {
      const arn = requireTopicArn(TopicArn, call);
      const protocol = requireProtocol(Protocol);
      checkEndpoint(protocol, Endpoint, sns.state);
      checkPairing({ fifo: arn.endsWith('.fifo') }, protocol, Endpoint);
      const wanted = newSubscription(sns, arn, protocol, Endpoint, Attributes, call);
      const topic = sns.state.topics.get(arn);
      if (topic === undefined) throw notFound('Topic');
      authorize(topic, 'Subscribe', call, sns.world.clock.now());
      const subscription = keep(sns, topic, wanted, Attributes);
      sns.world.changed();
      return {
        SubscriptionArn: subscription.pending && !ReturnSubscriptionArn ? 'pending confirmation' : subscription.arn,
      };
    },
  }) satisfies SnsHandlers;

function newSubscription(
  sns: Sns,
  topicArn: string,
  protocol: Protocol,
  endpoint: string,
  attributes: Readonly<Record<string, string>>,
  { caller }: Call,
): Subscription {
  const pending = needsConfirmation(protocol, endpoint, caller.account);
  const subscription: Subscription = {
    arn: `${topicArn}:${sns.world.id()}`,
    topicArn,
    protocol,
    endpoint,
    owner: caller.account,
    principal: caller.arn,
    pending,
    token: '',
    expires: 0,
    confirmedByOwner: !pending,
    authenticateOnUnsubscribe: false,
    attributes: new Map(),
    filter: undefined,
  };
  const reason = 'Attributes Reason: ';
  const { FilterPolicyScope, ...others } = attributes; // what a filter may say depends on its scope
  const ordered = FilterPolicyScope === undefined ? others : { FilterPolicyScope, ...others };
  const topic = { fifo: topicArn.endsWith('.fifo') };
  for (const [name, value] of Object.entries(ordered))
    setSubscriptionAttribute(subscription, topic, name, value, reason);
  if (protocol === 'firehose' && !subscription.attributes.has('SubscriptionRoleArn'))
    throw invalid('Attributes Reason: SubscriptionRoleArn is required for the firehose protocol');
  return subscription;
}

/** Those whose owner is the caller are not asked; a mailbox, a web server or somebody else's queue is. */
function needsConfirmation(protocol: Protocol, endpoint: string, account: string): boolean {
  switch (protocol) {
    case 'email':
    case 'email-json':
    case 'http':
    case 'https':
      return true;
    case 'sqs':
    case 'lambda':
      return parseArn(endpoint)?.account !== account;
    case 'sms':
    case 'firehose':
    case 'application':
      return false;
  }
}

/** The subscription that is there already, or the new one. */
function keep(sns: Sns, topic: Topic, wanted: Subscription, given: Readonly<Record<string, string>>): Subscription {
  const existing = [...topic.subscriptions.values()].find(
    ({ protocol, endpoint }) => protocol === wanted.protocol && endpoint === wanted.endpoint,
  );
  if (existing === undefined) {
    topic.subscriptions.set(wanted.arn, wanted);
    sns.state.subscriptions.set(wanted.arn, wanted);
    if (wanted.protocol === 'sqs') sns.deliveries.prepare();
    if (wanted.pending) awaitConfirmation(sns, topic, wanted);
    return wanted;
  }
  const differs = Object.keys(given).some((name) => attributeOf(existing, name) !== attributeOf(wanted, name));
  if (differs) throw invalid('Attributes Reason: Subscription already exists with different attributes');
  if (existing.pending) awaitConfirmation(sns, topic, existing);
  return existing;
}

const defaults: Readonly<Record<string, string>> = {
  RawMessageDelivery: 'false',
  FilterPolicyScope: 'MessageAttributes',
};

const attributeOf = ({ attributes }: Subscription, name: string) => attributes.get(name) ?? defaults[name];
