// Message groups of a FIFO queue: within a group strictly in the order of sending, and nothing of a group is given out past
// a message that is in flight or delayed. Groups take turns: one that was served goes behind the others.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
import { Heap } from './heap.ts';
import type { Line } from './line.ts';
import type { Message } from './message.ts';

interface Group {
  readonly id: string;
  head: Message | undefined;
  tail: Message | undefined;
  /** Index among the groups that wait for their turn; -1: its head cannot be given out. */
  turn: number;
  /** Which came to wait before which. */
  since: number;
}

export class GroupLine implements Line {
  readonly #groups = new Map<string, Group>();
  readonly #ready = new Heap<Group>((group, index) => (group.turn = index));
  #turns = 0;

  join(message: Message): void {
    const group = this.#group(message.groupId ?? '');
    message.before = group.tail;
    if (group.tail) group.tail.after = message;
    else group.head = message;
    group.tail = message;
  }

  part(message: Message): void {
    const group = this.#groups.get(message.groupId ?? '');
    if (!group) return;
    if (message.before) message.before.after = message.after;
    else group.head = message.after;
    if (message.after) message.after.before = message.before;
    else group.tail = message.before;
    message.before = undefined;
    message.after = undefined;
    this.#settle(group);
    if (!group.head) this.#groups.delete(group.id);
  }

  enter(message: Message): void {
    this.#settle(this.#group(message.groupId ?? ''));
  }

  leave(message: Message): void {
    this.#settle(this.#group(message.groupId ?? ''));
  }

  *visible(): Iterable<Message> {
    for (let group = this.#ready.first(); group; group = this.#ready.first()) {
      let message = group.head;
      while (message?.state === 'visible') {
        const after: Message | undefined = message.after;
        yield message;
        message = after;
      }
    }
  }

  /** Whether a group gives nothing out because its first message is in flight or delayed. */
  locked(groupId: string): boolean {
    return this.#groups.get(groupId)?.turn === -1;
  }

  /** Groups that can be served, next first. */
  turns(): string[] {
    return [...this.#ready.values()].sort((a, b) => a.since - b.since).map(({ id }) => id);
  }

  /** Lets groups wait in this order, as `turns` gave it. */
  order(turns: readonly string[]): void {
    for (const id of turns) {
      const group = this.#groups.get(id);
      if (!group || group.turn < 0) continue;
      this.#ready.remove(group.turn);
      this.#settle(group);
    }
  }

  clear(): void {
    this.#groups.clear();
    this.#ready.clear();
  }

  #group(id: string): Group {
    let group = this.#groups.get(id);
    if (!group) {
      group = { id, head: undefined, tail: undefined, turn: -1, since: 0 };
      this.#groups.set(id, group);
    }
    return group;
  }

  /** A group waits for its turn exactly while its head is visible. */
  #settle(group: Group): void {
    const servable = group.head?.state === 'visible';
    if (servable && group.turn < 0) {
      group.since = this.#turns++;
      this.#ready.push(group, group.since);
    } else if (!servable && group.turn >= 0) this.#ready.remove(group.turn);
  }
}
