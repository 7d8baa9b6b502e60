import type { MetricsName, Shard as ShardAnswer } from '@aws-sdk/client-kinesis';
import { openShards } from './reshard.ts';
import type { Shard, Stream } from './state.ts';

export const describeShard = ({ id, parent, adjacentParent, from, to, start, closed }: Shard): ShardAnswer => ({
  ShardId: id,
  ...(parent !== undefined && { ParentShardId: parent }),
  ...(adjacentParent !== undefined && { AdjacentParentShardId: adjacentParent }),
  HashKeyRange: { StartingHashKey: String(from), EndingHashKey: String(to) },
  SequenceNumberRange: {
    StartingSequenceNumber: String(start),
    ...(closed && { EndingSequenceNumber: String(closed.end) }),
  },
});

/** What every description of a stream begins with. */
export const describeStream = (stream: Stream) => ({
  StreamName: stream.name,
  StreamARN: stream.arn,
  StreamStatus: stream.status,
  StreamModeDetails: { StreamMode: stream.mode },
  StreamCreationTimestamp: new Date(stream.created),
});

export const describeSettings = (stream: Stream) => ({
  RetentionPeriodHours: stream.retentionHours,
  EnhancedMonitoring: [{ ShardLevelMetrics: metricsOf(stream) }],
  EncryptionType: stream.keyId === undefined ? ('NONE' as const) : ('KMS' as const),
  ...(stream.keyId !== undefined && { KeyId: stream.keyId }),
});

export const describeSummary = (stream: Stream) => ({
  ...describeStream(stream),
  ...describeSettings(stream),
  OpenShardCount: stream.status === 'CREATING' ? 0 : openShards(stream).length,
  ConsumerCount: stream.consumers.size,
  MaxRecordSizeInKiB: stream.maxRecordKiB,
});

// Only names that the API's model has get in (settings.ts).
export const metricsOf = (stream: Stream) => [...stream.metrics] as MetricsName[];
