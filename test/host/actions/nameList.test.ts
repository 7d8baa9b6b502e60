// Looking for one among many: pages come as they are needed, and SQS is asked for the beginning of a name.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NameList } from '../../../src/host/resources/nameList.ts';
import { openBench, type ActionBench } from '../../aws/actions/openBench.ts';

let bench: ActionBench;
beforeAll(async () => {
  bench = await openBench();
  for (let n = 0; n < 1200; n += 100)
    await Promise.all(Array.from({ length: 100 }, (_, k) => bench.queue(`q-${String(n + k).padStart(5, '0')}`)));
  await bench.queue('zebra');
  await bench.target.send('sns.CreateTopic', { Name: 'news' });
}, 60_000);
afterAll(() => bench.stop());

const names = (list: NameList) => list.entries.map(({ name }) => name);

test('first a thousand; a name further on is found by one call', async () => {
  const list = new NameList({ target: bench.target }, ['queue']);
  await list.more();
  expect(list.entries).toHaveLength(1000);
  expect(list.hasMore).toBe(true);
  const calls: string[] = [];
  const end = bench.target.onCall(({ operation }) => calls.push(operation));
  await list.search('zeb');
  end();
  expect(names(list)).toContain('zebra');
  expect(calls).toEqual(['sqs.ListQueues']);
  await list.more();
  expect(list.entries).toHaveLength(1201);
  expect(list.hasMore).toBe(false);
});

test('several kinds, one after the other; what cannot be listed is told and not thrown', async () => {
  const list = new NameList({ target: bench.target }, ['topic', 'bucket']);
  await list.more();
  expect(names(list)).toEqual(['news']);
  await bench.sandbox.admin('faults', {
    rules: [{ operation: 'sns.ListTopics', kind: 'error', status: 403, code: 'AuthorizationError' }],
  });
  const denied = new NameList({ target: bench.target }, ['topic']);
  await denied.more();
  await bench.sandbox.admin('faults', undefined, 'DELETE');
  expect(denied.failure).toMatchObject({ kind: 'access-denied' });
  expect(denied.busy).toBe(false);
});

test('it ends when nobody looks any more', async () => {
  const stop = new AbortController();
  const list = new NameList({ target: bench.target, signal: stop.signal }, ['queue']);
  stop.abort();
  await list.more();
  expect(list.entries).toEqual([]);
  expect(list.failure).toBeUndefined();
});
