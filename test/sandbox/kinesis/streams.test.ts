import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeLimitsCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListStreamsCommand,
  UpdateStreamModeCommand,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKinesis, refusal, type OpenKinesis } from './openKinesis.ts';

let open: OpenKinesis;
beforeAll(async () => {
  open = await openKinesis();
});
afterAll(() => open.aws.stop());

const remove = (StreamName: string) => open.kinesis.send(new DeleteStreamCommand({ StreamName }));
const describeStream = async (StreamName: string) =>
  (await open.kinesis.send(new DescribeStreamCommand({ StreamName }))).StreamDescription;
const missing = (name: string) => ({
  code: 'ResourceNotFoundException',
  message: `Stream ${name} under account 123456789012 not found.`,
  status: 400,
});

it('is made, becomes active, is deleted and then gone, each after some seconds', async () => {
  await open.kinesis.send(new CreateStreamCommand({ StreamName: 'life', ShardCount: 2 }));
  expect(await open.status('life')).toBe('CREATING');
  expect((await describeStream('life'))?.Shards).toEqual([]);
  await open.aws.advance('3s');
  expect(await describeStream('life')).toMatchObject({
    StreamName: 'life',
    StreamARN: 'arn:aws:kinesis:us-east-1:123456789012:stream/life',
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: 'PROVISIONED' },
    HasMoreShards: false,
    RetentionPeriodHours: 24,
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: 'NONE',
    Shards: [{ ShardId: 'shardId-000000000000' }, { ShardId: 'shardId-000000000001' }],
  });
  await remove('life');
  expect(await open.status('life')).toBe('DELETING');
  await open.aws.advance('3s');
  expect(await refusal(open.status('life'))).toEqual(missing('life'));
  expect(await refusal(remove('life'))).toEqual(missing('life'));
});

it('on demand has four shards, and can be turned into a provisioned one', async () => {
  const StreamARN = await open.stream('demand', { StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
  const summary = async () =>
    (await open.kinesis.send(new DescribeStreamSummaryCommand({ StreamARN }))).StreamDescriptionSummary;
  expect(await summary()).toMatchObject({
    OpenShardCount: 4,
    ConsumerCount: 0,
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
  });
  await open.kinesis.send(new UpdateStreamModeCommand({ StreamARN, StreamModeDetails: { StreamMode: 'PROVISIONED' } }));
  expect(await summary()).toMatchObject({ StreamStatus: 'UPDATING' });
  await open.aws.advance('3s');
  expect(await summary()).toMatchObject({
    StreamStatus: 'ACTIVE',
    OpenShardCount: 4,
    StreamModeDetails: { StreamMode: 'PROVISIONED' },
  });
  await remove('demand');
});

it('is on demand where neither mode nor shards are given; provisioned it needs shards', async () => {
  await open.kinesis.send(new CreateStreamCommand({ StreamName: 'plain' }));
  await open.aws.advance('3s');
  const { StreamDescription } = await open.kinesis.send(new DescribeStreamCommand({ StreamName: 'plain' }));
  expect(StreamDescription?.StreamModeDetails).toEqual({ StreamMode: 'ON_DEMAND' });
  expect(StreamDescription?.Shards).toHaveLength(4);
  await remove('plain');
  const provisioned = { StreamName: 'plain', StreamModeDetails: { StreamMode: 'PROVISIONED' } } as const;
  expect(await refusal(open.kinesis.send(new CreateStreamCommand(provisioned)))).toMatchObject({
    code: 'ValidationException',
  });
});

it('has a name of its own, of allowed characters', async () => {
  await open.stream('own');
  const create = (StreamName: string, ShardCount?: number) =>
    refusal(open.kinesis.send(new CreateStreamCommand({ StreamName, ShardCount })));
  expect(await create('own', 1)).toEqual({
    code: 'ResourceInUseException',
    message: 'Stream own under account 123456789012 already exists.',
    status: 400,
  });
  expect(await create('a b', 0)).toMatchObject({
    code: 'ValidationException',
    message:
      "2 validation errors detected: Value 'a b' at 'streamName' failed to satisfy constraint: Member must satisfy regular " +
      "expression pattern: [a-zA-Z0-9_.-]+; Value '0' at 'shardCount' failed to satisfy constraint: Member must have value " +
      'greater than or equal to 1',
  });
  expect(await create('many', 20_001)).toMatchObject({ code: 'LimitExceededException' });
  const west = open.aws.client(KinesisClient, { region: 'us-west-2' });
  expect(await refusal(west.send(new DeleteStreamCommand({ StreamName: 'own' })))).toEqual(missing('own'));
  await remove('own');
});

it('only five are made at a time', async () => {
  const create = (name: string) => open.kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
  for (const name of ['t1', 't2', 't3', 't4', 't5']) await create(name);
  expect(await refusal(create('t6'))).toMatchObject({ code: 'LimitExceededException' });
  await open.aws.advance('3s');
  await create('t6');
  for (const name of ['t1', 't2', 't3', 't4', 't5', 't6']) await remove(name);
});

it('are listed by name, in pages', async () => {
  await open.aws.advance('5s');
  for (const name of ['c', 'a', 'b']) await open.stream(name);
  const list = (input = {}) => open.kinesis.send(new ListStreamsCommand(input));
  expect(await list()).toMatchObject({ StreamNames: ['a', 'b', 'c'], HasMoreStreams: false });
  const page = await list({ Limit: 2 });
  expect(page).toMatchObject({ StreamNames: ['a', 'b'], HasMoreStreams: true });
  expect(page.StreamSummaries?.[0]).toMatchObject({ StreamName: 'a', StreamStatus: 'ACTIVE' });
  expect((await list({ NextToken: page.NextToken })).StreamNames).toEqual(['c']);
  expect((await list({ ExclusiveStartStreamName: 'a' })).StreamNames).toEqual(['b', 'c']);
  expect(await open.kinesis.send(new DescribeLimitsCommand({}))).toMatchObject({
    ShardLimit: 20_000,
    OpenShardCount: 3,
    OnDemandStreamCount: 0,
    OnDemandStreamCountLimit: 50,
  });
});
