// Tags of every kind that carries some: read, changed by as few calls as it takes, removed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diffTags, mistakeInTag, readTags, saveTags, type Tagged } from '../../../src/aws/actions/tags.ts';
import { createBucket, createQueue, createStream, createTopic } from '../../../src/aws/actions/create.ts';
import { kinds } from '../../../src/aws/resources/kinds.ts';
import { withSandbox } from '../../sandbox/ec2/openEc2.ts';
import { openBench, type ActionBench } from './openBench.ts';

let bench: ActionBench;
beforeAll(async () => void (bench = await openBench()));
afterAll(() => bench.stop());

const makers: Readonly<Record<string, () => Promise<Tagged>>> = {
  topic: () => createTopic(bench, 'Tagged', false),
  queue: () => createQueue(bench, { name: 'Tagged', fifo: false }),
  bucket: () => createBucket(bench, 'tagged'),
  stream: () => createStream(bench, 'tagged', 1),
  async instance() {
    const { run } = await withSandbox(bench.sandbox);
    const [id = ''] = await run();
    const found = await kinds.instance.find(bench, { id });
    if (!found) throw new Error('no instance');
    return found;
  },
  async object() {
    await createBucket(bench, 'tagged-objects');
    await bench.target.send('s3.PutObject', { Bucket: 'tagged-objects', Key: 'a b/ü', Body: 'x' });
    return { kind: 'object', bucket: 'tagged-objects', key: 'a b/ü' };
  },
};

describe.each(Object.keys(makers))('of a %s', (kind) => {
  test('set, changed and removed', async () => {
    const of = await makers[kind]?.();
    if (of === undefined) throw new Error(kind);
    if (of.kind === 'stream') await bench.sandbox.advance('60s');
    const steps = [{ team: 'shop', old: '1' }, { team: 'web', new: 'ü + x' }, {}];
    let before = await readTags(bench, of);
    for (const after of steps) {
      await saveTags(bench, of, before, after);
      expect(await readTags(bench, of)).toEqual(after);
      before = after;
    }
  });
});

test('nothing changed: nothing is called', async () => {
  const of = await kinds.queue.find(bench, { name: 'Tagged' });
  const calls: string[] = [];
  const end = bench.target.onCall(({ operation }) => calls.push(operation));
  if (of) await saveTags(bench, of, { a: '1' }, { a: '1' });
  end();
  expect(calls).toEqual([]);
});

test('what differs, and what AWS refuses', () => {
  expect(diffTags({ a: '1', b: '2', c: '3' }, { a: '1', b: 'x', d: '' })).toEqual({
    set: { b: 'x', d: '' },
    remove: ['c'],
  });
  expect(mistakeInTag('team', 'web shop/ü')).toBeUndefined();
  for (const [key, value] of [
    ['', ''],
    ['aws:x', ''],
    ['AWS:x', ''],
    ['x'.repeat(129), ''],
    ['k', 'x'.repeat(257)],
    ['k', 'a\nb'],
    ['k!', ''],
  ] as const)
    expect(mistakeInTag(key, value)).toMatch(/\S/);
});
