import { unlessMissing } from '../../../aws/resources/lookup.ts';
import type { Target } from '../../../aws/target.ts';

export type Missing = readonly string[];

/** The errors that say that there is no such thing, by the SDK's names and by the wire's. */
export const missingOf = {
  topic: ['NotFoundException', 'NotFound'],
  queue: ['QueueDoesNotExist', 'NonExistentQueue', 'AWS.SimpleQueueService.NonExistentQueue'],
  bucket: ['NotFound', 'NoSuchBucket', '404'],
  stream: ['ResourceNotFoundException'],
  object: ['NotFound', 'NoSuchKey', 'NoSuchBucket', '404'],
} as const satisfies Readonly<Record<string, Missing>>;

/** Undefined where there is no such queue. */
export async function queueUrl(target: Target, QueueName: string): Promise<string | undefined> {
  const answer = await unlessMissing(
    (options) => target.send('sqs.GetQueueUrl', { QueueName }, options),
    { target },
    missingOf.queue,
  );
  return answer?.QueueUrl;
}
