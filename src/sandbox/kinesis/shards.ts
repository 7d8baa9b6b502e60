import { hashKeyPattern, insist, matching, named, oneOf, within } from './constraints.ts';
import { findShard, begin, provisionedStreamFor } from './kinesis.ts';
import type { Kinesis, KinesisHandlers } from './kinesis.ts';
import { refuseMoreShards } from './limits.ts';
import { inUse, invalid, limitExceeded, noSuchShard } from './refusals.ts';
import { openShards, shardId } from './reshard.ts';
import type { Shard, Stream } from './state.ts';

const mostShards = 10_000;

export const shardHandlers = (kinesis: Kinesis) =>
  ({
    SplitShard({ ShardToSplit, NewStartingHashKey, ...names }, call) {
      insist(named(ShardToSplit, 'shardToSplit'), matching(NewStartingHashKey, 'newStartingHashKey', hashKeyPattern));
      const stream = provisionedStreamFor(kinesis, names, 'SplitShard', call);
      const shard = openShardOf(stream, ShardToSplit);
      refuseMoreShards(kinesis, 1, stream);
      const key = BigInt(NewStartingHashKey);
      if (key <= shard.from + 1n || key >= shard.to)
        throw invalid(
          `NewStartingHashKey ${NewStartingHashKey} used in SplitShard() on shard ${shard.id} in stream ${stream.name} ` +
            `under account ${stream.account} is not both greater than one plus the shard's StartingHashKey ` +
            `${shard.from} and less than the shard's EndingHashKey ${shard.to}.`,
        );
      begin(kinesis, stream, { kind: 'split', shard: shard.id, at: key });
    },
    MergeShards({ ShardToMerge, AdjacentShardToMerge, ...names }, call) {
      insist(named(ShardToMerge, 'shardToMerge'), named(AdjacentShardToMerge, 'adjacentShardToMerge'));
      const stream = provisionedStreamFor(kinesis, names, 'MergeShards', call);
      const one = openShardOf(stream, ShardToMerge);
      const other = openShardOf(stream, AdjacentShardToMerge);
      const pair = [one, other].toSorted((a, b) => (a.from < b.from ? -1 : 1));
      const [lower, upper] = pair;
      if (!lower || !upper || lower.to + 1n !== upper.from)
        throw invalid(
          `Shards ${one.id} and ${other.id} in stream ${stream.name} under account ${stream.account} ` +
            'are not an adjacent pair of shards eligible for merging',
        );
      begin(kinesis, stream, { kind: 'merge', shards: [lower.id, upper.id] });
    },
    UpdateShardCount({ TargetShardCount: target, ScalingType, ...names }, call) {
      insist(
        within(target, 'targetShardCount', 1, Number.MAX_SAFE_INTEGER),
        oneOf(ScalingType, 'scalingType', ['UNIFORM_SCALING']),
      );
      const stream = provisionedStreamFor(kinesis, names, 'UpdateShardCount', call);
      const current = openShards(stream).length;
      checkTarget(current, target);
      if (target > current) refuseMoreShards(kinesis, target - current, stream);
      begin(kinesis, stream, { kind: 'scale', count: target });
      return {
        StreamName: stream.name,
        StreamARN: stream.arn,
        CurrentShardCount: current,
        TargetShardCount: target,
      };
    },
  }) satisfies KinesisHandlers;

function openShardOf(stream: Stream, given: string): Shard {
  const shard = findShard(stream, given);
  if (!shard) throw noSuchShard(normal(given), stream.name, stream.account);
  if (shard.closed)
    throw inUse(
      `Shard ${shard.id} in stream ${stream.name} under account ${stream.account} ` +
        'has already been merged or split, and thus is not eligible for merging or splitting.',
    );
  return shard;
}

/** As AWS names it in its refusals. */
export function normal(given: string): string {
  const number = /^(?:shardId-)?0*(\d{1,10})$/.exec(given)?.[1];
  return number === undefined ? given : shardId(Number(number));
}

function checkTarget(current: number, target: number): void {
  const counts = `Current open shard count: ${current} Target shard count: ${target}`;
  if (target > mostShards) throw limitExceeded(`UpdateShardCount cannot scale beyond ${mostShards} shards. ${counts}`);
  if (target > current * 2)
    throw invalid(`UpdateShardCount cannot scale up over double your current open shard count. ${counts}`);
  if (target < current / 2)
    throw invalid(`UpdateShardCount cannot scale down below half your current open shard count. ${counts}`);
}
