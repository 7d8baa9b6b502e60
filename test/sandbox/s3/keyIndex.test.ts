import { expect, test } from 'vitest';
import { KeyIndex } from '../../../src/sandbox/s3/keyIndex.ts';
import { compareKeys } from '../../../src/sandbox/s3/keyOrder.ts';
import { walk } from '../../../src/sandbox/s3/listing/walk.ts';
import type { KeyEntry } from '../../../src/sandbox/s3/objects/version.ts';

const entry = (key: string): KeyEntry => ({ key, versions: [] });

/** The same order for each run. */
function* shuffled(count: number): Generator<number> {
  for (let index = 0; index < count; index++) yield (index * 7919) % count;
}

test('entries stay in order, whatever order they come and go in', () => {
  const index = new KeyIndex<KeyEntry>();
  for (const number of shuffled(5000)) index.set(entry(`k${number}`));
  for (const number of shuffled(5000)) if (number % 3 === 0) index.delete(`k${number}`);
  const kept = [...Array(5000).keys()].filter((number) => number % 3 !== 0).map((number) => `k${number}`);
  expect([...index.from('')].map(({ key }) => key)).toEqual(kept.toSorted(compareKeys));
  expect(index.size).toBe(kept.length);
  expect([index.get('k1')?.key, index.get('k3')]).toEqual(['k1', undefined]);
});

test('only what has changed is saved anew', () => {
  const index = new KeyIndex<KeyEntry>();
  for (let number = 0; number < 10_000; number++) index.set(entry(String(number).padStart(5, '0')));
  let saved = 0;
  const save = (entries: readonly KeyEntry[]): Uint8Array => {
    saved++;
    return Buffer.from(JSON.stringify(entries));
  };
  const pieces = index.save(save);
  saved = 0;
  index.touch('05000');
  index.save(save);
  expect(saved).toBe(1);
  const again = new KeyIndex<KeyEntry>();
  again.restore(pieces, (piece) => JSON.parse(Buffer.from(piece).toString()) as KeyEntry[]);
  expect([again.size, again.get('09999')?.key]).toEqual([10_000, '09999']);
});

test('100,000 keys: a page takes no longer than its length', () => {
  const index = new KeyIndex<KeyEntry>();
  for (const number of shuffled(100_000)) index.set(entry(`folder-${number % 100}/object-${number}`));
  const began = performance.now();
  for (let round = 0; round < 20; round++) {
    const folders = walk(index, { prefix: '', delimiter: '/', after: '', most: 1000, shows: () => true });
    expect(folders.items).toHaveLength(100);
    const deep = walk(index, { prefix: 'folder-57/', delimiter: '', after: '', most: 1000, shows: () => true });
    expect(deep.items).toHaveLength(1000);
  }
  // A few milliseconds a page on a slow machine; a sort of all keys would take a hundred.
  expect((performance.now() - began) / 40).toBeLessThan(20);
});
