import type { Call } from '../service.ts';
import { atLeastOne, insist, oneOf, sized, within } from './constraints.ts';
import { metricsOf } from './describe.ts';
import { activeStreamFor, begin, streamFor } from './kinesis.ts';
import type { Kinesis, KinesisHandlers, Named } from './kinesis.ts';
import { invalid } from './refusals.ts';
import { forgetRecords } from './settle.ts';
import type { Stream } from './state.ts';

const metrics = [
  'IncomingBytes',
  'IncomingRecords',
  'OutgoingBytes',
  'OutgoingRecords',
  'WriteProvisionedThroughputExceeded',
  'ReadProvisionedThroughputExceeded',
  'IteratorAgeMilliseconds',
];
const leastHours = 24;
const mostHours = 8760;

export const settingHandlers = (kinesis: Kinesis) =>
  ({
    IncreaseStreamRetentionPeriod({ RetentionPeriodHours: hours, ...names }, call) {
      const stream = activeStreamFor(kinesis, names, 'IncreaseStreamRetentionPeriod', call);
      checkHours(hours);
      if (hours < stream.retentionHours)
        throw invalid(
          `Requested retention period (${hours} hours) for stream ${stream.name} can not be shorter than ` +
            `existing retention period (${stream.retentionHours} hours). Use DecreaseRetentionPeriod API.`,
        );
      keep(kinesis, stream, hours);
    },
    DecreaseStreamRetentionPeriod({ RetentionPeriodHours: hours, ...names }, call) {
      const stream = activeStreamFor(kinesis, names, 'DecreaseStreamRetentionPeriod', call);
      checkHours(hours);
      if (hours > stream.retentionHours)
        throw invalid(
          `Requested retention period (${hours} hours) for stream ${stream.name} can not be longer than ` +
            `existing retention period (${stream.retentionHours} hours). Use IncreaseRetentionPeriod API.`,
        );
      keep(kinesis, stream, hours);
    },
    EnableEnhancedMonitoring({ ShardLevelMetrics, ...names }, call) {
      return monitor(kinesis, names, 'EnableEnhancedMonitoring', ShardLevelMetrics, call);
    },
    DisableEnhancedMonitoring({ ShardLevelMetrics, ...names }, call) {
      return monitor(kinesis, names, 'DisableEnhancedMonitoring', ShardLevelMetrics, call);
    },
    StartStreamEncryption({ EncryptionType, KeyId, ...names }, call) {
      insist(oneOf(EncryptionType, 'encryptionType', ['NONE', 'KMS']), sized(KeyId, 'keyId', 1, 2048));
      if (EncryptionType !== 'KMS') throw invalid('The only valid encryption type is KMS.');
      begin(kinesis, activeStreamFor(kinesis, names, 'StartStreamEncryption', call), { kind: 'encrypt', keyId: KeyId });
    },
    StopStreamEncryption({ EncryptionType, KeyId, ...names }, call) {
      insist(oneOf(EncryptionType, 'encryptionType', ['NONE', 'KMS']), sized(KeyId, 'keyId', 1, 2048));
      if (EncryptionType !== 'KMS') throw invalid('The only valid encryption type is KMS.');
      const stream = activeStreamFor(kinesis, names, 'StopStreamEncryption', call);
      begin(kinesis, stream, { kind: 'encrypt', keyId: undefined });
    },
    UpdateMaxRecordSize({ MaxRecordSizeInKiB, ...names }, call) {
      insist(within(MaxRecordSizeInKiB, 'maxRecordSizeInKiB', 1024, 10_240));
      const stream = activeStreamFor(kinesis, names, 'UpdateMaxRecordSize', call);
      stream.maxRecordKiB = MaxRecordSizeInKiB;
      kinesis.world.changed();
    },
  }) satisfies KinesisHandlers;

/** What is too old before or after is gone for good. */
function keep({ world }: Kinesis, stream: Stream, hours: number): void {
  const now = world.clock.now();
  for (const shard of stream.shards) forgetRecords(stream, shard, now);
  stream.retentionHours = hours;
  for (const shard of stream.shards) forgetRecords(stream, shard, now);
  world.changed();
}

function checkHours(hours: number): void {
  const asked = `Requested retention period (${hours} hours)`;
  if (hours < leastHours)
    throw invalid(`Minimum allowed retention period is ${leastHours} hours. ${asked} is too short.`);
  if (hours > mostHours) throw invalid(`Maximum allowed retention period is ${mostHours} hours. ${asked} is too long.`);
}

type Monitoring = 'EnableEnhancedMonitoring' | 'DisableEnhancedMonitoring';

function monitor(kinesis: Kinesis, names: Named, operation: Monitoring, given: readonly string[], call: Call) {
  insist(
    atLeastOne(given.length, 'shardLevelMetrics'),
    ...given.map((name, at) => oneOf(name, `shardLevelMetrics.${at + 1}.member`, [...metrics, 'ALL'])),
  );
  const stream = streamFor(kinesis, names, operation, call);
  const before = metricsOf(stream);
  for (const name of given.includes('ALL') ? metrics : given)
    if (operation === 'EnableEnhancedMonitoring') stream.metrics.add(name);
    else stream.metrics.delete(name);
  kinesis.world.changed();
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    CurrentShardLevelMetrics: before,
    DesiredShardLevelMetrics: metricsOf(stream),
  };
}
