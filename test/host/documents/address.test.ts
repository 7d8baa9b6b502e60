// Paths of documents: there and back for every key that S3 takes, and no part that anybody folds away.
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { pathOf, readAddress, type Address } from '../../../src/host/resources/documents/address.ts';

const place = { account: '123456789012', region: 'eu-west-1', name: 'orders' };

test.each<[Address, string]>([
  [{ which: 'policy', kind: 'topic', ...place }, '/topic/123456789012/eu-west-1/orders/policy.json'],
  [{ which: 'attributes', kind: 'stream', ...place }, '/stream/123456789012/eu-west-1/orders/attributes.json'],
  [{ which: 'object', ...place, key: 'a/b c.json' }, '/object/123456789012/eu-west-1/orders/a/b c.json'],
])('%o', (address, path) => {
  expect(pathOf(address)).toBe(path);
  expect(readAddress(path)).toEqual(address);
});

test.each([
  'a//b',
  '/a',
  'a/',
  '//',
  '..',
  '../../etc/passwd',
  './a',
  'a/../b',
  '100%',
  '%2F',
  '%2E%2E',
  'line\nbreak',
  'back\\slash',
  'naïve/日本語/😀.txt',
  'a?b#c',
  ' leading and trailing ',
  '\u0000\u007f',
  '__proto__',
])('the key %j comes back, and nothing of its path is folded away', (key) => {
  const path = pathOf({ which: 'object', ...place, key });
  expect(readAddress(path)).toEqual({ which: 'object', ...place, key });
  expect(posix.normalize(path)).toBe(path);
});

test.each([
  '/',
  '/topic/123456789012/eu-west-1/orders',
  '/topic/123/eu-west-1/orders/policy.json',
  '/stream/123456789012/eu-west-1/orders/policy.json',
  '/queue/123456789012/eu-west-1/orders/secrets.json',
  '/instance/123456789012/eu-west-1/i-1/attributes.json',
  '/object/123456789012/eu-west-1/orders',
])('%s is no document', (path) => expect(readAddress(path)).toBeUndefined());
