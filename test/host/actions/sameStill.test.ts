// Before something is taken away: it is the very thing that was shown, and it is where the calls go now.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTarget } from '../../../src/aws/openTarget.ts';
import type { Found } from '../../../src/aws/resources/kind.ts';
import { kinds } from '../../../src/aws/resources/kinds.ts';
import type { Target } from '../../../src/aws/target.ts';
import { sameStill } from '../../../src/host/resources/actions/sameStill.ts';
import { openBench, type ActionBench } from '../../aws/actions/openBench.ts';

let bench: ActionBench;
let elsewhere: Target;
beforeAll(async () => {
  bench = await openBench();
  const { endpoint, credentials } = bench.sandbox;
  const clock = { now: () => Date.now(), sleep: async () => undefined };
  elsewhere = await openTarget({ kind: 'sandbox', endpoint, credentials, region: 'eu-north-1' }, clock);
  for (const target of [bench.target, elsewhere]) {
    await target.send('sqs.CreateQueue', { QueueName: 'Orders' });
    await target.send('sqs.CreateQueue', { QueueName: 'Harmless' });
    await target.send('kinesis.CreateStream', { StreamName: 'clicks', ShardCount: 1 });
    await target.send('sns.CreateTopic', { Name: 'news' });
  }
});
afterAll(async () => {
  elsewhere.dispose();
  await bench.stop();
});

async function shown(kind: 'queue' | 'stream' | 'topic', name: string): Promise<Found> {
  const found = await kinds[kind].find({ target: bench.target }, { name });
  if (!found) throw new Error(`no ${kind} ${name}`);
  return found;
}

test.each([
  ['queue', 'Orders'],
  ['stream', 'clicks'],
  ['topic', 'news'],
] as const)('a row of a %s is of one account and region, whatever has the same name elsewhere', async (kind, name) => {
  const found = await shown(kind, name);
  expect(await sameStill({ target: bench.target }, found)).toMatchObject({ name, ref: found.ref });
  await expect(sameStill({ target: elsewhere }, found)).rejects.toThrow(/calls go to account \d+ in eu-north-1 now/);
});

test('an argument that shows one name and carries the address of another is about the name that is asked for', async () => {
  const [orders, harmless] = [await shown('queue', 'Orders'), await shown('queue', 'Harmless')];
  const { ref } = orders;
  const there = await sameStill({ target: bench.target }, { ...harmless, ref });
  expect(there).toMatchObject({ name: 'Harmless', ref: harmless.ref });
  const other = await sameStill({ target: bench.target }, { ...orders, name: 'Harmless' });
  expect(other?.name).toBe('Orders');
});

test('what somebody else has deleted is gone', async () => {
  const found = await shown('topic', 'news');
  await bench.target.send('sns.DeleteTopic', { TopicArn: found.ref });
  expect(await sameStill({ target: bench.target }, found)).toBeUndefined();
});
