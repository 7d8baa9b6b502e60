import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../src/sandbox/clock.ts';
import { parseDuration } from '../../src/sandbox/duration.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

const start = Date.parse('2026-01-01T00:00:00Z');

describe('the clock', () => {
  /** Real time stands still, so that only `advance` moves. */
  const still = () => createClock(0, () => start);

  it('fires what is due in order of time, then of asking, at its time', async () => {
    const clock = still();
    const fired: [string, number][] = [];
    const note = (name: string) => () => void fired.push([name, clock.now() - start]);
    clock.at(start + 300, note('last'));
    clock.at(start + 100, note('first'));
    clock.at(start + 100, note('second'));
    clock.at(start + 999, note('never'));
    clock.at(start + 200, note('cancelled')).cancel();
    await clock.advance(500);
    expect(fired).toEqual([
      ['first', 100],
      ['second', 100],
      ['last', 300],
    ]);
    expect(clock.now()).toBe(start + 500);
  });

  it('fires what is asked for meanwhile, and waits for promises', async () => {
    const clock = still();
    const fired: number[] = [];
    const again = async (): Promise<void> => {
      await Promise.resolve();
      fired.push(clock.now() - start);
      clock.at(clock.now() + 10, again);
    };
    clock.at(start + 10, again);
    await clock.advance(35);
    expect(fired).toEqual([10, 20, 30]);
  });

  it('keeps order among many, and forgets them', async () => {
    const clock = still();
    const fired: number[] = [];
    for (let index = 0; index < 1000; index++) {
      const due = (index * 7919) % 1009;
      clock.at(start + due, () => fired.push(due));
    }
    await clock.advance(500);
    expect(fired).toEqual(fired.toSorted((a, b) => a - b));
    const count = fired.length;
    clock.clear();
    await clock.advance(1000);
    expect(fired.length).toBe(count);
  });

  it('moves on by itself', async () => {
    const clock = createClock();
    await new Promise((done) => clock.at(clock.now() + 5, () => done(undefined)));
  });
});

describe('lengths of time', () => {
  it.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['2 days', 172_800_000],
    ['100ms', 100],
    [1.5, 1500],
    ['90', 90_000],
    ['1 week', 604_800_000],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
  it.each(['', 'soon', '-5s', '5y', undefined, Number.NaN, -1])('%s is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('over HTTP', () => {
  let aws: TestSandbox | undefined;
  afterEach(() => aws?.stop());

  it('is read and moved on', async () => {
    aws = await startTestSandbox();
    const before = (await aws.admin('clock')) as { now: string; offset: number };
    expect(before.offset).toBe(0);
    const after = (await aws.admin('clock', { advance: '1h' })) as { now: string; offset: number };
    expect(after.offset).toBe(3_600_000);
    expect(Date.parse(after.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(3_600_000);
    await expect(aws.admin('clock', { advance: '-1h' })).rejects.toThrow(/Say how far/);
  });
});
