// Deletes and moves messages that somebody received and chose. In: receipt handles, and for moving the messages themselves.
// Out: one honest result a message. Never: deletes an original before its copy was accepted.
import { AwsFailure } from '../errors.ts';
import type { SendOptions, Target } from '../target.ts';

/** As ReceiveMessage gives an attribute. */
export interface ReceivedAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** What a copy keeps of its original, and the handle by which the original is deleted. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes?: Readonly<Record<string, ReceivedAttribute>>;
  readonly groupId?: string;
  /** AWS X-Ray's header, which travels with a message. */
  readonly traceHeader?: string;
}

export type Deleted =
  | { readonly receiptHandle: string; readonly ok: true }
  | { readonly receiptHandle: string; readonly ok: false; readonly why: string };

export type Moved =
  | { readonly messageId: string; readonly state: 'moved'; readonly newId: string }
  /** The copy was accepted and the original could not be deleted: now there are two. */
  | { readonly messageId: string; readonly state: 'copied'; readonly newId: string; readonly why: string }
  /** The original is where it was. */
  | { readonly messageId: string; readonly state: 'stayed'; readonly why: string };

const mostPerBatch = 10;
const largestBatch = 1_048_576;

/** In tens. A batch that fails as a whole fails each of its messages; what was not tried when it is stopped is told so. */
export async function deleteMessages(
  target: Target,
  queueUrl: string,
  receiptHandles: readonly string[],
  options: SendOptions = {},
): Promise<readonly Deleted[]> {
  const results: Deleted[] = [];
  for (const handles of inBatches(receiptHandles, () => 0)) {
    const refuse = (why: string): Deleted[] => handles.map((receiptHandle) => ({ receiptHandle, ok: false, why }));
    results.push(...(await deleteBatch(target, queueUrl, handles, options).catch(orEach(refuse, options))));
  }
  return results;
}

async function deleteBatch(
  target: Target,
  QueueUrl: string,
  handles: readonly string[],
  options: SendOptions,
): Promise<Deleted[]> {
  options.signal?.throwIfAborted();
  const Entries = handles.map((ReceiptHandle, place) => ({ Id: `${place}`, ReceiptHandle }));
  const { Failed = [] } = await target.send('sqs.DeleteMessageBatch', { QueueUrl, Entries }, options);
  return handles.map((receiptHandle, place) => {
    const refused = Failed.find(({ Id }) => Id === `${place}`);
    return refused ? { receiptHandle, ok: false, why: staleOr(refused) } : { receiptHandle, ok: true };
  });
}

/** Body, attributes and group are kept. The copy has a new id and a new time: SQS knows no other way. */
export async function moveMessages(
  target: Target,
  { from, to }: { readonly from: string; readonly to: string },
  messages: readonly ReceivedMessage[],
  options: SendOptions = {},
): Promise<readonly Moved[]> {
  const results: Moved[] = [];
  for (const batch of inBatches(messages, sizeOf)) {
    const stay = (why: string): Moved[] => batch.map(({ messageId }) => ({ messageId, state: 'stayed', why }));
    results.push(...(await moveBatch(target, { from, to }, batch, options).catch(orEach(stay, options))));
  }
  return results;
}

async function moveBatch(
  target: Target,
  { from, to }: { readonly from: string; readonly to: string },
  messages: readonly ReceivedMessage[],
  options: SendOptions,
): Promise<Moved[]> {
  options.signal?.throwIfAborted();
  const Entries = messages.map((message, place) => ({ Id: `${place}`, ...copyOf(message, to.endsWith('.fifo')) }));
  const { Successful = [], Failed = [] } = await target.send(
    'sqs.SendMessageBatch',
    { QueueUrl: to, Entries },
    options,
  );
  const accepted = messages.flatMap((message, place) => {
    const taken = Successful.find(({ Id }) => Id === `${place}`);
    return taken ? [{ message, newId: taken.MessageId ?? '' }] : [];
  });
  // Once copies are there, their originals are deleted even if somebody presses Stop meanwhile.
  const deleted = await deleteMessages(
    target,
    from,
    accepted.map(({ message }) => message.receiptHandle),
  );
  return messages.map(({ messageId, receiptHandle }, place): Moved => {
    const copy = accepted.find(({ message }) => message.messageId === messageId);
    if (copy === undefined)
      return { messageId, state: 'stayed', why: reasonOf(Failed.find(({ Id }) => Id === `${place}`)) };
    const { newId } = copy;
    const gone = deleted.find((each) => each.receiptHandle === receiptHandle);
    return gone?.ok === false
      ? { messageId, state: 'copied', newId, why: gone.why }
      : { messageId, state: 'moved', newId };
  });
}

/** A fresh deduplication id: with the original's own, a FIFO queue would take the copy and drop it silently. */
function copyOf({ messageId, body, attributes = {}, groupId, traceHeader }: ReceivedMessage, fifo: boolean) {
  const held = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => {
    const value = BinaryValue === undefined ? { StringValue } : { BinaryValue };
    return [name, { DataType, ...value }] as const;
  });
  const group = groupId ?? (fifo ? 'redriven' : undefined);
  return {
    MessageBody: body,
    ...(held.length > 0 && { MessageAttributes: Object.fromEntries(held) }),
    ...(group !== undefined && { MessageGroupId: group }),
    ...(fifo && { MessageDeduplicationId: `moved-${messageId}` }),
    ...(traceHeader !== undefined && {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: traceHeader } },
    }),
  };
}

/** What AWS counts, and a little more. */
function sizeOf({ body, attributes = {} }: ReceivedMessage): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0),
    Buffer.byteLength(body),
  );
}

function* inBatches<T>(all: readonly T[], bytesOf: (each: T) => number): Generator<readonly T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for (const each of all) {
    const size = bytesOf(each);
    if (batch.length === mostPerBatch || (batch.length > 0 && bytes + size > largestBatch)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(each);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** A failure as a reason of each message; a defect of ours is still thrown. */
const orEach =
  <R>(results: (why: string) => R[], { signal }: SendOptions) =>
  (error: unknown): R[] => {
    if (signal?.aborted) return results('Stopped before it was its turn.');
    if (!(error instanceof AwsFailure)) throw error;
    return results(
      error.effect === 'unknown' ? `${error.what} It may have happened all the same: look again.` : error.what,
    );
  };

interface Refused {
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
}

function reasonOf(refused: Refused | undefined): string {
  return refused?.Message ?? refused?.Code ?? 'SQS gives no reason.';
}

function staleOr(refused: Refused): string {
  return /ReceiptHandle/.test(refused.Code ?? '')
    ? 'Its receipt handle no longer holds: somebody else received it, or too much time went by. Look again, then delete.'
    : reasonOf(refused);
}
