// SendMessage and SendMessageBatch.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
import type {
  SendMessageBatchRequest,
  SendMessageBatchRequestEntry,
  SendMessageBatchResult,
  SendMessageBatchResultEntry,
  SendMessageRequest,
  SendMessageResult,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../service.ts';
import { textOf } from '../ports.ts';
import type { Call } from '../service.ts';
import { checkEntries, runEntries } from './batch.ts';
import { digestAttributes, digestBody } from './digest.ts';
import { invalidParameter, missing } from './errors.ts';
import { largestMessage } from './limits.ts';
import { attributesSize } from './messageAttributes.ts';
import { accept } from './accept.ts';
import type { Accepted, GivenMessage } from './accept.ts';
import type { Queue } from './queue.ts';
import { changed, openQueue } from './sqs.ts';
import type { Sqs } from './sqs.ts';

/** @throws MissingParameter, InvalidParameterValue, InvalidMessageContents, UnsupportedOperation */
export function sendMessage(sqs: Sqs, input: SendMessageRequest, call: Call): SendMessageResult {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'SendMessage');
  const accepted = accept(sqs.world, queue, given(input), call.caller.userId, 'are invalid');
  changed(sqs, queue);
  return answer(accepted);
}

/**
 * @throws as `checkEntries`; BatchRequestTooLong when all together are over 1 MiB; and for a FIFO queue, as a whole, when any
 * entry has no group or no way to be deduplicated
 */
export function sendMessageBatch(sqs: Sqs, input: SendMessageBatchRequest, call: Call): SendMessageBatchResult {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'SendMessage');
  const entries = input.Entries ?? [];
  checkEntries(entries, 'SendMessageBatchRequestEntry');
  checkTotal(entries);
  if (queue.fifo) for (const entry of entries) checkFifoEntry(entry, queue);
  const result = runEntries(entries, (entry): SendMessageBatchResultEntry => {
    const accepted = accept(sqs.world, queue, given(entry), call.caller.userId, 'cannot be validated');
    return { Id: entry.Id, ...answer(accepted) };
  });
  changed(sqs, queue);
  return result;
}

const given = (input: SendMessageRequest | SendMessageBatchRequestEntry): GivenMessage => ({
  body: input.MessageBody,
  delaySeconds: input.DelaySeconds,
  attributes: input.MessageAttributes,
  system: input.MessageSystemAttributes,
  groupId: input.MessageGroupId,
  deduplicationId: input.MessageDeduplicationId,
});

function answer({ sent, body, attributes, traceHeader }: Accepted) {
  return {
    MD5OfMessageBody: digestBody(textOf(body)),
    ...(attributes === undefined ? {} : { MD5OfMessageAttributes: digestAttributes(attributes) }),
    ...(traceHeader === undefined
      ? {}
      : {
          MD5OfMessageSystemAttributes: digestAttributes({
            AWSTraceHeader: { DataType: 'String', StringValue: traceHeader },
          }),
        }),
    MessageId: sent.messageId,
    ...(sent.sequenceNumber === '' ? {} : { SequenceNumber: sent.sequenceNumber }),
  };
}

function checkTotal(entries: readonly SendMessageBatchRequestEntry[]): void {
  let total = 0;
  for (const { MessageBody: body, MessageAttributes: attributes } of entries) {
    total += Buffer.byteLength(body ?? '') + attributesSize(stated(attributes));
  }
  if (total <= largestMessage) return;
  throw new AwsError(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${largestMessage} bytes. You have sent ${total} bytes.`,
  );
}

/** Attributes not checked yet, for their size. */
const stated = (attributes: SendMessageRequest['MessageAttributes']): Parameters<typeof attributesSize>[0] =>
  attributes &&
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        DataType: DataType ?? '',
        ...(StringValue === undefined ? {} : { StringValue }),
        ...(BinaryValue === undefined ? {} : { BinaryValue }),
      },
    ]),
  );

/** In a batch AWS says by another code than for a single message that the group is missing. */
function checkFifoEntry(entry: SendMessageBatchRequestEntry, queue: Queue): void {
  if (entry.MessageGroupId === undefined) throw invalidParameter(missing('MessageGroupId').message);
  if (entry.MessageDeduplicationId === undefined && !queue.settings.contentDeduplicates) {
    throw invalidParameter(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
}
