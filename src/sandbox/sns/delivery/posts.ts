import { effectiveSubscriptionPolicy } from './deliveryPolicy.ts';
import { createEnvelopes } from './envelope.ts';
import type { Envelopes } from './envelope.ts';
import type { Parts, Shipment } from './parts.ts';
import { postNotification } from './post.ts';
import type { Queues } from './queues.ts';
import { retryDelay } from './retryDelay.ts';

export interface Posts {
  deliver(shipment: Shipment): void;
  /** After a restore: what was to be tried again still is. */
  resume(): void;
}

/** Messages to web servers, tried again as the delivery policy says, then buried. */
export function createPosts({ world, sealing, state }: Parts, queues: Queues): Posts {
  const { clock } = world;

  const attempt = async (shipment: Shipment, number: number): Promise<void> => {
    const { subscription, publication, envelopes } = shipment;
    const started = clock.now();
    const policy = effectiveSubscriptionPolicy(subscription, state().topics.get(subscription.topicArn));
    const outcome = await postNotification(shipment, policy.requestPolicy.headerContentType);
    if (outcome.ok || !state().subscriptions.has(subscription.arn)) return;
    const delay = outcome.retry ? retryDelay(policy.healthyRetryPolicy, number + 1) : undefined;
    if (delay === undefined) return queues.bury(shipment, outcome.why);
    const id = `${publication.messageId} ${subscription.arn}`;
    const due = started + delay * 1000;
    state().retries.set(id, { subscriptionArn: subscription.arn, publication, attempt: number + 1, due });
    world.changed();
    retryAt(id, due, envelopes);
  };

  const retryAt = (id: string, due: number, envelopes: Envelopes): void => {
    clock.at(due, () => {
      const retry = state().retries.get(id);
      if (retry?.due !== due) return undefined;
      state().retries.delete(id);
      world.changed();
      const subscription = state().subscriptions.get(retry.subscriptionArn);
      return subscription && attempt({ subscription, publication: retry.publication, envelopes }, retry.attempt);
    });
  };

  return {
    deliver: (shipment) => void clock.at(clock.now(), () => attempt(shipment, 0)),
    resume() {
      for (const [id, { due, publication }] of state().retries) retryAt(id, due, createEnvelopes(publication, sealing));
    },
  };
}
