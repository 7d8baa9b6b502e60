// A whole queue for whoever watches it: what never changes of a message once and in pages, what changes of all in columns.
// As `peek`, without any effect. 100,000 messages are about 1 MB of columns.
import { bodyOf } from './message.ts';
import type { Message, MessageState } from './message.ts';
import { readable } from './peek.ts';
import type { PeekedMessage } from './peek.ts';
import type { Queue } from './queue.ts';

/** Columns: the same place in each is the same message, in the order of their coming. Times in milliseconds, sandbox time. */
export interface Overview {
  readonly queueArn: string;
  readonly now: number;
  readonly retention: number;
  readonly counts: Readonly<Record<MessageState, number>>;
  /** The same as before: nothing has changed, and nothing else is given where that was asked (`unless`). */
  readonly mark: string;
  readonly columns?: {
    /** The message's number in its queue: its key in `contents`. */
    readonly orders: readonly number[];
    /** One letter each: v, i, d; l for visible where its group is held up. */
    readonly states: string;
    readonly receives: readonly number[];
    /** When an invisible one becomes visible; 0: it is visible. */
    readonly due: readonly number[];
    /** 0: never received. */
    readonly firstReceived: readonly number[];
  };
}

const letters: Readonly<Record<MessageState, string>> = { visible: 'v', inflight: 'i', delayed: 'd' };

export function overview(queue: Queue, now: number, unless: string | undefined): Overview {
  queue.settle(now);
  const counts = queue.messages.counts();
  const facts = { queueArn: queue.arn, now, retention: queue.settings.retention, counts };
  let hash = 0;
  for (const { order, state, receives, serial, due } of queue.messages.values())
    hash = (Math.imul(hash, 31) + order * 7 + receives * 131 + serial * 17 + letters[state].charCodeAt(0) + due) | 0;
  const mark = `${queue.uid}.${queue.arrived}.${queue.messages.size}.${facts.retention}.${hash}`;
  return mark === unless ? { ...facts, mark } : { ...facts, mark, columns: columnsOf(queue) };
}

function columnsOf(queue: Queue): NonNullable<Overview['columns']> {
  const orders: number[] = [];
  const receives: number[] = [];
  const due: number[] = [];
  const firstReceived: number[] = [];
  const states: string[] = [];
  for (const message of queue.messages.values()) {
    const visible = message.state === 'visible';
    orders.push(message.order);
    receives.push(message.receives);
    due.push(visible ? 0 : message.due);
    firstReceived.push(message.firstReceivedAt);
    states.push(visible && queue.messages.groupLocked(message.groupId) ? 'l' : letters[message.state]);
  }
  return { orders, states: states.join(''), receives, due, firstReceived };
}

/** What never changes of a message in its queue. */
export interface MessageContent {
  readonly order: number;
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  readonly senderId: string;
  readonly attributes?: PeekedMessage['attributes'];
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  readonly traceHeader?: string;
  readonly source?: string;
}

export interface Contents {
  readonly messages: readonly MessageContent[];
  /** Where the next page begins (`after`); absent: that was all. */
  readonly next?: number;
}

/** Those with a higher number than `after`, at most `limit`, and no further once the bodies have `bytes` characters. */
export function contents(queue: Queue, after: number, limit: number, bytes: number): Contents {
  const messages: MessageContent[] = [];
  let left = bytes;
  for (const message of queue.messages.values()) {
    if (message.order <= after) continue;
    if (messages.length === limit || left <= 0) return { messages, next: messages.at(-1)?.order ?? after };
    const content = contentOf(message);
    left -= content.body.length;
    messages.push(content);
  }
  return { messages };
}

function contentOf(message: Message): MessageContent {
  const { order, id, sentAt, senderId, attributes, groupId, deduplicationId, sequenceNumber, traceHeader, source } =
    message;
  return {
    order,
    id,
    body: bodyOf(message),
    sentAt,
    senderId,
    ...(attributes && { attributes: readable(attributes) }),
    ...(groupId !== undefined && { groupId }),
    ...(deduplicationId !== undefined && { deduplicationId }),
    ...(sequenceNumber !== undefined && { sequenceNumber }),
    ...(traceHeader !== undefined && { traceHeader }),
    ...(source !== undefined && { source }),
  };
}
