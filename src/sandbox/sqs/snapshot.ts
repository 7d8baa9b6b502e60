// All state as plain data, and back. A message is one short row, so that a hundred thousand of them are copied within milliseconds.
import type { Values } from './attributes.ts';
import { bodyOf, newMessage } from './message.ts';
import type { Message, MessageState } from './message.ts';
import type { MessageAttributes } from './messageAttributes.ts';
import type { MoveTask } from './moveTasks.ts';
import { Queue } from './queue.ts';
import type { Attempt, Sent } from './queue.ts';
import type { Sqs } from './sqs.ts';

type MessageRow = readonly [
  order: number,
  id: string,
  body: string,
  attributes: MessageAttributes | undefined,
  traceHeader: string | undefined,
  senderId: string,
  groupId: string | undefined,
  deduplicationId: string | undefined,
  sentAt: number,
  sequenceNumber: string | undefined,
  source: string | undefined,
  state: MessageState,
  due: number,
  receives: number,
  receivesHere: number,
  firstReceivedAt: number,
  receivedAt: number,
  serial: number,
];

type Rows<Entry> = readonly (readonly [key: string, at: number, entry: Entry])[];

interface QueueRow {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly uid: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly purgedAt: number;
  readonly arrived: number;
  readonly formerScope: Queue['formerScope'];
  readonly values: Values;
  readonly tags: Readonly<Record<string, string>>;
  readonly sent: Rows<Sent>;
  readonly attempts: Rows<Attempt>;
  readonly turns: readonly string[];
  readonly messages: readonly MessageRow[];
}

export interface Snapshot {
  readonly version: 1;
  readonly queues: readonly QueueRow[];
  readonly resting: readonly (readonly [key: string, since: number])[];
  readonly tasks: readonly MoveTask[];
}

export function takeSnapshot({ queues, tasks, world }: Sqs): Snapshot {
  const now = world.clock.now();
  return {
    version: 1,
    queues: [...queues.all()].map((queue) => queueRow(queue, now)),
    resting: queues.resting(),
    tasks: tasks.snapshot(),
  };
}

/** `data` is what `takeSnapshot` gave, perhaps in an earlier process. */
export function restoreSnapshot({ queues, tasks, world }: Sqs, data: Snapshot): void {
  const now = world.clock.now();
  queues.restore(
    data.queues.map((row) => queueOf(row, now)),
    data.resting,
  );
  tasks.restore(data.tasks);
}

function queueRow(queue: Queue, now: number): QueueRow {
  queue.settle(now);
  return {
    account: queue.account,
    region: queue.region,
    name: queue.name,
    uid: queue.uid,
    createdAt: queue.createdAt,
    modifiedAt: queue.modifiedAt,
    purgedAt: queue.purgedAt,
    arrived: queue.arrived,
    formerScope: queue.formerScope,
    values: queue.values,
    tags: Object.fromEntries(queue.tags),
    sent: queue.sent.snapshot(now),
    attempts: queue.attempts.snapshot(now),
    turns: queue.messages.turns(),
    messages: Array.from(queue.messages.values(), messageRow),
  };
}

function queueOf(row: QueueRow, now: number): Queue {
  const queue = new Queue(row);
  queue.modifiedAt = row.modifiedAt;
  queue.purgedAt = row.purgedAt;
  queue.arrived = row.arrived;
  queue.formerScope = row.formerScope;
  queue.sent.restore(row.sent, now);
  queue.attempts.restore(row.attempts, now);
  for (const each of row.messages) queue.messages.add(messageOf(each));
  queue.messages.orderTurns(row.turns);
  return queue;
}

const messageRow = (message: Message): MessageRow => [
  message.order,
  message.id,
  bodyOf(message),
  message.attributes,
  message.traceHeader,
  message.senderId,
  message.groupId,
  message.deduplicationId,
  message.sentAt,
  message.sequenceNumber,
  message.source,
  message.state,
  message.due,
  message.receives,
  message.receivesHere,
  message.firstReceivedAt,
  message.receivedAt,
  message.serial,
];

function messageOf(row: MessageRow): Message {
  const [order, id, body, attributes, traceHeader, senderId, groupId, deduplicationId, sentAt, sequenceNumber, source] =
    row;
  const [, , , , , , , , , , , state, due, receives, receivesHere, firstReceivedAt, receivedAt, serial] = row;
  const content = { id, body, attributes, traceHeader, senderId, groupId, deduplicationId };
  const message = newMessage({ ...content, order, sentAt, sequenceNumber, source, receives, firstReceivedAt });
  return Object.assign(message, { state, due, receivesHere, receivedAt, serial });
}
