import type { Subscription, Topic } from '../state.ts';
import { confirmationEnvelope } from './envelope.ts';
import type { ConfirmationRequest } from './envelope.ts';
import { confirmationMail } from './mail.ts';
import type { Parts } from './parts.ts';
import { postConfirmation } from './post.ts';
import { signatureVersionOf } from './publication.ts';
import type { Queues } from './queues.ts';

/** What endpoints are asked: whether they want to be subscribed, and whether they really want to leave. */
export interface Requests {
  askForConfirmation(topic: Topic, subscription: Subscription): void;
  sayGoodbye(subscription: Subscription): void;
}

export function createRequests({ world, sealing, state }: Parts, queues: Queues): Requests {
  const request = (subscription: Subscription, type: ConfirmationRequest['type']): ConfirmationRequest => ({
    type,
    messageId: world.id(),
    token: subscription.token,
    topicArn: subscription.topicArn,
    subscriptionArn: subscription.arn,
    timestamp: new Date(world.clock.now()).toISOString(),
    signatureVersion: signatureVersionOf(state().topics.get(subscription.topicArn)),
  });
  const post = (subscription: Subscription, asked: ConfirmationRequest): void => {
    const envelope = confirmationEnvelope(asked, sealing);
    world.clock.at(world.clock.now(), async () => {
      const outcome = await postConfirmation(subscription, asked, envelope);
      if (!outcome.ok) world.log(`sns: ${asked.type} not delivered to ${subscription.endpoint}: ${outcome.why}`);
    });
  };
  return {
    askForConfirmation(topic, subscription) {
      const asked = request(subscription, 'SubscriptionConfirmation');
      switch (subscription.protocol) {
        case 'http':
        case 'https':
          return post(subscription, asked);
        case 'email':
        case 'email-json':
          world.mailbox.deliver(confirmationMail(topic, subscription, asked, sealing));
          return;
        case 'sqs': {
          const body = confirmationEnvelope(asked, sealing);
          const as = { service: 'sns.amazonaws.com', sourceArn: topic.arn, sourceAccount: topic.account };
          return queues.use((port) => void port.deliver(subscription.endpoint, { body }, as));
        }
        default: // the others are not asked, or cannot be yet
      }
    },
    sayGoodbye(subscription) {
      if (subscription.protocol === 'http' || subscription.protocol === 'https')
        post(subscription, request(subscription, 'UnsubscribeConfirmation'));
    },
  };
}
