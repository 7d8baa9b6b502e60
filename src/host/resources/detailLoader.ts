// Fetches details of what is in sight, and of nothing else.
// In: wants, each time a row is seen. Out: calls of `run`, few at a time, what was seen last first.
// Never: begins what nobody looks at any more; what was wanted before a round and not again in it is dropped, running or not.

export interface Want {
  readonly key: string;
  run(signal: AbortSignal): Promise<void>;
}

export interface LoaderLimits {
  /** How many run at once. */
  readonly most: number;
  /** How many may wait: a screen's worth. What does not fit is the oldest, and is asked for again if still in sight. */
  readonly waiting: number;
}

interface Waiting {
  readonly want: Want;
  readonly round: number;
}

export class DetailLoader {
  readonly #limits: LoaderLimits;
  /** The newest last. */
  readonly #waiting = new Map<string, Waiting>();
  readonly #running = new Map<string, { readonly stop: AbortController; round: number }>();
  #round = 0;

  constructor(limits: LoaderLimits) {
    this.#limits = limits;
  }

  get idle(): boolean {
    return this.#waiting.size + this.#running.size === 0;
  }

  get queued(): number {
    return this.#waiting.size;
  }

  want(want: Want): void {
    const running = this.#running.get(want.key);
    // One that was stopped tells nothing any more: it is wanted anew.
    if (running && !running.stop.signal.aborted) {
      running.round = this.#round;
      return;
    }
    this.#waiting.delete(want.key);
    this.#waiting.set(want.key, { want, round: this.#round });
    if (this.#waiting.size > this.#limits.waiting) {
      const [oldest] = this.#waiting.keys();
      if (oldest !== undefined) this.#waiting.delete(oldest);
    }
    this.#startNext();
  }

  /** From here on, who still wants something says so again. */
  newRound(): void {
    this.#round += 1;
  }

  /** Lets go of all that nobody has wanted since the last `newRound`. */
  dropOutdated(): void {
    for (const [key, { round }] of this.#waiting) if (round < this.#round) this.#waiting.delete(key);
    for (const { round, stop } of this.#running.values()) if (round < this.#round) stop.abort();
  }

  clear(): void {
    this.#waiting.clear();
    for (const { stop } of this.#running.values()) stop.abort();
  }

  #startNext(): void {
    while (this.#running.size < this.#limits.most) {
      const next = [...this.#waiting.values()].at(-1);
      if (!next) return;
      this.#waiting.delete(next.want.key);
      void this.#run(next);
    }
  }

  async #run({ want, round }: Waiting): Promise<void> {
    const stop = new AbortController();
    this.#running.set(want.key, { stop, round });
    try {
      await want.run(stop.signal);
    } catch {
      // A want tells of its own failures; what is left is that it was stopped.
    } finally {
      if (this.#running.get(want.key)?.stop === stop) this.#running.delete(want.key);
      this.#startNext();
    }
  }
}
