import {
  ListShardsCommand,
  MergeShardsCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
  type ListShardsCommandInput,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { first, openKinesis, refusal, type OpenKinesis } from './openKinesis.ts';

let open: OpenKinesis;
beforeAll(async () => {
  open = await openKinesis();
});
afterAll(() => open.aws.stop());

const half = String(1n << 127n);
const split = (StreamName: string, NewStartingHashKey = half, ShardToSplit = first) =>
  open.kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit, NewStartingHashKey }));
const merge = (StreamName: string, ShardToMerge: string, AdjacentShardToMerge: string) =>
  open.kinesis.send(new MergeShardsCommand({ StreamName, ShardToMerge, AdjacentShardToMerge }));
const scale = (StreamName: string, TargetShardCount: number) =>
  open.kinesis.send(new UpdateShardCountCommand({ StreamName, TargetShardCount, ScalingType: 'UNIFORM_SCALING' }));
const ids = async (input: ListShardsCommandInput) =>
  ((await open.kinesis.send(new ListShardsCommand(input))).Shards ?? []).map(({ ShardId = '' }) =>
    Number(ShardId.slice(8)),
  );

it('a shard is split and its children merged, their records read in order', async () => {
  await open.stream('s');
  await open.put('s', 'before');
  await split('s');
  expect(await open.status('s')).toBe('UPDATING');
  expect(await open.put('s', 'during')).toMatchObject({ shard: first });
  expect(await refusal(split('s'))).toMatchObject({
    code: 'ResourceInUseException',
    message: 'Stream s under account 123456789012 not ACTIVE, instead in state UPDATING',
  });
  await open.aws.advance('3s');
  expect(await open.shards('s')).toEqual(['0 0-15 closed', '1 0-7 <0', '2 8-15 <0']);
  const after = await open.put('s', 'after', 'a');
  expect(after.shard).toBe('shardId-000000000001');

  const page = await open.read(await open.iterator('s'), 1);
  expect(page).toMatchObject({ texts: ['before'], children: [] });
  expect(await open.read(page.next)).toEqual({
    texts: ['during'],
    next: undefined,
    behind: 0,
    children: ['shardId-000000000001', 'shardId-000000000002'],
  });
  await merge('s', 'shardId-000000000001', 'shardId-000000000002');
  await open.aws.advance('3s');
  expect(await open.shards('s')).toEqual(['0 0-15 closed', '1 0-7 <0 closed', '2 8-15 <0 closed', '3 0-15 <1,2']);
  const end = await open.read(await open.iterator('s', { ShardId: after.shard }));
  expect(end).toMatchObject({ texts: ['after'], children: ['shardId-000000000003'] });
  expect(await refusal(split('s'))).toMatchObject({ code: 'ResourceInUseException' });

  await open.aws.advance('25h');
  expect(await open.shards('s')).toEqual(['3 0-15 <1,2']);
});

it('splits and merges of what cannot be are refused', async () => {
  await open.stream('no', { ShardCount: 3 });
  expect(await refusal(split('no', '1'))).toMatchObject({
    code: 'InvalidArgumentException',
    message:
      'NewStartingHashKey 1 used in SplitShard() on shard shardId-000000000000 in stream no under account 123456789012 is not ' +
      "both greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey " +
      '113427455640312821154458202477256070484.',
  });
  expect(await refusal(merge('no', first, 'shardId-000000000002'))).toMatchObject({
    code: 'InvalidArgumentException',
    message:
      'Shards shardId-000000000000 and shardId-000000000002 in stream no under account 123456789012 ' +
      'are not an adjacent pair of shards eligible for merging',
  });
  expect(await refusal(merge('no', first, 'shardId-000000000009'))).toMatchObject({
    message: 'Could not find shard shardId-000000000009 in stream no under account 123456789012.',
  });
  await open.stream('od', { StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
  expect(await refusal(scale('od', 5))).toMatchObject({
    code: 'ValidationException',
    message: 'Request is invalid. Stream od under account 123456789012 is in On-Demand mode.',
  });
});

it('the number of shards is changed to even ranges', async () => {
  await open.stream('u', { ShardCount: 2 });
  expect(await scale('u', 4)).toMatchObject({ StreamName: 'u', CurrentShardCount: 2, TargetShardCount: 4 });
  await open.aws.advance('3s');
  const four = ['0 0-7 closed', '1 8-15 closed', '2 0-3 <0', '3 4-7 <0', '4 8-11 <1', '5 12-15 <1'];
  expect(await open.shards('u')).toEqual(four);
  expect(await refusal(scale('u', 9))).toMatchObject({
    code: 'InvalidArgumentException',
    message:
      'UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: 4 Target shard count: 9',
  });
  expect(await refusal(scale('u', 1))).toMatchObject({ code: 'InvalidArgumentException' });
  await scale('u', 3);
  await open.aws.advance('3s');
  const now = await open.shards('u');
  expect(now.filter((shard) => !shard.endsWith('closed')).map((shard) => shard.split(' ')[1])).toEqual([
    '0-5',
    '5-10',
    '10-15',
  ]);
});

it('shards are listed as filtered, in pages', async () => {
  const StreamARN = await open.stream('l', { ShardCount: 2 });
  await open.aws.advance('1h');
  await scale('l', 4);
  await open.aws.advance('3s');
  const StreamName = 'l';
  expect(await ids({ StreamARN })).toEqual([0, 1, 2, 3, 4, 5]);
  expect(await ids({ StreamName, ExclusiveStartShardId: 'shardId-000000000003' })).toEqual([4, 5]);
  expect(await ids({ StreamName, ShardFilter: { Type: 'AT_LATEST' } })).toEqual([2, 3, 4, 5]);
  expect(await ids({ StreamName, ShardFilter: { Type: 'AT_TRIM_HORIZON' } })).toEqual([0, 1]);
  expect(await ids({ StreamName, ShardFilter: { Type: 'FROM_TRIM_HORIZON' } })).toEqual([0, 1, 2, 3, 4, 5]);
  expect(await ids({ StreamName, ShardFilter: { Type: 'AFTER_SHARD_ID', ShardId: first } })).toEqual([1, 2, 3, 4, 5]);
  const { now } = (await open.aws.admin('clock')) as { now: string };
  const before = new Date(Date.parse(now) - 60_000);
  expect(await ids({ StreamName, ShardFilter: { Type: 'AT_TIMESTAMP', Timestamp: before } })).toEqual([0, 1]);
  expect(await ids({ StreamName, ShardFilter: { Type: 'FROM_TIMESTAMP', Timestamp: new Date(now) } })).toEqual([
    2, 3, 4, 5,
  ]);

  const page = await open.kinesis.send(
    new ListShardsCommand({ StreamName, MaxResults: 3, ShardFilter: { Type: 'AT_LATEST' } }),
  );
  expect(page.Shards).toHaveLength(3);
  expect(await ids({ NextToken: page.NextToken })).toEqual([5]);
  expect(await refusal(ids({ NextToken: page.NextToken, StreamName }))).toMatchObject({
    message: 'NextToken and StreamName cannot be provided together.',
  });
  await open.aws.advance('6m');
  expect(await refusal(ids({ NextToken: page.NextToken }))).toMatchObject({ code: 'ExpiredNextTokenException' });
});
