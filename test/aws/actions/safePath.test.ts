// Where an object is written is never up to its key.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { safePart, safePaths } from '../../../src/aws/actions/safePath.ts';

const hostile = [
  '../../etc/passwd',
  '..',
  '.',
  '/absolute',
  '//double//slashes',
  'a/../../b',
  'a/./b',
  'C:\\Windows\\x',
  'c:evil',
  '\\\\server\\share',
  'line\nbreak',
  'tab\there',
  'nul\0byte',
  'con',
  'CON.txt',
  'aux.tar.gz',
  'con .txt',
  'lpt1',
  'COM¹',
  'trailing.',
  'trailing ',
  'a<b>c:d"e|f?g*h',
  '\u202Eexe.txt',
  '\uD800lone',
  '🙂/emoji 🙂.txt',
  'x'.repeat(1024),
  '~/.ssh/authorized_keys',
  ' ',
  '...',
];

describe('every hostile key', () => {
  const root = mkdtempSync(join(tmpdir(), 'safe-'));
  test.each(hostile)('%j stays below the chosen folder', (key) => {
    const [path] = safePaths([key], '');
    const parts = path?.parts ?? [];
    const file = resolve(root, ...parts);
    expect(file.startsWith(root + sep)).toBe(true);
    for (const part of parts) {
      expect(part).not.toBe('');
      expect(part).not.toMatch(/^\.\.?$/);
      // oxlint-disable-next-line no-control-regex -- that is what is looked for
      expect(part).not.toMatch(/[\u0000-\u001f<>:"/\\|?*]/);
      expect(part).not.toMatch(/[. ]$/);
      expect(part).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
      expect(Buffer.byteLength(part)).toBeLessThanOrEqual(200);
      expect(part.isWellFormed()).toBe(true);
    }
    expect(path?.changed).toBe(parts.join('/') !== key);
  });
});

test('ordinary keys are taken as they are, without their prefix', () => {
  expect(safePaths(['photos/2026/März 🙂.jpg'], 'photos/')).toEqual([
    { key: 'photos/2026/März 🙂.jpg', parts: ['2026', 'März 🙂.jpg'], changed: false },
  ]);
});

test('no two keys come to one path, whatever the file system makes of capitals', () => {
  const keys = ['a.txt', 'A.txt', 'a~2.txt', 'b', 'b/c', 'B/C', 'd/e', 'd', 'x\n', 'x\t', 'é', 'e\u0301'];
  const paths = safePaths(keys, '').map(({ parts }) => parts);
  const folded = paths.map((parts) => parts.join('/').normalize('NFC').toLowerCase());
  expect(new Set(folded).size).toBe(keys.length);
  // None is a folder of another.
  for (const path of folded) expect(folded.filter((other) => other.startsWith(`${path}/`))).toEqual([]);
});

test('a long name keeps its ending', () => {
  const part = safePart(`${'ü'.repeat(500)}.tar.gz`);
  expect(part.endsWith('.gz')).toBe(true);
  expect(Buffer.byteLength(part)).toBeLessThanOrEqual(200);
});
