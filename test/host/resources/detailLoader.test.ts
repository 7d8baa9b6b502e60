// What is in sight is fetched, also when it comes back into sight while the fetch that was stopped is still ending.
import { expect, test } from 'vitest';
import { DetailLoader } from '../../../src/host/resources/detailLoader.ts';

test('a row that was let go of and is seen again is fetched again', async () => {
  const loader = new DetailLoader({ most: 2, waiting: 10 });
  const ends: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  const want = {
    key: 'queue',
    run: (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<void>((resolve) => ends.push(resolve));
    },
  };
  loader.want(want);
  loader.clear();
  loader.want(want);
  loader.want(want);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  ends[0]?.();
  await Promise.resolve();
  expect(loader.idle).toBe(false);
  ends[1]?.();
  await new Promise(setImmediate);
  expect(loader.idle).toBe(true);
});
