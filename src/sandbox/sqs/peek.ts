// A true look into a queue: nothing is received, counted, hidden or moved by it.
import { digestBody } from './digest.ts';
import { bodyOf } from './message.ts';
import type { Message, MessageState } from './message.ts';
import type { MessageAttributes } from './messageAttributes.ts';
import type { Queue } from './queue.ts';
import { pickSystem } from './receivedMessage.ts';

/** Times in milliseconds, sandbox time. */
export interface PeekedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** Binary values as base64. */
  readonly attributes: Readonly<Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>>;
  /** As a receiver would get them now. */
  readonly systemAttributes: Readonly<Record<string, string>>;
  readonly state: MessageState;
  readonly sentAt: number;
  /** When retention ends it. */
  readonly expiresAt: number;
  /** When it becomes visible, if it is not. */
  readonly due?: number;
  readonly receiveCount: number;
  readonly groupId?: string;
  /** Nothing of its group is given out for now, because the group's first message is in flight or delayed. */
  readonly groupLocked?: boolean;
  readonly sequenceNumber?: string;
  readonly deadLetterSourceArn?: string;
}

export interface Peeked {
  readonly queueArn: string;
  readonly now: number;
  readonly counts: Readonly<Record<MessageState, number>>;
  readonly total: number;
  readonly offset: number;
  readonly messages: readonly PeekedMessage[];
}

/** In the order of their coming, from `offset`, at most `limit`, of one state if given. */
export function peekQueue(
  queue: Queue,
  now: number,
  { offset, limit, state }: { readonly offset: number; readonly limit: number; readonly state?: string | undefined },
): Peeked {
  const counts = { visible: 0, inflight: 0, delayed: 0 };
  const messages: PeekedMessage[] = [];
  let index = 0;
  for (const message of queue.messages.values()) {
    const expiresAt = message.sentAt + queue.settings.retention;
    if (expiresAt <= now) continue;
    const current = message.state !== 'visible' && message.due <= now ? 'visible' : message.state;
    counts[current]++;
    if (state !== undefined && state !== current) continue;
    if (index++ >= offset && messages.length < limit) messages.push(peek(queue, message, current, expiresAt));
  }
  return { queueArn: queue.arn, now, counts, total: index, offset, messages };
}

function peek(queue: Queue, message: Message, state: MessageState, expiresAt: number): PeekedMessage {
  const { groupId, sequenceNumber, source } = message;
  return {
    messageId: message.id,
    body: bodyOf(message),
    md5OfBody: digestBody(bodyOf(message)),
    attributes: readable(message.attributes ?? {}),
    systemAttributes: pickSystem(message, ['All']) ?? {},
    state,
    sentAt: message.sentAt,
    expiresAt,
    ...(state === 'visible' ? {} : { due: message.due }),
    receiveCount: message.receives,
    ...(groupId === undefined ? {} : { groupId }),
    ...(queue.fifo ? { groupLocked: queue.messages.groupLocked(groupId) } : {}),
    ...(sequenceNumber === undefined ? {} : { sequenceNumber }),
    ...(source === undefined ? {} : { deadLetterSourceArn: source }),
  };
}

export const readable = (attributes: MessageAttributes): PeekedMessage['attributes'] =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { BinaryValue: bytes, ...text }]) => [
      name,
      bytes === undefined ? text : { ...text, BinaryValue: Buffer.from(bytes).toString('base64') },
    ]),
  );
