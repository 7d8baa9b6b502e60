// ChangeMessageVisibility and ChangeMessageVisibilityBatch.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
import type {
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityBatchResult,
  ChangeMessageVisibilityRequest,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../service.ts';
import type { Call } from '../service.ts';
import { checkEntries, runEntries } from './batch.ts';
import { readHandle } from './deleteMessage.ts';
import { checkRange, invalidValue, missing } from './errors.ts';
import { longestVisibility } from './limits.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';
import { changed, openQueue } from './sqs.ts';
import type { Sqs } from './sqs.ts';

/**
 * Seconds from now, 0 to 43,200, and never beyond twelve hours after the receive. 0 shows the message at once.
 * @throws ReceiptHandleIsInvalid, InvalidParameterValue, MessageNotInflight
 */
export function changeMessageVisibility(sqs: Sqs, input: ChangeMessageVisibilityRequest, call: Call): void {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'ChangeMessageVisibility');
  change(queue, input.ReceiptHandle, input.VisibilityTimeout, sqs.world.clock.now());
  changed(sqs, queue);
}

export function changeMessageVisibilityBatch(
  sqs: Sqs,
  input: ChangeMessageVisibilityBatchRequest,
  call: Call,
): ChangeMessageVisibilityBatchResult {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'ChangeMessageVisibility');
  checkEntries(input.Entries, 'ChangeMessageVisibilityBatchRequestEntry');
  const now = sqs.world.clock.now();
  const result = runEntries(input.Entries ?? [], ({ Id, ReceiptHandle, VisibilityTimeout }) => {
    change(queue, ReceiptHandle, VisibilityTimeout, now);
    return { Id };
  });
  changed(sqs, queue);
  return result;
}

function change(queue: Queue, handle: string | undefined, seconds: number | undefined, now: number): void {
  const receipt = readHandle(queue, handle);
  if (seconds === undefined) throw missing('VisibilityTimeout');
  checkRange('VisibilityTimeout', seconds, 0, longestVisibility, 'Must be >= 0 and <= 43200, if provided.');
  const message = queue.messages.find(receipt.order);
  if (!message || !mayChange(queue, message, receipt.serial)) {
    throw invalidValue(
      'ReceiptHandle',
      handle ?? '',
      'Message does not exist or is not available for visibility timeout change.',
    );
  }
  if (seconds > 0) checkTotal(message, seconds, now);
  if (seconds === 0 && message.state !== 'inflight') throw notInflight();
  if (seconds === 0) queue.messages.reveal(message);
  else queue.messages.hide(message, now + seconds * 1000);
}

/**
 * A FIFO queue takes only the handle of a message still in flight. A standard queue takes any handle of the message, and hides
 * it again also when its timeout was over, as recorded from AWS.
 */
const mayChange = (queue: Queue, message: Message, serial: number): boolean =>
  !queue.fifo || (message.state === 'inflight' && message.serial === serial);

function checkTotal(message: Message, seconds: number, now: number): void {
  const passed = Math.floor((now - message.receivedAt) / 1000);
  if (passed + seconds <= longestVisibility) return;
  throw invalidValue(
    'VisibilityTimeout',
    seconds,
    `Total VisibilityTimeout for the message is beyond the limit [${longestVisibility} seconds]`,
  );
}

/** AWS models this error without a message. */
const notInflight = (): AwsError => new AwsError('MessageNotInflight', 'The specified message is not in flight.');
