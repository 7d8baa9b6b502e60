// In which order visible messages are given out. A standard queue gives them roughly in the order of sending;
// a FIFO queue gives them group by group (see groups.ts).
import { Heap } from './heap.ts';
import type { Message } from './message.ts';

export interface Line {
  /** A message came into the queue, in any state. */
  join(message: Message): void;
  /** A message left the queue. */
  part(message: Message): void;
  /** A message became visible. */
  enter(message: Message): void;
  /** A visible message was hidden, or is about to part. */
  leave(message: Message): void;
  /** What may be received now, best first. Who takes one must hide or remove it before asking for the next. */
  visible(): Iterable<Message>;
  clear(): void;
}

/** By the order of sending: a message that comes back, comes back to the front, as it mostly does on AWS. */
export class StandardLine implements Line {
  readonly #heap = new Heap<Message>((message, index) => (message.slot = index));

  join(): void {}

  part(): void {}

  enter(message: Message): void {
    this.#heap.push(message, message.order);
  }

  leave(message: Message): void {
    this.#heap.remove(message.slot);
  }

  *visible(): Iterable<Message> {
    for (let next = this.#heap.first(); next !== undefined; next = this.#heap.first()) yield next;
  }

  clear(): void {
    this.#heap.clear();
  }
}
