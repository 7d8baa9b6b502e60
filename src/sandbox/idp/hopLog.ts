// The steps of sign-ons, newest last, for a sequence diagram. In memory only: they hold assertions and tokens.
import type { Hop } from '../ports.ts';

export interface RecordedHop extends Hop {
  readonly id: number;
  /** ISO 8601, sandbox time. */
  readonly time: string;
}

export interface HopLog {
  add(hop: Hop): void;
  after(id: number): readonly RecordedHop[];
  clear(): void;
}

const kept = 300;
const longest = 200_000;

export function createHopLog(now: () => number): HopLog {
  let hops: RecordedHop[] = [];
  let last = 0;
  return {
    add(hop) {
      const { message } = hop;
      const short = message !== undefined && message.length > longest ? `${message.slice(0, longest)}...` : message;
      hops.push({
        ...hop,
        ...(short !== undefined && { message: short }),
        id: ++last,
        time: new Date(now()).toISOString(),
      });
      if (hops.length > kept) hops.shift();
    },
    after: (id) => hops.filter((hop) => hop.id > id),
    clear() {
      hops = [];
    },
  };
}
