// Real time. In tests another takes its place.
import { setTimeout } from 'node:timers/promises';
import type { RunClock } from '../lab/runOptions.ts';

export const realClock: RunClock = {
  now: () => Date.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, signal ? { signal } : {}),
};
