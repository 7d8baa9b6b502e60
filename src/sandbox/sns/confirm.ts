import { AwsError } from '../service.ts';
import { parseArn } from './arn.ts';
import { dropSubscription } from './dropSubscription.ts';
import { invalid, refusal } from './refusals.ts';
import type { Sns, SnsHandlers } from './sns.ts';
import type { Subscription, Topic } from './state.ts';

/** How long a confirmation may take before the subscription is dropped. */
const patience = 2 * 24 * 3600 * 1000;

export const confirmHandlers = (sns: Sns) =>
  ({
    ConfirmSubscription({ TopicArn, Token, AuthenticateOnUnsubscribe }, call) {
      const anonymous = call.caller.kind === 'anonymous';
      const topic = parseArn(TopicArn);
      if (topic?.service !== 'sns' || (!anonymous && topic.region !== call.region)) throw invalid('Topic');
      if (!/^[0-9a-f]+$/i.test(Token)) throw refusal('Invalid token');
      // The token decides: AWS compares the topic's region, not its name.
      const subscription = findByToken(sns, Token);
      if (subscription === undefined) throw invalid('Token');
      if (parseArn(subscription.topicArn)?.region !== topic.region) throw invalid('Topic');
      const authenticate = AuthenticateOnUnsubscribe?.toLowerCase() === 'true';
      if (authenticate && anonymous)
        throw new AwsError('AuthorizationErrorException', 'AuthenticateOnUnsubscribe needs a signed request');
      if (authenticate) {
        subscription.authenticateOnUnsubscribe = true;
        subscription.confirmedByOwner = true;
      }
      confirm(sns, subscription);
      return { SubscriptionArn: subscription.arn };
    },
  }) satisfies SnsHandlers;

function findByToken({ state }: Sns, token: string): Subscription | undefined {
  return state.subscriptions.get(state.tokens.get(token) ?? '') ?? state.left.get(token);
}

function confirm({ state, world }: Sns, subscription: Subscription): void {
  subscription.pending = false;
  subscription.expires = 0;
  if (state.left.delete(subscription.token)) {
    state.tokens.set(subscription.token, subscription.arn);
    state.subscriptions.set(subscription.arn, subscription);
    state.topics.get(subscription.topicArn)?.subscriptions.set(subscription.arn, subscription);
  }
  world.changed();
}

/** Asks the endpoint; without an answer within two days the subscription is gone. */
export function awaitConfirmation(sns: Sns, topic: Topic, subscription: Subscription): void {
  if (subscription.token !== '') sns.state.tokens.delete(subscription.token);
  subscription.token = newToken(sns);
  subscription.expires = sns.world.clock.now() + patience;
  sns.state.tokens.set(subscription.token, subscription.arn);
  expireLater(sns, subscription);
  sns.deliveries.askForConfirmation(topic, subscription);
}

export function expireLater(sns: Sns, subscription: Subscription): void {
  const { expires, token } = subscription;
  sns.world.clock.at(expires, () => {
    const current = sns.state.subscriptions.get(subscription.arn);
    if (current?.pending && current.token === token) dropSubscription(sns, current);
  });
}

/** As long as AWS's, in the same digits. */
export function newToken(sns: Sns): string {
  return Buffer.from(sns.world.token(144), 'base64url').toString('hex');
}
