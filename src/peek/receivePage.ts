// One receive of a look, and the SDK's message as one of ours.
import type { OutputOf } from '../aws/operations.ts';
import type { Target } from '../aws/target.ts';
import { holdSeconds } from './holds.ts';
import { sizeOf, type SeenAttribute, type SeenMessage } from './model.ts';
import type { QueueFacts } from './queueFacts.ts';

type Message = NonNullable<OutputOf<'sqs.ReceiveMessage'>['Messages']>[number];

export interface Received {
  readonly message: SeenMessage;
  readonly handle: string;
}

export interface PageWanted {
  /** 1 to 10. */
  readonly most: number;
  /** Seconds that an empty queue is waited for: above 0 all of SQS's servers are asked. */
  readonly wait: number;
  /** FIFO: a repeated request with the same id gets the same messages, and counts no second receive. */
  readonly attempt: string;
  /** When it is sent, in milliseconds. */
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
}

export async function receivePage(
  target: Target,
  { url, fifo, retention }: Pick<QueueFacts, 'url' | 'fifo' | 'retention'>,
  { most, wait, attempt, now, signal }: PageWanted,
): Promise<readonly Received[]> {
  const input = {
    QueueUrl: url,
    MaxNumberOfMessages: most,
    VisibilityTimeout: holdSeconds,
    WaitTimeSeconds: wait,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All' as const],
    ...(fifo && { ReceiveRequestAttemptId: attempt }),
  };
  const { Messages = [] } = await target.send('sqs.ReceiveMessage', input, signal ? { signal } : {});
  return Messages.map((message) => ({
    message: seen(message, retention, now + holdSeconds * 1000),
    handle: message.ReceiptHandle ?? '',
  }));
}

function seen(
  { MessageId = '', Body = '', Attributes = {}, MessageAttributes = {} }: Message,
  retention: number,
  due: number,
): SeenMessage {
  const attributes = Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, value]) => [name, attribute(value)]),
  );
  const sentAt = Number(Attributes.SentTimestamp ?? 0);
  const first = Number(Attributes.ApproximateFirstReceiveTimestamp ?? 0);
  return {
    id: MessageId,
    body: Body,
    size: sizeOf(Body, attributes),
    attributes,
    state: 'held',
    sentAt,
    expiresAt: sentAt + retention,
    due,
    receives: Number(Attributes.ApproximateReceiveCount ?? 1),
    firstReceivedAt: first || undefined,
    senderId: Attributes.SenderId,
    groupId: Attributes.MessageGroupId,
    deduplicationId: Attributes.MessageDeduplicationId,
    sequenceNumber: Attributes.SequenceNumber,
    traceHeader: Attributes.AWSTraceHeader,
    source: Attributes.DeadLetterQueueSourceArn,
  };
}

function attribute({
  DataType = 'String',
  StringValue,
  BinaryValue,
}: {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}): SeenAttribute {
  return {
    DataType,
    ...(StringValue !== undefined && { StringValue }),
    ...(BinaryValue !== undefined && { BinaryValue: Buffer.from(BinaryValue).toString('base64') }),
  };
}
