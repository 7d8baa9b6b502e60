// How other services of the sandbox send: as service principals, which only the queue's policy lets in.
import type { Acting, Delivered, SqsPort } from '../ports.ts';
import { AwsError } from '../service.ts';
import { accept } from './accept.ts';
import { decide } from './access.ts';
import type { Queue } from './queue.ts';
import { changed } from './sqs.ts';
import type { Sqs } from './sqs.ts';

/** The ids that AWS's services show as senders, where they are known. */
const senderIds: Readonly<Record<string, string>> = {
  'sns.amazonaws.com': 'AIDAIT2UOQQY3AUEKVGXU',
};

export function createPort(sqs: Sqs): SqsPort {
  return {
    deliver(queueArn, message, as): Delivered {
      const queue = sqs.queues.findByArn(queueArn);
      if (!queue) return refused('no-such-queue', `The queue ${queueArn} does not exist.`);
      if (!lets(sqs, queue, as)) {
        return refused(
          'access-denied',
          `The policy of ${queueArn} does not let ${as.service} send for ${as.sourceArn}.`,
        );
      }
      try {
        const { sent } = accept(
          sqs.world,
          queue,
          {
            body: message.body,
            attributes: message.attributes,
            groupId: message.groupId,
            deduplicationId: queue.fifo ? message.deduplicationId : undefined,
          },
          senderIds[as.service] ?? as.service,
          'are invalid',
        );
        changed(sqs, queue);
        return { ok: true, messageId: sent.messageId };
      } catch (error) {
        if (error instanceof AwsError) return refused('invalid', error.message);
        throw error;
      }
    },
  };
}

const refused = (reason: 'no-such-queue' | 'access-denied' | 'invalid', message: string): Delivered => ({
  ok: false,
  reason,
  message,
});

function lets(sqs: Sqs, queue: Queue, as: Acting): boolean {
  const now = sqs.world.clock.now();
  queue.settle(now);
  const decision = decide(queue, { kind: 'service', name: as.service }, 'SendMessage', now, {
    'aws:SourceArn': as.sourceArn,
    'aws:SourceAccount': as.sourceAccount,
    'aws:PrincipalServiceName': as.service,
    'aws:PrincipalIsAWSService': 'true',
  });
  return decision === 'allow';
}
