// One queue: its attributes and tags, its messages, what it remembers of recent sends and receives, and who waits for messages.
// Operations on it live in the files named after them; this holds the state and what keeps it whole.
import { mergeValues } from './attributes.ts';
import type { Values } from './attributes.ts';
import { scopeChangeTakes } from './limits.ts';
import { newMessage } from './message.ts';
import type { Content, Deliveries, Message } from './message.ts';
import { Messages } from './messages.ts';
import { queueArn } from './names.ts';
import type { QueueKey } from './names.ts';
import { Recent } from './recent.ts';
import { readSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import { Waiters } from './waiters.ts';

/** What a repeated send is answered with. */
export interface Sent {
  readonly messageId: string;
  readonly sequenceNumber: string;
}

/** The messages of a receive, by number and receive. */
export type Attempt = readonly { readonly order: number; readonly serial: number }[];

export interface QueueFacts extends QueueKey {
  /** Below 2^48; receipt handles carry it. */
  readonly uid: number;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly values: Values;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Arriving {
  readonly content: Content;
  /** Milliseconds. */
  readonly sentAt: number;
  /** Until when it is delayed; not later than now: not at all. */
  readonly due: number;
  readonly deliveries?: Deliveries;
  readonly source?: string;
}

/** Sequence numbers of AWS have 20 digits and rise in steps of 256. */
const firstSequenceNumber = 18_849_496_460_467_696_128n;

export class Queue implements QueueKey {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly uid: number;
  readonly createdAt: number;
  readonly tags: Map<string, string>;
  readonly messages: Messages;
  readonly sent = new Recent<Sent>();
  readonly attempts = new Recent<Attempt>();
  readonly waiters = new Waiters();
  modifiedAt: number;
  purgedAt = -Infinity;
  /** How many messages ever came: the number of the last. */
  arrived = 0;
  /** The scope before the last change, which works on for a minute. */
  formerScope: { readonly byGroup: boolean; readonly until: number } | undefined;
  #values: Values;
  #settings: Settings;

  constructor(facts: QueueFacts) {
    this.account = facts.account;
    this.region = facts.region;
    this.name = facts.name;
    this.arn = queueArn(facts);
    this.fifo = facts.name.endsWith('.fifo');
    this.uid = facts.uid;
    this.createdAt = facts.createdAt;
    this.modifiedAt = facts.createdAt;
    this.tags = new Map(Object.entries(facts.tags));
    this.messages = new Messages(this.fifo);
    this.#values = facts.values;
    this.#settings = readSettings(facts.values);
  }

  get values(): Values {
    return this.#values;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Catches up with the time that passed. Call it before looking at the messages. */
  settle(now: number): void {
    this.messages.settle(now, this.#settings.retention);
  }

  /** Sets attributes that were read already. */
  change(given: Values, now: number): void {
    const before = this.#settings;
    this.#values = mergeValues(this.#values, given);
    this.#settings = readSettings(this.#values);
    this.modifiedAt = now;
    if (this.#settings.deduplicatesByGroup !== before.deduplicatesByGroup) {
      this.formerScope = { byGroup: before.deduplicatesByGroup, until: now + scopeChangeTakes };
    }
    if (this.fifo && this.#settings.delay !== before.delay) this.#delayAgain();
  }

  /** The key under which a deduplication id is remembered. */
  deduplicationKey(groupId: string, deduplicationId: string, now: number): string {
    const { formerScope: former } = this;
    const byGroup = former && now < former.until ? former.byGroup : this.#settings.deduplicatesByGroup;
    return byGroup ? `${groupId}\n${deduplicationId}` : deduplicationId;
  }

  /** Takes a message in, as new to this queue. */
  arrive({ content, sentAt, due, deliveries, source }: Arriving, now: number): Message {
    const order = ++this.arrived;
    const message = newMessage({
      ...content,
      order,
      sentAt,
      source,
      sequenceNumber: this.fifo ? String(firstSequenceNumber + BigInt(order) * 256n) : undefined,
      receives: deliveries?.receives ?? 0,
      firstReceivedAt: deliveries?.firstReceivedAt ?? 0,
    });
    if (due > now) {
      message.state = 'delayed';
      message.due = due;
    }
    this.messages.add(message);
    return message;
  }

  /** A FIFO queue's delay holds for the messages that it has already; the next `settle` shows those that are due. */
  #delayAgain(): void {
    for (const message of this.messages.values()) {
      this.messages.delayUntil(message, message.sentAt + this.#settings.delay);
    }
  }
}
