import { expect, test } from 'vitest';
import { retryDelay } from '../../../src/sandbox/sns/delivery/retryDelay.ts';

const policy = {
  minDelayTarget: 10,
  maxDelayTarget: 50,
  numRetries: 9,
  numNoDelayRetries: 1,
  numMinDelayRetries: 2,
  numMaxDelayRetries: 1,
  backoffFunction: 'linear' as const,
};
const delays = (given: typeof policy | (Omit<typeof policy, 'backoffFunction'> & { backoffFunction: 'exponential' })) =>
  Array.from({ length: 10 }, (_, index) => retryDelay(given, index + 1));

test('four phases: at once, least delay, backing off, longest delay; then no more', () => {
  expect(delays(policy)).toEqual([0, 10, 10, 10, 20, 30, 40, 50, 50, undefined]);
});

test('an exponential curve rises late', () => {
  const backingOff = delays({ ...policy, backoffFunction: 'exponential' }).slice(3, 8);
  expect(backingOff[0]).toBe(10);
  expect(backingOff[4]).toBe(50);
  expect(backingOff[2]).toBeLessThan(12);
});
