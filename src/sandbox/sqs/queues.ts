// All queues of all accounts and regions, and the names that rest after their queues were deleted.
import { nameRest } from './limits.ts';
import { parseQueueArn } from './names.ts';
import type { QueueKey } from './names.ts';
import type { Queue } from './queue.ts';

const text = ({ account, region, name }: QueueKey): string => `${region}/${account}/${name}`;

export class Queues {
  readonly #queues = new Map<string, Queue>();
  /** When a queue of this name was deleted, in milliseconds; in order. */
  readonly #resting = new Map<string, number>();

  find(key: QueueKey): Queue | undefined {
    return this.#queues.get(text(key));
  }

  findByArn(arn: string): Queue | undefined {
    const key = parseQueueArn(arn);
    return key && this.find(key);
  }

  add(queue: Queue): void {
    this.#queues.set(text(queue), queue);
    this.#resting.delete(text(queue));
  }

  remove(queue: Queue, now: number): void {
    this.#queues.delete(text(queue));
    this.#resting.set(text(queue), now);
  }

  /** Whether a queue of this name was deleted less than a minute ago. */
  rests(key: QueueKey, now: number): boolean {
    for (const [resting, since] of this.#resting) {
      if (now < since + nameRest) break;
      this.#resting.delete(resting);
    }
    return this.#resting.has(text(key));
  }

  /** Of one account in one region, by name. */
  list(account: string, region: string): Queue[] {
    return [...this.#queues.values()]
      .filter((queue) => queue.account === account && queue.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Those whose dead-letter queue it is, by name. */
  sourcesOf(target: Queue): Queue[] {
    return this.list(target.account, target.region).filter(
      ({ settings }) => settings.redrive?.deadLetterTargetArn === target.arn,
    );
  }

  all(): IterableIterator<Queue> {
    return this.#queues.values();
  }

  resting(): [key: string, since: number][] {
    return [...this.#resting];
  }

  restore(queues: readonly Queue[], resting: readonly (readonly [key: string, since: number])[]): void {
    this.clear();
    for (const queue of queues) this.#queues.set(text(queue), queue);
    for (const [key, since] of resting) this.#resting.set(key, since);
  }

  clear(): void {
    for (const queue of this.#queues.values()) queue.waiters.end();
    this.#queues.clear();
    this.#resting.clear();
  }
}
