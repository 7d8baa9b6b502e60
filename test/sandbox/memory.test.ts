import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryKeeper } from '../../src/sandbox/memory.ts';

const mega = 1024 * 1024;

const openHeap = () => {
  const heap = { resident: 200 * mega, collected: 0 };
  const changed = createMemoryKeeper({
    resident: () => heap.resident,
    collect: () => void heap.collected++,
  });
  return { heap, changed };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('memory is collected in the first pause, not while something happens', () => {
  const { heap, changed } = openHeap();
  for (let ms = 0; ms < 2000; ms += 100) {
    changed();
    vi.advanceTimersByTime(100);
  }
  expect(heap.collected).toBe(0);
  vi.advanceTimersByTime(600);
  expect(heap.collected).toBe(1);
});

test('what stays in use is not collected again until more has come', () => {
  const { heap, changed } = openHeap();
  const pause = () => {
    changed();
    vi.advanceTimersByTime(300);
  };
  pause();
  pause();
  expect(heap.collected).toBe(1);
  heap.resident = 220 * mega;
  pause();
  expect(heap.collected).toBe(2);
});

test('a small process is left alone', () => {
  const { heap, changed } = openHeap();
  heap.resident = 100 * mega;
  changed();
  vi.advanceTimersByTime(1000);
  expect(heap.collected).toBe(0);
});
