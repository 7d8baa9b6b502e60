import type { Sns } from './sns.ts';
import type { Subscription } from './state.ts';

/** Forgets a subscription, everywhere it is known. */
export function dropSubscription({ state, world }: Sns, { arn, topicArn, token }: Subscription): void {
  const topic = state.topics.get(topicArn);
  if (topic?.subscriptions.delete(arn)) topic.removedSubscriptions++;
  state.subscriptions.delete(arn);
  if (token !== '') state.tokens.delete(token);
  world.changed();
}
