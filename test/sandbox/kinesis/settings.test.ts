import {
  DecreaseStreamRetentionPeriodCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  DisableEnhancedMonitoringCommand,
  EnableEnhancedMonitoringCommand,
  GetRecordsCommand,
  IncreaseStreamRetentionPeriodCommand,
  PutRecordCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  UpdateMaxRecordSizeCommand,
  type MetricsName,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKinesis, refusal, type OpenKinesis } from './openKinesis.ts';

let open: OpenKinesis;
beforeAll(async () => {
  open = await openKinesis();
});
afterAll(() => open.aws.stop());

const describeStream = async (StreamName: string) =>
  (await open.kinesis.send(new DescribeStreamCommand({ StreamName }))).StreamDescription;

it('records are kept for a day up to a year', async () => {
  const StreamARN = await open.stream('kept');
  const increase = (RetentionPeriodHours: number) =>
    open.kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamARN, RetentionPeriodHours }));
  const decrease = (RetentionPeriodHours: number) =>
    open.kinesis.send(new DecreaseStreamRetentionPeriodCommand({ StreamARN, RetentionPeriodHours }));
  await increase(168);
  expect((await describeStream('kept'))?.RetentionPeriodHours).toBe(168);
  const invalid = (message: string) => ({ code: 'InvalidArgumentException', message, status: 400 });
  expect(await refusal(increase(48))).toEqual(
    invalid(
      'Requested retention period (48 hours) for stream kept can not be shorter than existing retention period (168 hours). ' +
        'Use DecreaseRetentionPeriod API.',
    ),
  );
  expect(await refusal(decrease(200))).toEqual(
    invalid(
      'Requested retention period (200 hours) for stream kept can not be longer than existing retention period (168 hours). ' +
        'Use IncreaseRetentionPeriod API.',
    ),
  );
  expect(await refusal(decrease(23))).toEqual(
    invalid('Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.'),
  );
  expect(await refusal(increase(8761))).toEqual(
    invalid('Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is too long.'),
  );
  await decrease(24);
  expect((await describeStream('kept'))?.RetentionPeriodHours).toBe(24);
});

it('metrics of shards are switched on and off', async () => {
  await open.stream('m');
  const ShardLevelMetrics: MetricsName[] = ['IncomingBytes', 'OutgoingBytes'];
  const on = await open.kinesis.send(new EnableEnhancedMonitoringCommand({ StreamName: 'm', ShardLevelMetrics }));
  expect(on).toMatchObject({ CurrentShardLevelMetrics: [], DesiredShardLevelMetrics: ShardLevelMetrics });
  await open.kinesis.send(new EnableEnhancedMonitoringCommand({ StreamName: 'm', ShardLevelMetrics: ['ALL'] }));
  expect((await describeStream('m'))?.EnhancedMonitoring?.[0]?.ShardLevelMetrics).toHaveLength(7);
  await open.kinesis.send(new DisableEnhancedMonitoringCommand({ StreamName: 'm', ShardLevelMetrics: ['ALL'] }));
  expect((await describeStream('m'))?.EnhancedMonitoring).toEqual([{ ShardLevelMetrics: [] }]);
  const wrong = new EnableEnhancedMonitoringCommand({ StreamName: 'm', ShardLevelMetrics: ['Nothing' as MetricsName] });
  expect(await refusal(open.kinesis.send(wrong))).toMatchObject({ code: 'ValidationException' });
});

it('is encrypted from when it says so', async () => {
  const StreamName = 'e';
  await open.stream(StreamName);
  await open.put(StreamName, 'plain');
  const KeyId = 'alias/aws/kinesis';
  await open.kinesis.send(new StartStreamEncryptionCommand({ StreamName, EncryptionType: 'KMS', KeyId }));
  expect(await describeStream(StreamName)).toMatchObject({ StreamStatus: 'UPDATING', EncryptionType: 'NONE' });
  await open.aws.advance('3s');
  expect(await describeStream(StreamName)).toMatchObject({ StreamStatus: 'ACTIVE', EncryptionType: 'KMS', KeyId });
  const put = await open.kinesis.send(
    new PutRecordCommand({ StreamName, Data: Buffer.from('secret'), PartitionKey: 'k' }),
  );
  expect(put.EncryptionType).toBe('KMS');
  const ShardIterator = await open.iterator(StreamName);
  const { Records = [] } = await open.kinesis.send(new GetRecordsCommand({ ShardIterator }));
  expect(Records.map(({ EncryptionType }) => EncryptionType)).toEqual([undefined, 'KMS']);
  await open.kinesis.send(new StopStreamEncryptionCommand({ StreamName, EncryptionType: 'KMS', KeyId }));
  await open.aws.advance('3s');
  expect(await describeStream(StreamName)).toMatchObject({ EncryptionType: 'NONE' });
});

it('takes larger records where it is told to', async () => {
  const StreamARN = await open.stream('large');
  await open.kinesis.send(new UpdateMaxRecordSizeCommand({ StreamARN, MaxRecordSizeInKiB: 2048 }));
  const Data = Buffer.alloc(1_500_000);
  await open.kinesis.send(new PutRecordCommand({ StreamARN, Data, PartitionKey: 'k' }));
  const { StreamDescriptionSummary } = await open.kinesis.send(new DescribeStreamSummaryCommand({ StreamARN }));
  expect(StreamDescriptionSummary?.MaxRecordSizeInKiB).toBe(2048);
});
