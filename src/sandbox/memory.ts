// Keeps the process below 150 MB. V8 left alone took 330 MB for a burst of a hundred thousand messages; with a small nursery and a heap
// that grows slowly it took 180, and kept them. So what is left of a burst is collected in the pause after it (measured: 90 MB stay).
import { memoryUsage } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const mega = 1024 * 1024;

/** So long must nothing have changed. */
const pauseMs = 300;
/** Resident bytes that are worth a thorough collection of 30 to 100 ms. */
const much = 140 * mega;
/** What is in use stays: it is not collected again until so much has come to it. */
const more = 16 * mega;

/** What is done to V8, and what is asked of it. */
export interface Heap {
  resident(): number;
  collect(): void;
}

/**
 * Code stays through collections: without that flag a thorough one throws it away, and the next burst is slower by a third until it is
 * compiled and optimised again.
 * Whoever starts the process with a nursery of its own size has decided otherwise: `npm run sandbox` takes 4 MB, which is a tenth
 * faster for test suites (16 MB were not faster, and took 40 MB more).
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--no-flush-bytecode');
  if (process.execArgv.some((flag) => flag.startsWith('--max-semi-space-size'))) return;
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=25');
}

/** To be told of every change, as often as it likes. */
export function createMemoryKeeper(heap: Heap = v8Heap): () => void {
  let timer: NodeJS.Timeout | undefined;
  let busy = false;
  let enough = much;
  const wait = (): void => {
    busy = false;
    timer = setTimeout(look, pauseMs).unref();
  };
  const look = (): void => {
    timer = undefined;
    if (busy) return wait();
    if (heap.resident() < enough) return;
    heap.collect();
    enough = Math.max(much, heap.resident() + more);
  };
  // Every request comes here: no timer is made or moved while one waits.
  return () => {
    if (timer) busy = true;
    else wait();
  };
}

let gc: ((options: object) => void) | undefined;

const v8Heap: Heap = {
  resident: memoryUsage.rss,
  collect() {
    if (!gc) {
      // Node has no other way to the collector: a context that is made while the flag is set knows it.
      setFlagsFromString('--expose-gc');
      gc = runInNewContext('gc') as (options: object) => void;
      setFlagsFromString('--no-expose-gc');
    }
    // A regular collection leaves the nursery and emptied pages as they are (measured: 250 MB resident, this one: 90).
    gc({ type: 'major', flavor: 'last-resort' });
  },
};
