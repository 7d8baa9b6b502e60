import type { SqsPort } from '../../ports.ts';
import { deadLetterTarget } from '../subscriptionAttributes.ts';
import { deliverToQueue } from './deliverToQueue.ts';
import type { Parts, Shipment } from './parts.ts';

export interface Queues {
  prepare(): void;
  /** In the same tick where SQS is loaded, which is nearly always. */
  use(send: (port: SqsPort) => void): void;
  deliver(shipment: Shipment): void;
  /** A message that could not be delivered: said in the log, and left to the dead-letter queue if there is one. */
  bury(shipment: Shipment, why: string): void;
}

export function createQueues({ world }: Pick<Parts, 'world'>): Queues {
  let sqs: SqsPort | undefined;
  const load = async (): Promise<SqsPort> => (sqs ??= await world.port('sqs'));
  const use = (send: (port: SqsPort) => void): void => {
    if (sqs !== undefined) send(sqs);
    else void load().then(send);
  };
  const lost = ({ publication, subscription }: Shipment, why: string): void =>
    world.log(`sns: ${publication.messageId} not delivered to ${subscription.endpoint}: ${why}`);
  const bury = (shipment: Shipment, why: string): void => {
    lost(shipment, why);
    const target = deadLetterTarget(shipment.subscription.attributes.get('RedrivePolicy'));
    if (target === undefined) return;
    use((port) => {
      const outcome = deliverToQueue(port, target, shipment);
      if (!outcome.ok) lost(shipment, `nor to its dead-letter queue: ${outcome.why}`);
    });
  };
  return {
    prepare: () => void load(),
    use,
    bury,
    deliver(shipment) {
      use((port) => {
        const outcome = deliverToQueue(port, shipment.subscription.endpoint, shipment);
        if (!outcome.ok) bury(shipment, outcome.why);
      });
    },
  };
}
