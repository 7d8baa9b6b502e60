import { expect, test } from 'vitest';
import { decodeReceipt, encodeReceipt } from '../../../src/sandbox/sqs/receipt.ts';

const receipt = { queue: 2 ** 48 - 1, order: 123_456_789_012, serial: 4_000_000_000 };

test('a handle says which receive of which message it is', () => {
  const handle = encodeReceipt(receipt);
  expect(handle).toMatch(/^AQEB[\w+/]+$/);
  expect(decodeReceipt(handle)).toEqual(receipt);
});

test('every receive has a handle of its own', () => {
  const handles = new Set<string>();
  for (let serial = 1; serial <= 50; serial++) {
    for (let order = 1; order <= 50; order++) handles.add(encodeReceipt({ queue: 7, order, serial }));
  }
  expect(handles.size).toBe(2500);
});

test('what was changed is no handle', () => {
  const handle = encodeReceipt(receipt);
  let taken = 0;
  for (let at = 0; at < 36; at++) {
    const letter = handle[at] === 'x' ? 'y' : 'x';
    if (decodeReceipt(`${handle.slice(0, at)}${letter}${handle.slice(at + 1)}`) !== undefined) taken++;
  }
  expect(taken).toBe(0);
  for (const text of ['', 'garbage', handle.slice(4), `${handle}AAAA`]) expect(decodeReceipt(text)).toBeUndefined();
});
