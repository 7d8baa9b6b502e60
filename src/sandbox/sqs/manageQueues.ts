// CreateQueue, DeleteQueue, PurgeQueue, GetQueueUrl.
import type {
  CreateQueueRequest,
  CreateQueueResult,
  DeleteQueueRequest,
  GetQueueUrlRequest,
  GetQueueUrlResult,
  PurgeQueueRequest,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../service.ts';
import type { Call } from '../service.ts';
import { authorize } from './access.ts';
import { initialValues, mergeValues, readGiven } from './attributes.ts';
import type { Given, Values } from './attributes.ts';
import { checkTarget } from './deadLetter.ts';
import { invalidAttribute, invalidParameter, missing, noSuchQueue, unknownAttribute } from './errors.ts';
import { purgeRest } from './limits.ts';
import { checkQueueName, queueArn, queueUrl } from './names.ts';
import { Queue } from './queue.ts';
import { parseRedrivePolicy } from './redrivePolicy.ts';
import { changed, openQueue } from './sqs.ts';
import type { Sqs } from './sqs.ts';
import { checkTags } from './tags.ts';

/**
 * Creating a queue again with the same attributes, or with fewer, gives the queue that is there.
 * A name is not free for 60 seconds after its queue was deleted: on the sandbox's clock, so moving that on saves the wait.
 * @throws InvalidParameterValue (name), InvalidAttributeName, InvalidAttributeValue, QueueNameExists, QueueDeletedRecently
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 */
export function createQueue(sqs: Sqs, input: CreateQueueRequest, call: Call): CreateQueueResult {
  const name = input.QueueName ?? '';
  const attributes = input.Attributes ?? {};
  const fifo = readFifo(attributes);
  checkQueueName(name, fifo);
  const key = { account: call.account, region: call.region, name };
  const given = readGiven(attributes, fifo);
  const existing = sqs.queues.find(key);
  if (existing) {
    checkSame(existing, given);
    return { QueueUrl: queueUrl(call.endpoint, key) };
  }
  const now = sqs.world.clock.now();
  if (sqs.queues.rests(key, now)) {
    throw new AwsError(
      'QueueDeletedRecently',
      'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    );
  }
  const values = mergeValues(initialValues(fifo), given);
  checkRedrive(sqs, { arn: queueArn(key), fifo }, given);
  const tags = input.tags ?? {};
  checkTags(name, tags, []);
  const uid = parseInt(sqs.world.id().replaceAll('-', '').slice(0, 12), 16);
  sqs.queues.add(new Queue({ ...key, uid, createdAt: now, values, tags }));
  sqs.world.changed();
  return { QueueUrl: queueUrl(call.endpoint, key) };
}

/** `FifoQueue` can only be true, or left out. */
function readFifo({ FifoQueue: given }: Given): boolean {
  const flag = given?.toLowerCase();
  if (flag === 'false') throw unknownAttribute('FifoQueue');
  if (flag !== undefined && flag !== 'true') throw invalidAttribute('FifoQueue');
  return flag === 'true';
}

function checkSame({ values }: Queue, given: Values): void {
  for (const [name, value] of Object.entries(given)) {
    if ((values[name] ?? '') === value) continue;
    throw new AwsError(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${name}`,
    );
  }
}

/** Whether the dead-letter queue that attributes name can be it. */
export function checkRedrive(
  { queues }: Sqs,
  source: { readonly arn: string; readonly fifo: boolean },
  given: Values,
): void {
  const redrive = given['RedrivePolicy'];
  if (redrive) checkTarget(queues, source, parseRedrivePolicy(redrive));
}

/**
 * The queue and its messages are gone at once; whoever waits for them is told so.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html
 */
export function deleteQueue(sqs: Sqs, input: DeleteQueueRequest, call: Call): void {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'DeleteQueue');
  sqs.queues.remove(queue, sqs.world.clock.now());
  sqs.tasks.forget(queue.arn);
  queue.waiters.end(noSuchQueue());
  sqs.world.changed();
}

/**
 * Removes all messages, also those in flight and delayed, and forgets deduplication ids, as recorded from AWS.
 * @throws PurgeQueueInProgress (403) when it was purged less than 60 seconds ago
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html
 */
export function purgeQueue(sqs: Sqs, input: PurgeQueueRequest, call: Call): void {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'PurgeQueue');
  const now = sqs.world.clock.now();
  if (now < queue.purgedAt + purgeRest) {
    throw new AwsError(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
    );
  }
  queue.purgedAt = now;
  queue.messages.clear();
  queue.sent.clear();
  queue.attempts.clear();
  changed(sqs, queue);
}

/**
 * Another account's queue is found by `QueueOwnerAWSAccountId`, if its policy allows GetQueueUrl.
 * @throws QueueDoesNotExist
 */
export function getQueueUrl(sqs: Sqs, input: GetQueueUrlRequest, call: Call): GetQueueUrlResult {
  const name = input.QueueName;
  if (name === undefined) throw missing('QueueName');
  if (name === '')
    throw invalidParameter('Value for parameter QueueName is invalid. Reason: Must specify a queue name.');
  const key = { account: input.QueueOwnerAWSAccountId || call.account, region: call.region, name };
  const queue = sqs.queues.find(key);
  if (!queue) throw noSuchQueue();
  authorize(queue, call, 'GetQueueUrl', sqs.world.clock.now());
  return { QueueUrl: queueUrl(call.endpoint, key) };
}
