import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Look } from '../../../src/aws/resources/kind.ts';
import { stream } from '../../../src/aws/resources/stream.ts';
import { openLook } from './openTargets.ts';
import type { TestSandbox } from '../../sandbox/start.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let look: Look;
let sandbox: TestSandbox;
let close: () => Promise<void>;
beforeAll(async () => void ({ sandbox, look, close } = await openLook()));
afterAll(() => close());

test('is created with tags, listed with its state, found, described and removed', async () => {
  const input = stream.withTags({ StreamName: 'clicks', ShardCount: 2 }, { 'aws-labs:lab': 'x' });
  await look.target.sendAny('kinesis.CreateStream', input);
  await sandbox.advance('1m');
  const { entries } = await stream.list(look);
  expect(entries).toMatchObject([{ kind: 'stream', name: 'clicks', facts: { StreamStatus: 'ACTIVE' } }]);
  const found = await stream.find(look, { name: 'clicks' });
  if (!found) throw new Error('It is not there.');
  expect(found.arn).toBe(`arn:aws:kinesis:us-east-1:${look.target.account}:stream/clicks`);
  expect((await stream.describe(look, found))?.facts).toMatchObject({
    StreamStatus: 'ACTIVE',
    OpenShardCount: 2,
    RetentionPeriodHours: 24,
    StreamModeDetails: { StreamMode: 'PROVISIONED' },
  });
  expect(await stream.tags(look, found)).toEqual({ 'aws-labs:lab': 'x' });
  expect(await stream.contents(look, found)).toEqual([]);
  expect(await stream.remove(look, found)).toEqual({ state: 'gone' });
  await sandbox.advance('1m');
  expect(await stream.find(look, { name: 'clicks' })).toBeUndefined();
  expect(await stream.describe(look, found)).toBeUndefined();
  expect(await stream.remove(look, found)).toEqual({ state: 'gone' });
  expect(await stream.tags(look, found)).toEqual({});
});

test('more than a page of them', async () => {
  for (let place = 0; place < 105; place++) {
    await look.target
      .send('kinesis.CreateStream', {
        StreamName: `s${String(place).padStart(3, '0')}`,
        StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      })
      .catch(async () => sandbox.advance('1m'));
  }
  const names: string[] = [];
  let next: string | undefined;
  do {
    const page: Awaited<ReturnType<typeof stream.list>> = await stream.list(look, next);
    names.push(...page.entries.map(({ name }) => name));
    next = page.next;
  } while (next !== undefined);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(40);
});
