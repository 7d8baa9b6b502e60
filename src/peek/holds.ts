// The messages that a look holds: received, hidden from others, and to be given back. In: receipt handles and until when they hold.
// Never: touches a message whose hold may have ended, since somebody else may have received it by then.
import type { Target } from '../aws/target.ts';

export interface LookClock {
  /** Milliseconds. */
  now(): number;
  /** Runs it once, so many milliseconds later. */
  after(ms: number, run: () => void): { cancel(): void };
}

export interface Hold {
  readonly id: string;
  readonly handle: string;
  /** Counted from before the request was sent, so never later than what SQS counts. */
  readonly until: number;
}

/** Seconds that a look hides messages for. */
export const holdSeconds = 30;
/** Milliseconds before its end from which a hold counts as over: a request needs some time to arrive. */
const margin = 2000;
/** A hold with less than this left is prolonged before the next page. */
const prolongBelow = 15_000;
const batch = 10;

export interface GivenBack {
  readonly given: number;
  /** Not given back by us: they come back by themselves when their time is over. */
  readonly lapsing: number;
}

export class Holds {
  readonly #target: Target;
  readonly #queueUrl: string;
  readonly #clock: LookClock;
  readonly #lapsed: (ids: readonly string[]) => void;
  readonly #held = new Map<string, Hold>();
  #timer: { cancel(): void } | undefined;

  constructor(target: Target, queueUrl: string, clock: LookClock, lapsed: (ids: readonly string[]) => void) {
    this.#target = target;
    this.#queueUrl = queueUrl;
    this.#clock = clock;
    this.#lapsed = lapsed;
  }

  get count(): number {
    return this.#held.size;
  }

  /** When the first of them comes back; undefined: none is held. */
  get until(): number | undefined {
    return this.#held.size === 0 ? undefined : Math.min(...[...this.#held.values()].map(({ until }) => until));
  }

  has(id: string): boolean {
    return this.handle(id) !== undefined;
  }

  /** Only while it surely holds. */
  handle(id: string): string | undefined {
    const hold = this.#held.get(id);
    return hold && this.#surely(hold) ? hold.handle : undefined;
  }

  /** `sentAt`: when the receive was sent. */
  take(messages: readonly { readonly id: string; readonly handle: string }[], sentAt: number): void {
    const until = sentAt + holdSeconds * 1000;
    for (const { id, handle } of messages) this.#held.set(id, { id, handle, until });
    this.#watch();
  }

  /** Those that are gone from the queue. */
  drop(ids: Iterable<string>): void {
    for (const id of ids) this.#held.delete(id);
    this.#watch();
  }

  /** Prolongs what is about to end, so that the next page does not bring the same again. */
  async prolong(signal?: AbortSignal, below = prolongBelow): Promise<void> {
    const due = [...this.#held.values()].filter(({ until }) => until - this.#clock.now() < below);
    const sentAt = this.#clock.now();
    const kept = await this.#change(
      due.filter((hold) => this.#surely(hold)),
      holdSeconds,
      signal,
    );
    for (const hold of due) {
      if (kept.has(hold.id)) this.#held.set(hold.id, { ...hold, until: sentAt + holdSeconds * 1000 });
      else this.#held.delete(hold.id);
    }
    const lost = due.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
    if (lost.length > 0) this.#lapsed(lost);
    this.#watch();
  }

  /** Makes all visible again at once. Never throws: what cannot be given back comes back by itself. */
  async giveBack(): Promise<GivenBack> {
    const all = [...this.#held.values()];
    this.#held.clear();
    this.#watch();
    if (all.length === 0) return { given: 0, lapsing: 0 };
    const given = await this.#change(
      all.filter((hold) => this.#surely(hold)),
      0,
    ).catch(() => new Set<string>());
    this.#lapsed(all.map(({ id }) => id));
    return { given: given.size, lapsing: all.length - given.size };
  }

  /** Gives the ids for which it worked. */
  async #change(holds: readonly Hold[], seconds: number, signal?: AbortSignal): Promise<Set<string>> {
    const done = new Set<string>();
    const groups = Array.from({ length: Math.ceil(holds.length / batch) }, (_, at) =>
      holds.slice(at * batch, (at + 1) * batch),
    );
    const results = await Promise.allSettled(
      groups.map(async (group) => {
        const Entries = group.map(({ handle }, place) => ({
          Id: String(place),
          ReceiptHandle: handle,
          VisibilityTimeout: seconds,
        }));
        const input = { QueueUrl: this.#queueUrl, Entries };
        const answer = await this.#target.send('sqs.ChangeMessageVisibilityBatch', input, signal ? { signal } : {});
        for (const { Id } of answer.Successful ?? []) {
          const hold = group[Number(Id)];
          if (hold) done.add(hold.id);
        }
      }),
    );
    signal?.throwIfAborted();
    const failed = results.find((result) => result.status === 'rejected');
    if (failed && done.size === 0 && holds.length > 0 && seconds > 0) throw failed.reason;
    return done;
  }

  #surely({ until }: Hold): boolean {
    return until - this.#clock.now() > margin;
  }

  /** Notices by itself when holds end. */
  #watch(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const { until } = this;
    if (until !== undefined)
      this.#timer = this.#clock.after(Math.max(0, until - this.#clock.now()), () => this.#lapse());
  }

  #lapse(): void {
    const now = this.#clock.now();
    const over = [...this.#held.values()].filter(({ until }) => until <= now).map(({ id }) => id);
    for (const id of over) this.#held.delete(id);
    this.#watch();
    if (over.length > 0) this.#lapsed(over);
  }
}
