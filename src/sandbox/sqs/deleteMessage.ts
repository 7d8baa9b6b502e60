// DeleteMessage and DeleteMessageBatch.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
import type { DeleteMessageBatchRequest, DeleteMessageBatchResult, DeleteMessageRequest } from '@aws-sdk/client-sqs';
import type { Call } from '../service.ts';
import { checkEntries, runEntries } from './batch.ts';
import { invalidHandle, invalidValue, missing } from './errors.ts';
import type { Queue } from './queue.ts';
import { decodeReceipt } from './receipt.ts';
import type { Receipt } from './receipt.ts';
import { changed, openQueue } from './sqs.ts';
import type { Sqs } from './sqs.ts';

/** @throws ReceiptHandleIsInvalid; for a FIFO queue InvalidParameterValue once the handle's visibility timeout is over */
export function deleteMessage(sqs: Sqs, input: DeleteMessageRequest, call: Call): void {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'DeleteMessage');
  deleteByHandle(queue, input.ReceiptHandle);
  changed(sqs, queue);
}

export function deleteMessageBatch(sqs: Sqs, input: DeleteMessageBatchRequest, call: Call): DeleteMessageBatchResult {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'DeleteMessage');
  checkEntries(input.Entries, 'DeleteMessageBatchRequestEntry');
  const result = runEntries(input.Entries ?? [], ({ Id, ReceiptHandle }) => {
    deleteByHandle(queue, ReceiptHandle);
    return { Id };
  });
  changed(sqs, queue);
  return result;
}

/**
 * To delete what is gone already is no error. A standard queue takes the handle of any receive of the message, also after its
 * visibility timeout: AWS promises it for the last one only, and does it for earlier ones, as recorded.
 */
function deleteByHandle(queue: Queue, handle: string | undefined): void {
  const receipt = readHandle(queue, handle);
  const message = queue.messages.find(receipt.order);
  if (!message) return;
  if (queue.fifo && (message.serial !== receipt.serial || message.state !== 'inflight')) {
    throw invalidValue('ReceiptHandle', handle ?? '', 'The receipt handle has expired.');
  }
  queue.messages.remove(message);
}

/** What a receipt handle stands for. @throws MissingParameter, ReceiptHandleIsInvalid (also for another queue's) */
export function readHandle(queue: Queue, handle: string | undefined): Receipt {
  if (handle === undefined || handle.trim() === '') throw missing('ReceiptHandle');
  const receipt = decodeReceipt(handle);
  if (receipt?.queue !== queue.uid) throw invalidHandle(handle);
  return receipt;
}
