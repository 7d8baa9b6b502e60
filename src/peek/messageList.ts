// All that was seen of one queue, and the part of it that is shown: filtered, in an order, window by window.
import type { SeenMessage } from './model.ts';
import { parseFilter, type Filter } from './search.ts';

export type SortKey = 'arrival' | 'state' | 'sent' | 'expires' | 'receives' | 'group' | 'size' | 'body';

export interface Sorting {
  readonly by: SortKey;
  readonly descending: boolean;
}

/** In how they compare; `arrival` is the order they are kept in. */
const keys: Readonly<Record<Exclude<SortKey, 'arrival'>, (message: SeenMessage) => string | number>> = {
  state: ({ state }) => state,
  sent: ({ sentAt }) => sentAt,
  expires: ({ expiresAt }) => expiresAt,
  receives: ({ receives }) => receives,
  group: ({ groupId }) => groupId ?? '',
  size: ({ size }) => size,
  body: ({ body }) => body.slice(0, 80),
};

export const isSortKey = (name: string): name is SortKey => name === 'arrival' || Object.hasOwn(keys, name);

export class MessageList {
  #all = new Map<string, SeenMessage>();
  #filter: Filter = parseFilter('');
  #sorting: Sorting = { by: 'arrival', descending: false };
  #shown: readonly SeenMessage[] | undefined;
  #shownAt = 0;
  #version = 0;

  get size(): number {
    return this.#all.size;
  }

  /** Another number: what is shown has changed, rows may have moved. */
  get version(): number {
    return this.#version;
  }

  get problem(): string | undefined {
    return this.#filter.problem;
  }

  get filtered(): boolean {
    return !this.#filter.empty;
  }

  find(id: string): SeenMessage | undefined {
    return this.#all.get(id);
  }

  all(): Iterable<SeenMessage> {
    return this.#all.values();
  }

  /** The whole content anew, in the order of coming. */
  replace(messages: Iterable<SeenMessage>): void {
    this.#all = new Map([...messages].map((message) => [message.id, message]));
    this.touch();
  }

  /** New ones go to the end; one that is known already is brought up to date. */
  put(messages: Iterable<SeenMessage>): void {
    for (const message of messages) this.#all.set(message.id, message);
    this.touch();
  }

  remove(ids: Iterable<string>): void {
    for (const id of ids) this.#all.delete(id);
    this.touch();
  }

  search(text: string): void {
    this.#filter = parseFilter(text);
    this.touch();
  }

  sort(sorting: Sorting): void {
    this.#sorting = sorting;
    this.touch();
  }

  get sorting(): Sorting {
    return this.#sorting;
  }

  touch(): void {
    this.#shown = undefined;
    this.#version++;
  }

  /** What is shown, all of it. The array is the same while nothing changes. */
  shown(now: number): readonly SeenMessage[] {
    this.#shown ??= this.#select(now);
    return this.#shown;
  }

  get shownAt(): number {
    return this.#shownAt;
  }

  /** The place of a message in what is shown; -1: it is not shown. */
  placeOf(id: string, now: number): number {
    const message = this.#all.get(id);
    return message === undefined ? -1 : this.shown(now).indexOf(message);
  }

  #select(now: number): readonly SeenMessage[] {
    this.#shownAt = now;
    const all = [...this.#all.values()];
    const chosen = this.#filter.empty ? all : all.filter((message) => this.#filter.matches(message, now));
    const { by, descending } = this.#sorting;
    if (by === 'arrival') return descending ? chosen.toReversed() : chosen;
    return sorted(chosen, keys[by], descending);
  }
}

/** Each key is made once; equal ones stay in the order of their coming. */
function sorted(
  messages: readonly SeenMessage[],
  key: (message: SeenMessage) => string | number,
  descending: boolean,
): readonly SeenMessage[] {
  const sign = descending ? -1 : 1;
  const keyed = messages.map((message, place) => ({ message, place, key: key(message) }));
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.place - b.place));
  return keyed.map(({ message }) => message);
}
