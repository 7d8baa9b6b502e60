import type * as client from '@aws-sdk/client-sns';
import type { Call, Handlers, World } from '../service.ts';
import type { Deliveries } from './delivery/deliveries.ts';
import { notFound } from './refusals.ts';
import type { Signer } from './signature/signer.ts';
import type { SnsState, Subscription, Topic } from './state.ts';
import { requireArn, requireTopicArn } from './arn.ts';
import { authorize } from './access.ts';

export type SnsHandlers = Handlers<typeof client>;

/** What SNS's operations work on. */
export interface Sns {
  readonly world: World;
  readonly signer: Signer;
  readonly deliveries: Deliveries;
  /** Replaced as a whole by reset and restore. */
  state: SnsState;
}

/** The topic that is asked for, once the caller may do that with it. */
export function topicFor(sns: Sns, arn: string | undefined, action: string, call: Call, parameter = 'TopicArn'): Topic {
  const known = sns.state.topics.get(arn ?? '');
  const topic = known?.region === call.region ? known : sns.state.topics.get(requireTopicArn(arn, call, parameter));
  if (topic === undefined) throw notFound('Topic');
  authorize(topic, action, call, sns.world.clock.now());
  return topic;
}

export function subscriptionFor(sns: Sns, arn: string | undefined): Subscription {
  requireArn('SubscriptionArn', arn);
  const subscription = sns.state.subscriptions.get(arn ?? '');
  if (subscription === undefined) throw notFound('Subscription');
  return subscription;
}
