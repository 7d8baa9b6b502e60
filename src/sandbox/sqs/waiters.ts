// Receives that wait for messages (long polling), served in the order of their coming.
import type { Clock, Timer } from '../clock.ts';

/** Ends a wait: with messages, or with none. */
type Finish<Result> = (result: Result) => void;

export interface Waiter {
  /** Receives for this waiter, if there is anything for it now; true: it has been answered. */
  serve(): boolean;
  /** Answers with nothing. */
  giveUp(): void;
  /** Answers with this error. */
  fail(error: Error): void;
}

export class Waiters {
  readonly #waiting = new Set<Waiter>();
  #alarm: Timer | undefined;

  get size(): number {
    return this.#waiting.size;
  }

  /**
   * Waits until `receive` gives something, until `deadline` (milliseconds, sandbox time; then `nothing`),
   * or until the client went away.
   */
  wait<Result>(
    clock: Clock,
    deadline: number,
    signal: AbortSignal,
    receive: () => Result | undefined,
    nothing: Result,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      const end = (finish: () => void): void => {
        if (!this.#waiting.delete(waiter)) return;
        timer.cancel();
        signal.removeEventListener('abort', waiter.giveUp);
        finish();
      };
      const answer: Finish<Result> = (result) => end(() => resolve(result));
      const waiter: Waiter = {
        serve: () => {
          const result = receive();
          if (result !== undefined) answer(result);
          return result !== undefined;
        },
        giveUp: () => answer(nothing),
        fail: (error) => end(() => reject(error)),
      };
      const timer = clock.at(deadline, waiter.giveUp);
      this.#waiting.add(waiter);
      if (signal.aborted) return waiter.giveUp();
      signal.addEventListener('abort', waiter.giveUp);
    });
  }

  /** Serves who can be served, and comes back when `nextDue` says that more may be visible. */
  serve(clock: Clock, nextDue: () => number): void {
    for (const waiter of this.#waiting) if (!waiter.serve()) break;
    const due = this.#waiting.size > 0 ? nextDue() : Infinity;
    if (this.#alarm?.due === due) return;
    this.#alarm?.cancel();
    this.#alarm = undefined;
    if (due === Infinity) return;
    this.#alarm = clock.at(due, () => {
      this.#alarm = undefined;
      this.serve(clock, nextDue);
    });
  }

  /** Ends every wait: with nothing, or with an error. */
  end(error?: Error): void {
    this.#alarm?.cancel();
    this.#alarm = undefined;
    for (const waiter of this.#waiting) {
      if (error) waiter.fail(error);
      else waiter.giveUp();
    }
  }
}
