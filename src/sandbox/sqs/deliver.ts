// How other services of the sandbox send: as service principals, which only the queue's policy lets in.
import type { Policy } from '../policy/policy.ts';
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
  const decisions = new WeakMap<Queue, Decided>();
  return {
    deliver(queueArn, message, as): Delivered {
      const queue = sqs.queues.findByArn(queueArn);
      if (!queue) return refused('no-such-queue', `The queue ${queueArn} does not exist.`);
      if (!lets(sqs, queue, as, decisions)) {
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

/** What a queue's policy said to the last one who came: a topic sends to the same queues again and again. */
interface Decided {
  readonly policy: Policy;
  readonly service: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
  readonly allowed: boolean;
}

function lets(sqs: Sqs, queue: Queue, as: Acting, decisions: WeakMap<Queue, Decided>): boolean {
  const now = sqs.world.clock.now();
  queue.settle(now);
  const { policy } = queue.settings;
  if (policy === undefined) return false;
  const { service, sourceArn, sourceAccount } = as;
  const last = decisions.get(queue);
  const same = last?.policy === policy && last.service === service && last.sourceArn === sourceArn;
  if (last && same && last.sourceAccount === sourceAccount) return last.allowed;
  const decision = decide(queue, { kind: 'service', name: service }, 'SendMessage', now, {
    'aws:SourceArn': sourceArn,
    'aws:SourceAccount': sourceAccount,
    'aws:PrincipalServiceName': service,
    'aws:PrincipalIsAWSService': 'true',
  });
  const allowed = decision === 'allow';
  // Keys such as aws:CurrentTime make the answer depend on when it is asked.
  if (!/time/i.test(JSON.stringify(policy)))
    decisions.set(queue, { policy, service, sourceArn, sourceAccount, allowed });
  return allowed;
}
