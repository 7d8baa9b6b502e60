// All messages of one queue, and when each can be seen. Every message is found by its number, waits in one of two heaps (what is
// visible, or what becomes visible when) and in one by age. Nothing runs by itself: `settle` catches up with the time that passed.
import { GroupLine } from './groups.ts';
import { Heap } from './heap.ts';
import { StandardLine } from './line.ts';
import type { Line } from './line.ts';
import type { Message } from './message.ts';

export interface MessageCounts {
  readonly visible: number;
  readonly inflight: number;
  readonly delayed: number;
}

export class Messages {
  readonly #all = new Map<number, Message>();
  readonly #line: Line;
  readonly #groups: GroupLine | undefined;
  readonly #due = new Heap<Message>((message, index) => (message.slot = index));
  readonly #age = new Heap<Message>((message, index) => (message.ageSlot = index));
  #inflight = 0;
  #delayed = 0;

  constructor(fifo: boolean) {
    this.#groups = fifo ? new GroupLine() : undefined;
    this.#line = this.#groups ?? new StandardLine();
  }

  get size(): number {
    return this.#all.size;
  }

  get inflight(): number {
    return this.#inflight;
  }

  counts(): MessageCounts {
    return {
      visible: this.#all.size - this.#inflight - this.#delayed,
      inflight: this.#inflight,
      delayed: this.#delayed,
    };
  }

  /** By its number in this queue. */
  find(order: number): Message | undefined {
    return this.#all.get(order);
  }

  /** In the order of their coming. */
  values(): IterableIterator<Message> {
    return this.#all.values();
  }

  /** What can be received, best first; whoever takes one hides or removes it before asking for the next. */
  visible(): Iterable<Message> {
    return this.#line.visible();
  }

  /** When the next invisible message becomes visible, in milliseconds; Infinity: none does. */
  nextDue(): number {
    return this.#due.firstKey();
  }

  groupLocked(groupId: string | undefined): boolean {
    return groupId !== undefined && this.#groups?.locked(groupId) === true;
  }

  turns(): string[] {
    return this.#groups?.turns() ?? [];
  }

  orderTurns(turns: readonly string[]): void {
    this.#groups?.order(turns);
  }

  /** Takes a message in as its `state` and `due` say. */
  add(message: Message): void {
    this.#all.set(message.order, message);
    this.#age.push(message, message.sentAt);
    this.#line.join(message);
    if (message.state === 'visible') return this.#line.enter(message);
    this.#count(message.state, 1);
    this.#due.push(message, message.due);
  }

  /** Forgets what is older than `retention` and shows what is due (both in milliseconds). */
  settle(now: number, retention: number): void {
    while (this.#age.firstKey() <= now - retention) this.#removeFirst();
    while (this.#due.firstKey() <= now) {
      const message = this.#due.first();
      if (!message) break;
      this.reveal(message);
    }
  }

  /** Puts a message in flight until `due`; also one that is there already. */
  hide(message: Message, due: number): void {
    this.#withdraw(message);
    message.state = 'inflight';
    message.due = due;
    this.#inflight++;
    this.#line.leave(message);
    this.#due.push(message, due);
  }

  reveal(message: Message): void {
    if (message.state === 'visible') return;
    this.#withdraw(message);
    message.state = 'visible';
    this.#line.enter(message);
  }

  /** Moves the time until which a delayed message waits. */
  delayUntil(message: Message, due: number): void {
    if (message.state !== 'delayed') return;
    this.#due.remove(message.slot);
    message.due = due;
    this.#due.push(message, due);
  }

  remove(message: Message): void {
    if (!this.#all.delete(message.order)) return;
    if (message.state === 'visible') this.#line.leave(message);
    else this.#withdraw(message);
    this.#age.remove(message.ageSlot);
    this.#line.part(message);
  }

  clear(): void {
    this.#all.clear();
    this.#line.clear();
    this.#due.clear();
    this.#age.clear();
    this.#inflight = 0;
    this.#delayed = 0;
  }

  #removeFirst(): void {
    const oldest = this.#age.first();
    if (oldest) this.remove(oldest);
  }

  /** Out of what is due; a visible one stays in its line. */
  #withdraw(message: Message): void {
    if (message.state === 'visible') return;
    this.#due.remove(message.slot);
    this.#count(message.state, -1);
  }

  #count(state: 'inflight' | 'delayed', by: number): void {
    if (state === 'inflight') this.#inflight += by;
    else this.#delayed += by;
  }
}
