// Long texts are judged in a thread of its own, which ends by itself.
import { resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { OtherThread } from '../../../src/host/saml/otherThread.ts';
import { Judge } from '../../../src/host/saml/judge.ts';
import { keyPair, now } from '../../saml/keys.ts';
import { aggregate, okta } from '../../saml/samples.ts';

const script = resolve('src/host/saml/samlWorker.ts');
const entity = okta({ signing: keyPair().certificate }).replace(/^<\?xml[^>]*>\s*/, '');
const long = aggregate(
  Array.from({ length: 200 }, (_, at) => entity.replace(/entityID="/, `entityID="https://${at}.`)),
);
const options = { now };
let thread: OtherThread;
afterEach(() => thread.dispose());

test('it judges and formats as this thread does', async () => {
  thread = new OtherThread(script);
  const judged = await thread.judge('a', { text: long, options });
  expect(judged?.outline?.name).toBe('EntitiesDescriptor');
  expect(judged?.hovers.length).toBeGreaterThan(200);
  expect((await thread.format('a', long))?.text).toContain('\n  <');
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
  expect(first?.outline).toBeDefined();
  expect(second).toBeUndefined();
  expect(third?.outline?.name).toBe('third');
  expect(other?.findings[0]?.message).toContain('empty');
});

test('it ends when idle, and when one takes too long', async () => {
  thread = new OtherThread(script, { idleMs: 1, longestMs: 20_000 });
  await thread.judge('a', { text: '<a/>', options });
  await expect.poll(() => thread.alive).toBe(false);
  thread = new OtherThread(script, { idleMs: 10_000, longestMs: 1 });
  expect(await thread.judge('a', { text: long, options })).toBeUndefined();
  expect(thread.alive).toBe(false);
});

test('a thread that cannot start leaves nobody waiting', async () => {
  thread = new OtherThread(resolve('nowhere.js'));
  expect(await thread.judge('a', { text: '<a/>', options })).toBeUndefined();
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
