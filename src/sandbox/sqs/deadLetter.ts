// The way of a message to the dead-letter queue.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
import { invalidValue } from './errors.ts';
import type { Message } from './message.ts';
import { parseQueueArn } from './names.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';
import { allowsSource } from './redrivePolicy.ts';
import type { RedrivePolicy } from './redrivePolicy.ts';
import type { Sqs } from './sqs.ts';

/** Where messages go that were received too often. None while the queue named is deleted: they stay, as on AWS. */
export function deadLetterQueue(
  { queues }: Pick<Sqs, 'queues'>,
  source: Queue,
): { readonly queue: Queue; readonly maxReceiveCount: number } | undefined {
  const { redrive } = source.settings;
  const queue = redrive && queues.findByArn(redrive.deadLetterTargetArn);
  if (!redrive || !queue || queue === source) return undefined;
  return { queue, maxReceiveCount: redrive.maxReceiveCount };
}

/**
 * Moves a message on. It keeps its id and its count of receives; in a standard queue also the time it was first sent at, so that
 * its retention runs on; in a FIFO queue that time begins again.
 */
export function deadLetter(source: Queue, message: Message, target: Queue, now: number): void {
  source.messages.remove(message);
  const sentAt = target.fifo ? now : message.sentAt;
  target.arrive({ content: message, sentAt, due: now, deliveries: message, source: source.arn }, now);
}

/**
 * Whether a redrive policy's target can be what it says.
 * @throws InvalidParameterValue, also where the target's RedriveAllowPolicy does not let this queue
 */
export function checkTarget(
  queues: Queues,
  source: { readonly arn: string; readonly fifo: boolean },
  policy: RedrivePolicy,
): void {
  const text = JSON.stringify(policy);
  const own = parseQueueArn(source.arn);
  const key = parseQueueArn(policy.deadLetterTargetArn);
  if (key && own && key.account !== own.account) {
    throw invalidValue('RedrivePolicy', text, 'Dead-letter target owner should be same as the source.');
  }
  if (key && own && key.region !== own.region) {
    throw invalidValue('RedrivePolicy', text, 'Dead-letter target must be in same region as the source.');
  }
  if (key && key.name.endsWith('.fifo') !== source.fifo) {
    throw invalidValue('RedrivePolicy', text, 'Dead-letter queue must be same type of queue as the source..');
  }
  const target = key && queues.find(key);
  if (!target && policy.deadLetterTargetArn !== source.arn) {
    throw invalidValue('RedrivePolicy', text, 'Dead letter target does not exist.');
  }
  if (target && !allowsSource(target.settings.redriveAllow, source.arn)) {
    throw invalidValue(
      'RedrivePolicy',
      text,
      'Queue does not have permission to use the dead-letter queue named in it.',
    );
  }
}
