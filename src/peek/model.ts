// What is seen in a queue, however it was looked at. In: the sandbox's store, or answers to ReceiveMessage. Out: plain readonly data.
// This folder looks into queues. It never imports the editor, and never receives a message without a Consent (see price.ts).

export interface SeenAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
}

/** `held`: received by our own look and hidden from others for a while. `locked`: its group is held up by an earlier message. */
export type SeenState = 'visible' | 'locked' | 'inflight' | 'delayed' | 'held';

/** One message. Times in milliseconds, in the queue's own time (the sandbox's clock can be ahead). */
export interface SeenMessage {
  readonly id: string;
  readonly body: string;
  /** Bytes, as SQS counts them: body and attributes. */
  readonly size: number;
  readonly attributes: Readonly<Record<string, SeenAttribute>>;
  readonly state: SeenState;
  readonly sentAt: number;
  /** When retention ends it. */
  readonly expiresAt: number;
  /** When it becomes visible, if it is not. */
  readonly due?: number | undefined;
  /** Receives so far, ours included. */
  readonly receives: number;
  readonly firstReceivedAt?: number | undefined;
  readonly senderId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly sequenceNumber?: string | undefined;
  readonly traceHeader?: string | undefined;
  /** ARN of the queue it was dead-lettered from. */
  readonly source?: string | undefined;
}

/** Bytes that SQS counts against the queue's limit: the body, and names, types and values of attributes. */
export function sizeOf(body: string, attributes: SeenMessage['attributes']): number {
  let size = Buffer.byteLength(body);
  for (const name in attributes) {
    const { DataType = '', StringValue = '', BinaryValue = '' } = attributes[name] ?? {};
    size += Buffer.byteLength(name) + Buffer.byteLength(DataType) + Buffer.byteLength(StringValue);
    size += Buffer.byteLength(BinaryValue, 'base64');
  }
  return size;
}

/** As ReceiveMessage would name them; only those that are there. */
export function systemAttributes(message: SeenMessage): Readonly<Record<string, string>> {
  const { firstReceivedAt, senderId, groupId, deduplicationId, sequenceNumber, traceHeader, source } = message;
  const all: Readonly<Record<string, string | undefined>> = {
    SenderId: senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: firstReceivedAt === undefined ? undefined : String(firstReceivedAt),
    MessageGroupId: groupId,
    MessageDeduplicationId: deduplicationId,
    SequenceNumber: sequenceNumber,
    AWSTraceHeader: traceHeader,
    DeadLetterQueueSourceArn: source,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
