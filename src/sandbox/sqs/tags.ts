// TagQueue, UntagQueue, ListQueueTags.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html
import type {
  ListQueueTagsRequest,
  ListQueueTagsResult,
  TagQueueRequest,
  UntagQueueRequest,
} from '@aws-sdk/client-sqs';
import type { Call } from '../service.ts';
import { invalidParameter, missing } from './errors.ts';
import { mostTags } from './limits.ts';
import { openQueue } from './sqs.ts';
import type { Sqs } from './sqs.ts';

/** @throws InvalidParameterValue, QueueDoesNotExist */
export function tagQueue(sqs: Sqs, input: TagQueueRequest, call: Call): void {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'TagQueue');
  const tags = input.Tags ?? {};
  if (Object.keys(tags).length === 0) throw missing('Tags');
  checkTags(queue.name, tags, queue.tags.keys());
  for (const [key, value] of Object.entries(tags)) queue.tags.set(key, value);
  sqs.world.changed();
}

/** Keys that no tag has are let pass. */
export function untagQueue(sqs: Sqs, input: UntagQueueRequest, call: Call): void {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'UntagQueue');
  const keys = input.TagKeys ?? [];
  if (keys.length === 0) throw invalidParameter('Tag keys cannot be null');
  for (const key of keys) queue.tags.delete(key);
  sqs.world.changed();
}

export function listQueueTags(sqs: Sqs, input: ListQueueTagsRequest, call: Call): ListQueueTagsResult {
  const { tags } = openQueue(sqs, input.QueueUrl ?? '', call, 'ListQueueTags');
  return tags.size > 0 ? { Tags: Object.fromEntries(tags) } : {};
}

/** Keys of 1 to 128 characters, values of up to 256, at most 50 tags together with those there. @throws InvalidParameterValue */
export function checkTags(queueName: string, tags: Readonly<Record<string, string>>, there: Iterable<string>): void {
  for (const [key, value] of Object.entries(tags)) {
    if (key.length < 1 || key.length > 128)
      throw invalidParameter('Tag keys must be between 1 and 128 characters in length.');
    if (value.length > 256) throw invalidParameter('Tag values must be between 0 and 256 characters in length.');
    if (/^aws:/i.test(key)) throw invalidParameter('Tag keys cannot start with aws:.');
  }
  if (new Set([...there, ...Object.keys(tags)]).size > mostTags) {
    throw invalidParameter(`Too many tags added for queue ${queueName}.`);
  }
}
