import { AwsError } from '../service.ts';
import { authorize } from './access.ts';
import { requireArn } from './arn.ts';
import { dropSubscription } from './dropSubscription.ts';
import { pageOf } from './pages.ts';
import { invalid } from './refusals.ts';
import { subscriptionFor, topicFor } from './sns.ts';
import type { Sns, SnsHandlers } from './sns.ts';
import type { Subscription } from './state.ts';
import { describeSubscription, setSubscriptionAttribute } from './subscriptionAttributes.ts';
import { newToken } from './confirm.ts';

export const subscriptionHandlers = (sns: Sns) =>
  ({
    ListSubscriptions({ NextToken }, { account, region }) {
      const own = [...sns.state.subscriptions.values()].filter(
        (subscription) => subscription.owner === account && subscription.topicArn.split(':')[3] === region,
      );
      const { items, ...more } = pageOf(own, NextToken);
      return { Subscriptions: items.map(entry), ...more };
    },
    ListSubscriptionsByTopic({ TopicArn, NextToken }, call) {
      const topic = topicFor(sns, TopicArn, 'ListSubscriptionsByTopic', call);
      const { items, ...more } = pageOf([...topic.subscriptions.values()], NextToken);
      return { Subscriptions: items.map(entry), ...more };
    },
    GetSubscriptionAttributes({ SubscriptionArn }) {
      const subscription = subscriptionFor(sns, SubscriptionArn);
      return { Attributes: describeSubscription(subscription, sns.state.topics.get(subscription.topicArn)) };
    },
    SetSubscriptionAttributes({ SubscriptionArn, AttributeName, AttributeValue = '' }) {
      const subscription = subscriptionFor(sns, SubscriptionArn);
      const fifo = subscription.topicArn.endsWith('.fifo');
      setSubscriptionAttribute(subscription, { fifo }, AttributeName, AttributeValue);
      sns.world.changed();
    },
    Unsubscribe({ SubscriptionArn }, call) {
      checkSubscriptionArn(SubscriptionArn);
      const subscription = sns.state.subscriptions.get(SubscriptionArn);
      if (subscription === undefined) return; // unsubscribing again is no error
      const anonymous = call.caller.kind === 'anonymous';
      const topic = sns.state.topics.get(subscription.topicArn);
      if (anonymous && subscription.authenticateOnUnsubscribe) throw refuseUnsubscribe(call.caller.arn, subscription);
      if (!anonymous && topic !== undefined && call.caller.account !== subscription.owner)
        authorize(topic, 'Unsubscribe', call, sns.world.clock.now());
      dropSubscription(sns, subscription);
      if (anonymous && topic !== undefined) offerReturn(sns, subscription);
    },
  }) satisfies SnsHandlers;

const entry = ({ arn, owner, protocol, endpoint, topicArn, pending }: Subscription) => ({
  SubscriptionArn: pending ? 'PendingConfirmation' : arn,
  Owner: owner,
  Protocol: protocol,
  Endpoint: endpoint,
  TopicArn: topicArn,
});

function checkSubscriptionArn(text: string): void {
  if (text === '') throw invalid('SubscriptionArn Reason: no value for required parameter');
  requireArn('SubscriptionArn', text);
  if (text.split(':').length < 7) throw invalid('SubscriptionId');
}

const refuseUnsubscribe = (who: string, { arn }: Subscription) =>
  new AwsError(
    'AuthorizationErrorException',
    `User: ${who} is not authorized to perform: SNS:Unsubscribe on resource: ${arn}`,
  );

/** An endpoint that left by an unsigned link is told, with a link to come back. */
function offerReturn(sns: Sns, gone: Subscription): void {
  const subscription: Subscription = { ...gone, pending: true, token: newToken(sns), expires: 0 };
  sns.state.left.set(subscription.token, subscription);
  sns.deliveries.sayGoodbye(subscription);
}
