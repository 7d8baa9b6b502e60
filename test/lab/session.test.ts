import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TargetFacts } from '../../src/aws/target.ts';
import { diskFiles, listSessions, Session } from '../../src/lab/session.ts';

const target: TargetFacts = { kind: 'sandbox', label: 'Sandbox', account: '123456789012', region: 'us-east-1' };
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'session-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const begin = (id: string) =>
  Session.begin(
    dir,
    { id, lab: 'l', target, at: '2026-01-01T00:00:00.000Z' },
    { ...diskFiles, append: diskFiles.append },
  );
const lockOf = (id: string) => join(dir, 'sessions', `${id}.jsonl.lock`);

test('a session is had once: not by a second process, not while the first is just writing its lock', () => {
  begin('a').release();
  writeFileSync(lockOf('a'), String(process.pid));
  expect(() => Session.resume(dir, 'a', diskFiles)).toThrow(/in use by another process/);
  writeFileSync(lockOf('a'), '');
  expect(() => Session.resume(dir, 'a', diskFiles)).toThrow(/in use by another process \(one that is just beginning\)/);
  writeFileSync(lockOf('a'), '999999999');
  Session.resume(dir, 'a', diskFiles).release();
  expect(readdirSync(join(dir, 'sessions'))).toEqual(['a.jsonl']);
});

test('who moved another’s new lock by mistake gives it back', () => {
  begin('a').release();
  writeFileSync(lockOf('a'), '999999999');
  // Between looking at the dead lock and taking it away, a second window has taken it.
  const isAlive = (pid: number) => {
    if (pid === 999999999) writeFileSync(lockOf('a'), String(process.pid));
    return pid === process.pid;
  };
  expect(() => Session.resume(dir, 'a', { ...diskFiles, pid: 4, isAlive })).toThrow(/in use by another process/);
});

test('a damaged journal hides no other session', () => {
  begin('a').release();
  mkdirSync(join(dir, 'sessions'), { recursive: true });
  writeFileSync(
    join(dir, 'sessions', 'b.jsonl'),
    '{"t":"open"}\n{"t":"open","session":1,"lab":"l","at":"x","target":null}\n{"t":',
  );
  expect(listSessions(dir).map(({ id }) => id)).toEqual(['a']);
});
