// A true look: the sandbox's store as it is, without a receive. In: the target's peek. Out: a MessageList brought up to date.
// Contents never change and are read once; states are read again whenever the queue's mark is another.
import type { PeekClient, PeekedContent, PeekedQueue, QueueOverview } from '../aws/target.ts';
import type { MessageList } from './messageList.ts';
import { sizeOf, type SeenMessage, type SeenState } from './model.ts';

const states: Readonly<Record<string, SeenState>> = { v: 'visible', l: 'locked', i: 'inflight', d: 'delayed' };

export interface TrueLookResult {
  readonly changed: boolean;
  /** Of those known before: deleted, expired, moved. */
  readonly gone: number;
  readonly came: number;
  readonly counts: QueueOverview['counts'];
  /** In the sandbox's time. */
  readonly now: number;
  /** So many are there and were not read, because what was read is as much as is kept. */
  readonly unread: number;
}

interface Known {
  readonly content: PeekedContent;
  readonly size: number;
}

/** Kept at most, in characters of bodies. */
const mostKept = 400_000_000;
const pageSize = 5000;
/** So that something can be shown at once. */
const firstPage = 500;

export class TruePeek {
  readonly #client: PeekClient;
  readonly #queue: PeekedQueue;
  readonly #list: MessageList;
  readonly #most: number;
  readonly #known = new Map<number, Known>();
  #mark: string | undefined;
  #characters = 0;
  #last = 0;
  #unread = 0;

  constructor(client: PeekClient, queue: PeekedQueue, list: MessageList, most = mostKept) {
    this.#client = client;
    this.#queue = queue;
    this.#list = list;
    this.#most = most;
  }

  /** `page` is told after each page of contents that was read, with how many are in the list by then. */
  async look(page: (read: number) => void, signal?: AbortSignal): Promise<TrueLookResult> {
    const overview = await this.#client.overview(this.#queue, this.#mark, signal);
    const { now, counts, columns, mark } = overview;
    if (columns === undefined) return { changed: false, gone: 0, came: 0, counts, now, unread: this.#unread };
    this.#meet(mark);
    const before = this.#list.size;
    const gone = this.#forget(columns.orders);
    await this.#read(overview, columns.orders.at(-1) ?? 0, page, signal);
    this.#mark = mark;
    this.#show(overview);
    const came = this.#list.size - (before - gone);
    this.#unread = columns.orders.length - this.#list.size;
    return { changed: true, gone, came, counts, now, unread: this.#unread };
  }

  /** A mark begins with the queue's own number: a new queue of the same name begins its numbers anew. */
  #meet(mark: string): void {
    const queue = mark.split('.')[0];
    if (queue === this.#mark?.split('.')[0] || this.#mark === undefined) return;
    this.#known.clear();
    this.#characters = 0;
    this.#last = 0;
  }

  async #read(
    overview: QueueOverview,
    last: number,
    page: (read: number) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    let limit = this.#known.size === 0 ? firstPage : pageSize;
    while (this.#last < last && this.#characters < this.#most) {
      const { messages, next } = await this.#client.contents(this.#queue, this.#last, limit, signal);
      for (const content of messages) this.#keep(content);
      this.#last = next ?? Math.max(last, messages.at(-1)?.order ?? last);
      if (next === undefined) return;
      // The first page is shown with its states, the others as they are when all are there.
      if (limit === firstPage) this.#show(overview);
      page(this.#known.size);
      limit = pageSize;
    }
  }

  #keep(content: PeekedContent): void {
    this.#characters += content.body.length;
    this.#known.set(content.order, { content, size: sizeOf(content.body, content.attributes ?? {}) });
  }

  #forget(orders: readonly number[]): number {
    const there = new Set(orders);
    let gone = 0;
    for (const [order, { content }] of this.#known) {
      if (there.has(order)) continue;
      this.#known.delete(order);
      this.#characters -= content.body.length;
      gone++;
    }
    return gone;
  }

  #show({ columns, retention }: QueueOverview): void {
    if (columns === undefined) return;
    const messages: SeenMessage[] = [];
    for (const [place, order] of columns.orders.entries()) {
      const known = this.#known.get(order);
      if (known) messages.push(seen(known, columns, place, retention));
    }
    this.#list.replace(messages);
  }
}

function seen(
  { content, size }: Known,
  { states: letters, receives, due, firstReceived }: NonNullable<QueueOverview['columns']>,
  place: number,
  retention: number,
): SeenMessage {
  return {
    id: content.id,
    body: content.body,
    size,
    attributes: content.attributes ?? none,
    state: states[letters[place] ?? 'v'] ?? 'visible',
    sentAt: content.sentAt,
    expiresAt: content.sentAt + retention,
    due: due[place] || undefined,
    receives: receives[place] ?? 0,
    firstReceivedAt: firstReceived[place] || undefined,
    senderId: content.senderId,
    groupId: content.groupId,
    deduplicationId: content.deduplicationId,
    sequenceNumber: content.sequenceNumber,
    traceHeader: content.traceHeader,
    source: content.source,
  };
}

const none: SeenMessage['attributes'] = {};
