import type { KinesisPort } from '../ports.ts';
import { firstSince, latest } from './iterators.ts';
import { findStream } from './kinesis.ts';
import type { Kinesis } from './kinesis.ts';
import { complaints, isWritable, put } from './put.ts';
import { mostRead, readShard } from './read.ts';
import type { Shard, Stream } from './state.ts';

/** Streams for other services, which have asked beforehand whether their roles may. */
export const createPort = (kinesis: Kinesis): KinesisPort => ({
  shards: (streamArn) =>
    findStream(kinesis, streamArn)?.shards.map(({ id, parent, adjacentParent, closed }) => ({
      id,
      parents: [parent, adjacentParent].filter((one) => one !== undefined),
      open: closed === undefined,
    })),
  position(streamArn, shardId, at) {
    const shard = find(kinesis, streamArn, shardId)?.shard;
    return shard && String(positionOf(shard, at));
  },
  records(streamArn, shardId, position, limit = mostRead) {
    const found = find(kinesis, streamArn, shardId);
    if (!found) return undefined;
    const now = kinesis.world.clock.now();
    const { records, next, millisBehind } = readShard(found.stream, found.shard, BigInt(position), limit, now);
    return {
      records: records.map(({ sequence, ...record }) => ({ ...record, sequenceNumber: String(sequence) })),
      next: next === undefined ? undefined : String(next),
      millisBehind,
    };
  },
  put(streamArn, { data, partitionKey, explicitHashKey }) {
    const stream = findStream(kinesis, streamArn);
    if (!stream || !isWritable(stream))
      return { ok: false, reason: 'no-such-stream', message: `Stream ${streamArn} not found.` };
    const entry = { Data: data, PartitionKey: partitionKey, ExplicitHashKey: explicitHashKey };
    const [complaint] = complaints(entry, stream, '').filter((one) => one !== undefined);
    if (complaint !== undefined) return { ok: false, reason: 'invalid', message: complaint };
    const { ShardId, SequenceNumber } = put(kinesis, stream, entry);
    return { ok: true, shardId: ShardId, sequenceNumber: SequenceNumber };
  },
});

function find(kinesis: Kinesis, arn: string, id: string): { stream: Stream; shard: Shard } | undefined {
  const stream = findStream(kinesis, arn);
  const shard = stream?.shards.find((one) => one.id === id);
  return stream && shard && { stream, shard };
}

function positionOf(shard: Shard, at: Parameters<KinesisPort['position']>[2]): bigint {
  if (at === 'TRIM_HORIZON') return shard.start;
  if (at === 'LATEST') return latest(shard);
  return 'after' in at ? BigInt(at.after) + 1n : firstSince(shard, at.timestamp);
}
