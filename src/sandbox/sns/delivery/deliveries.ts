// How messages leave SNS. In: what was published or asked. Out: messages in queues, POSTs, mails.
// Publishing has been answered, or is about to be: nothing here ever fails back to the publisher.
import { pushNotification, shortMessage } from '../mobile/phone.ts';
import type { Subscription, Topic } from '../state.ts';
import { createEnvelopes } from './envelope.ts';
import { createGate } from './gate.ts';
import type { Gate } from './gate.ts';
import { notificationMail } from './mail.ts';
import type { Parts, Shipment } from './parts.ts';
import { createPosts } from './posts.ts';
import type { Publication } from './publication.ts';
import { createQueues } from './queues.ts';
import { createRequests } from './requests.ts';
import type { Requests } from './requests.ts';

export interface Deliveries extends Requests {
  /** Loads what delivering needs, so that the first message is not late. */
  prepare(): void;
  fanOut(topic: Topic, publication: Publication): void;
  /** After a restore. */
  resume(): void;
}

export function createDeliveries(parts: Parts): Deliveries {
  const { world, sealing, state } = parts;
  const queues = createQueues(parts);
  const posts = createPosts(parts, queues);

  const deliver = (topic: Topic, shipment: Shipment): void => {
    const { subscription, publication } = shipment;
    switch (subscription.protocol) {
      case 'sqs':
        return queues.deliver(shipment);
      case 'http':
      case 'https':
        return posts.deliver(shipment);
      case 'email':
      case 'email-json':
        world.mailbox.deliver(notificationMail(topic, shipment, sealing.endpoint()));
        return;
      case 'sms':
        shortMessage(world, state(), topic, subscription.endpoint, publication);
        return;
      case 'application':
        pushNotification(world, state(), subscription.endpoint, publication);
        return;
      case 'lambda':
      case 'firehose':
        queues.bury(shipment, `this sandbox has no ${subscription.protocol} yet`);
    }
  };

  return {
    ...createRequests(parts, queues),
    resume: posts.resume,
    prepare() {
      sealing.signer.prepare();
      queues.prepare();
    },
    fanOut(topic, publication) {
      const envelopes = createEnvelopes(publication, sealing);
      let gate: Gate | undefined;
      const passes = (subscription: Subscription): boolean =>
        subscription.filter === undefined || (gate ??= createGate(publication))(subscription);
      for (const subscription of topic.subscriptions.values())
        if (!subscription.pending && passes(subscription)) deliver(topic, { subscription, publication, envelopes });
    },
  };
}
