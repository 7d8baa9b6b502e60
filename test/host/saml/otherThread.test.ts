// Long texts are judged in a thread of its own, which ends by itself.
import { resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { OtherThread } from '../../../src/host/saml/otherThread.ts';
import { Judge } from '../../../src/host/saml/judge.ts';
import { judgeText, type Judged } from '../../../src/host/saml/samlWork.ts';
import { keyPair, now } from '../../saml/keys.ts';
import { aggregate, okta } from '../../saml/samples.ts';

const script = resolve('src/host/saml/samlWorker.ts');
const entity = okta({ signing: keyPair().certificate }).replace(/^<\?xml[^>]*>\s*/, '');
const long = aggregate(
  Array.from({ length: 200 }, (_, at) => entity.replace(/entityID="/, `entityID="https://${at}.`)),
);
const options = { now };
const judgedBy = (result: Judged | string | undefined) => (typeof result === 'object' ? result : undefined);
vi.setConfig({ testTimeout: 30_000 });
let thread: OtherThread;
afterEach(() => thread.dispose());

test('it judges and formats as this thread does', async () => {
  thread = new OtherThread(script);
  const judged = judgedBy(await thread.judge('a', { text: long, options }));
  const here = judgeText({ text: long, options });
  for (const part of ['findings', 'outline', 'folds', 'hovers', 'certificates', 'description', 'accepts'] as const)
    expect(judged?.[part]).toEqual(here[part]);
  expect(judged?.hovers.length).toBeGreaterThan(200);
  expect(await thread.format('a', long)).toMatchObject({ text: expect.stringContaining('\n  <') });
  expect(await thread.format('a', '<')).toBeUndefined();
});

test('of one document only the newest text is judged; others wait', async () => {
  thread = new OtherThread(script);
  const [first, second, third, other] = await Promise.all([
    thread.judge('a', { text: long, options }),
    thread.judge('a', { text: '<second/>', options }),
    thread.judge('a', { text: '<third/>', options }),
    thread.judge('b', { text: '', options }),
  ]);
  expect(judgedBy(first)?.outline).toBeDefined();
  expect(second).toBeUndefined();
  expect(judgedBy(third)?.outline?.name).toBe('third');
  expect(judgedBy(other)?.findings[0]?.message).toContain('empty');
});

test('it ends when idle, and when one takes too long', async () => {
  thread = new OtherThread(script, { idleMs: 1, longestMs: 20_000 });
  await thread.judge('a', { text: '<a/>', options });
  await expect.poll(() => thread.alive).toBe(false);
  thread = new OtherThread(script, { idleMs: 10_000, longestMs: 1 });
  expect(await thread.judge('a', { text: long, options })).toBe('late');
  expect(thread.alive).toBe(false);
});

test('what is given up is told in a sentence', async () => {
  thread = new OtherThread(script, { idleMs: 10_000, longestMs: 1 });
  const judge = new Judge(thread, () => now);
  const document = { uri: 'x', version: 1, encoding: 'utf8', getText: () => long };
  expect(await judge.of(document)).toMatchObject({
    findings: [{ rule: 'R1', severity: 'error', message: expect.stringContaining('20 seconds') }],
    accepts: { iam: false, cognito: false },
  });
  await expect(judge.format(document)).rejects.toThrow('20 seconds');
});

test('a thread that cannot start leaves nobody waiting', async () => {
  thread = new OtherThread(resolve('nowhere.js'));
  expect(await thread.judge('a', { text: '<a/>', options })).toBe('died');
});

test('a version is judged once, long ones elsewhere', async () => {
  thread = new OtherThread(script);
  const judge = new Judge(thread, () => now);
  const document = (text: string) => ({ uri: 'x', version: 1, encoding: 'utf8', getText: () => text });
  const short = document(entity);
  const first = judge.of(short);
  expect(judge.of(short)).toBe(first);
  short.encoding = 'utf8bom';
  expect((await judge.of(short))?.findings.map(({ rule }) => rule)).toContain('R3');
  short.version = 2;
  expect(judge.of(short)).not.toBe(first);
  expect(thread.alive).toBe(false);
  expect((await judge.of(document(long)))?.outline).toBeDefined();
  expect(thread.alive).toBe(true);
});
