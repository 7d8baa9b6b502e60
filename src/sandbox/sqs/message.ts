// A message as a queue keeps it. `Messages` alone changes the fields that are not readonly, and so keeps its indexes true.
import { textOf } from '../ports.ts';
import type { LaterText } from '../ports.ts';
import type { World } from '../service.ts';
import type { MessageAttributes } from './messageAttributes.ts';

/** What was sent; it goes along when a message moves to another queue. */
export interface Content {
  readonly id: string;
  /** Read with `bodyOf`. */
  readonly body: string | LaterText;
  readonly attributes: MessageAttributes | undefined;
  readonly traceHeader: string | undefined;
  readonly senderId: string;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

export type MessageState = 'visible' | 'inflight' | 'delayed';

/** How often, and when, it was received; kept when it goes to a dead-letter queue. */
export interface Deliveries {
  /** In all queues: ApproximateReceiveCount. */
  readonly receives: number;
  /** Milliseconds; 0: never. */
  readonly firstReceivedAt: number;
}

export interface Message extends Content {
  body: string | LaterText;
  /** Counts up in its queue: its key there, and its place in the order of sending. */
  readonly order: number;
  /** Milliseconds. Retention runs from here. */
  readonly sentAt: number;
  readonly sequenceNumber: string | undefined;
  /** The queue it was dead-lettered from, as ARN. */
  readonly source: string | undefined;

  state: MessageState;
  /** When an invisible message becomes visible, in milliseconds. */
  due: number;
  receives: number;
  /** In this queue alone: what maxReceiveCount is compared with. */
  receivesHere: number;
  firstReceivedAt: number;
  /** Of the last receive, from which the twelve hours of visibility run. */
  receivedAt: number;
  /** Of the last receive; a FIFO queue takes no older handles. 0: never received here. */
  serial: number;

  /** Index in the heap of what is visible or of what is due; -1: in none. */
  slot: number;
  /** Index in the heap by age. */
  ageSlot: number;
  /** Neighbours in the message group of a FIFO queue, in the order of sending. */
  before: Message | undefined;
  after: Message | undefined;
}

export interface Arrival extends Content, Deliveries {
  readonly order: number;
  readonly sentAt: number;
  readonly sequenceNumber: string | undefined;
  readonly source: string | undefined;
}

export const newMessage = (arrival: Arrival): Message => ({
  order: arrival.order,
  id: arrival.id,
  body: arrival.body,
  attributes: arrival.attributes,
  traceHeader: arrival.traceHeader,
  senderId: arrival.senderId,
  groupId: arrival.groupId,
  deduplicationId: arrival.deduplicationId,
  sentAt: arrival.sentAt,
  sequenceNumber: arrival.sequenceNumber,
  source: arrival.source,
  state: 'visible',
  due: 0,
  receives: arrival.receives,
  receivesHere: 0,
  firstReceivedAt: arrival.firstReceivedAt,
  receivedAt: 0,
  serial: 0,
  slot: -1,
  ageSlot: -1,
  before: undefined,
  after: undefined,
});

/** A message's body, made when first read. */
export const bodyOf = (message: Message): string => (message.body = textOf(message.body));

/** A fresh message id as one piece of text: randomUUID gives a tree of pieces, which weighs eight times as much. */
export const newId = (world: Pick<World, 'id'>): string => Buffer.from(world.id(), 'latin1').toString('latin1');
