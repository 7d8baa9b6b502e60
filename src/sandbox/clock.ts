// The sandbox's time: it flows as real time does, and can be moved on. It never goes back.
// Everything that is due later is asked of it, so that moving it on lets the same things happen in the same order as waiting would.

export interface Timer {
  /** When it fires, in sandbox time. */
  readonly due: number;
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since 1970, sandbox time. */
  now(): number;
  /** Runs once sandbox time has reached `due`; never before `at` has returned. */
  at(due: number, run: () => unknown): Timer;
  /** Moves time on, firing all that falls due, in order, and waiting for what it starts where that is a promise. */
  advance(ms: number): Promise<void>;
  /** How far sandbox time is ahead of real time. */
  offset(): number;
  /** Forgets everything that is due. */
  clear(): void;
}

interface Entry extends Timer {
  run: (() => unknown) | undefined;
  readonly order: number;
}

/** Longest delay that setTimeout takes. */
const longest = 2 ** 31 - 1;

export function createClock(offset = 0, real: () => number = Date.now): Clock {
  let heap: Entry[] = [];
  let made = 0;
  let waiting: { readonly due: number; readonly handle: NodeJS.Timeout } | undefined;
  let advancing = Promise.resolve();
  let held = false;
  const now = (): number => real() + offset;

  const next = (): Entry | undefined => {
    while (heap[0] && !heap[0].run) pop(heap);
    return heap[0];
  };
  const fire = (entry: Entry): unknown => {
    const run = entry.run;
    pop(heap);
    entry.run = undefined;
    return run?.();
  };
  const wait = (): void => {
    const first = held ? undefined : next();
    if (waiting && waiting.due === first?.due) return;
    clearTimeout(waiting?.handle);
    waiting = undefined;
    if (!first) return;
    const handle = setTimeout(wake, Math.min(Math.max(0, Math.ceil(first.due - now())), longest));
    waiting = { due: first.due, handle: handle.unref() };
  };
  const wake = (): void => {
    waiting = undefined;
    for (let first = next(); first && first.due <= now(); first = next()) void fire(first);
    wait();
  };
  const move = async (ms: number): Promise<void> => {
    const target = now() + ms;
    held = true;
    let due = -1;
    for (let first = next(); first && first.due <= target; first = next()) {
      // What the earlier ones started gets its turn before time goes on.
      if (first.due !== due) await new Promise(setImmediate);
      due = first.due;
      if (next() !== first) continue;
      offset += Math.max(0, first.due - now());
      await fire(first);
    }
    offset += Math.max(0, target - now());
    held = false;
    wait();
    await new Promise(setImmediate);
  };

  return {
    now,
    offset: () => offset,
    at(due, run) {
      const entry: Entry = { due, run, order: made++, cancel: () => (entry.run = undefined) };
      push(heap, entry);
      if (heap[0] === entry) wait();
      return entry;
    },
    advance: (ms) => (advancing = advancing.then(() => move(ms))),
    clear() {
      heap = [];
      wait();
    },
  };
}

const before = (a: Entry, b: Entry): boolean => a.due < b.due || (a.due === b.due && a.order < b.order);

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  for (; at > 0;) {
    const up = (at - 1) >> 1;
    const parent = heap[up];
    if (!parent || before(parent, entry)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    const child = right && left && before(right, left) ? right : left;
    if (!child || before(last, child)) break;
    heap[at] = child;
    at = child === right ? 2 * at + 2 : 2 * at + 1;
  }
  heap[at] = last;
}
