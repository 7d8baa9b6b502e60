import { expect, test } from 'vitest';
import { printable } from '../../src/cli/terminal.ts';

test('no text of a lab steers the terminal', () => {
  expect(printable('a\u001b]0;owned\u0007b\u009b2J\r\tc\nd é')).toBe('a\uFFFD]0;owned\uFFFDb\uFFFD2J\uFFFD\tc\nd é');
});
