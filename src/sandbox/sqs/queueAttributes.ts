// GetQueueAttributes and SetQueueAttributes.
import type {
  GetQueueAttributesRequest,
  GetQueueAttributesResult,
  SetQueueAttributesRequest,
} from '@aws-sdk/client-sqs';
import type { Call } from '../service.ts';
import { attributeRules, mergeValues, readGiven } from './attributes.ts';
import { invalidAttribute, unknownAttribute } from './errors.ts';
import { checkRedrive } from './manageQueues.ts';
import type { Queue } from './queue.ts';
import { changed, openQueue } from './sqs.ts';
import type { Sqs } from './sqs.ts';

const seconds = (ms: number): string => String(Math.floor(ms / 1000));

/** What a queue tells of itself, in AWS's order. The counts are exact here; AWS's are approximate. */
const factsOf: ReadonlyMap<string, (queue: Queue) => string> = new Map(
  Object.entries<(queue: Queue) => string>({
    QueueArn: ({ arn }) => arn,
    ApproximateNumberOfMessages: ({ messages }) => String(messages.counts().visible),
    ApproximateNumberOfMessagesNotVisible: ({ messages }) => String(messages.counts().inflight),
    ApproximateNumberOfMessagesDelayed: ({ messages }) => String(messages.counts().delayed),
    CreatedTimestamp: ({ createdAt }) => seconds(createdAt),
    LastModifiedTimestamp: ({ modifiedAt }) => seconds(modifiedAt),
  }),
);

/**
 * Nothing is asked for, nothing is given; `All` gives everything that is set.
 * @throws QueueDoesNotExist, InvalidAttributeName
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
export function getQueueAttributes(sqs: Sqs, input: GetQueueAttributesRequest, call: Call): GetQueueAttributesResult {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'GetQueueAttributes');
  const names: readonly string[] = input.AttributeNames ?? [];
  for (const name of names) {
    if (name !== 'All' && !factsOf.has(name) && !attributeRules.has(name)) throw unknownAttribute(name);
  }
  const set = settableValues(queue);
  const attributes: Record<string, string> = {};
  for (const name of names.includes('All') ? [...factsOf.keys(), ...Object.keys(set)] : names) {
    const value = factsOf.get(name)?.(queue) ?? set[name];
    if (value !== undefined) attributes[name] = value;
  }
  return Object.keys(attributes).length > 0 ? { Attributes: attributes } : {};
}

/** A key's reuse period is shown where there is a key, and is five minutes unless set. */
export function settableValues({ values }: Queue): Readonly<Record<string, string>> {
  const { KmsDataKeyReusePeriodSeconds: reuse = '300', ...others } = values;
  return 'KmsMasterKeyId' in others ? { ...others, KmsDataKeyReusePeriodSeconds: reuse } : others;
}

/**
 * All given attributes are set, or none. Works at once, while AWS takes up to a minute; only DeduplicationScope takes that
 * minute here too, as recorded from AWS.
 * @throws QueueDoesNotExist, InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
export function setQueueAttributes(sqs: Sqs, input: SetQueueAttributesRequest, call: Call): void {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'SetQueueAttributes');
  const given = readGiven(input.Attributes ?? {}, queue.fifo);
  if (given['FifoQueue'] === 'false') throw invalidAttribute('FifoQueue', 'Modifying queue type is not supported.');
  mergeValues(queue.values, given);
  checkRedrive(sqs, queue, given);
  const now = sqs.world.clock.now();
  queue.change(given, now);
  queue.settle(now);
  changed(sqs, queue);
}
