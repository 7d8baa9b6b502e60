// Records out, in their order, from a place in a shard on.
import type { _Record } from '@aws-sdk/client-kinesis';
import { parseStreamArn } from './arn.ts';
import { insist, sized, within } from './constraints.ts';
import { readIterator, reworded, writeIterator } from './iterators.ts';
import { streamFor } from './kinesis.ts';
import type { Kinesis, KinesisHandlers } from './kinesis.ts';
import { dryRun, invalid, noShard } from './refusals.ts';
import { horizonOf } from './settle.ts';
import type { Shard, StoredRecord, Stream } from './state.ts';

export const mostRead = 10_000;
const mostBytes = 10 * 1024 * 1024;

export const readHandlers = (kinesis: Kinesis) =>
  ({
    GetRecords({ ShardIterator, Limit = mostRead, StreamARN, DryRun }, call) {
      insist(sized(ShardIterator, 'shardIterator', 1, 512), within(Limit, 'limit', 1, mostRead));
      const now = kinesis.world.clock.now();
      const iterator = readIterator(ShardIterator, now);
      if (StreamARN !== undefined && StreamARN !== iterator.arn)
        throw invalid('The StreamARN does not match the stream of the ShardIterator.');
      const { stream: name = '', account = call.account } = parseStreamArn(iterator.arn) ?? {};
      const gone = noShard(iterator.shard, name, account);
      const stream = reworded(() => streamFor(kinesis, { StreamARN: iterator.arn }, 'GetRecords', call), gone);
      const shard = stream.shards.find(({ id }) => id === iterator.shard);
      if (!shard) throw gone;
      if (DryRun === true) throw dryRun();
      const { records, next, millisBehind } = readShard(stream, shard, iterator.from, Limit, now);
      return {
        Records: records.map(describeRecord),
        MillisBehindLatest: millisBehind,
        ...(next === undefined
          ? { ChildShards: childrenOf(stream, shard) }
          : { NextShardIterator: writeIterator({ ...iterator, from: next, made: now }) }),
      };
    },
  }) satisfies KinesisHandlers;

export interface ReadRecords {
  readonly records: readonly StoredRecord[];
  /** Where to read on; undefined once a closed shard was read to its end. */
  readonly next: bigint | undefined;
  readonly millisBehind: number;
}

export function readShard(stream: Stream, shard: Shard, from: bigint, limit: number, now: number): ReadRecords {
  const horizon = horizonOf(stream, now);
  const first = firstIndex(shard.records, (one) => one.sequence >= from && one.arrived >= horizon);
  const records = within10MiB(shard.records.slice(first, first + limit));
  const last = records.at(-1);
  const behind = first + records.length < shard.records.length;
  return {
    records,
    next: shard.closed && !behind ? undefined : last ? last.sequence + 1n : from,
    millisBehind: behind && last ? now - last.arrived : 0,
  };
}

/** Records are in the order of their numbers and times alike. */
function firstIndex(records: readonly StoredRecord[], isWanted: (record: StoredRecord) => boolean): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const record = records[middle];
    if (record && isWanted(record)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function within10MiB(records: readonly StoredRecord[]): readonly StoredRecord[] {
  let bytes = 0;
  const over = records.findIndex(({ data }) => (bytes += data.length) > mostBytes);
  return over < 0 ? records : records.slice(0, Math.max(1, over));
}

const describeRecord = ({ sequence, arrived, data, partitionKey, encrypted }: StoredRecord): _Record => ({
  SequenceNumber: String(sequence),
  ApproximateArrivalTimestamp: new Date(arrived),
  Data: data,
  PartitionKey: partitionKey,
  ...(encrypted && { EncryptionType: 'KMS' }),
});

const childrenOf = (stream: Stream, { id }: Shard) =>
  stream.shards
    .filter(({ parent, adjacentParent }) => parent === id || adjacentParent === id)
    .map((child) => ({
      ShardId: child.id,
      ParentShards: [child.parent, child.adjacentParent].filter((one) => one !== undefined),
      HashKeyRange: { StartingHashKey: String(child.from), EndingHashKey: String(child.to) },
    }));
