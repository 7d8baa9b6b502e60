// Splitting and merging: the shards that were are closed, and their children get the hash keys.
import { evenRanges, type HashRange } from './hashRange.ts';
import { lastCount, sequenceOf } from './sequence.ts';
import type { Shard, Stream } from './state.ts';

export const openShards = (stream: Stream): readonly Shard[] =>
  stream.shards.filter(({ closed }) => closed === undefined);

export const shardId = (index: number): string => `shardId-${String(index).padStart(12, '0')}`;

interface Parents {
  readonly parent?: string;
  readonly adjacentParent?: string;
}

export function openShard(stream: Stream, { from, to }: HashRange, at: number, parents: Parents = {}): void {
  const index = stream.madeShards++;
  stream.shards.push({
    id: shardId(index),
    index,
    parent: parents.parent,
    adjacentParent: parents.adjacentParent,
    from,
    to,
    opened: at,
    start: sequenceOf({ shardMade: at, shard: index, count: 0n, time: at }),
    closed: undefined,
    records: [],
  });
}

function closeShard(shard: Shard, at: number): void {
  const end = sequenceOf({ shardMade: shard.opened, shard: shard.index, count: lastCount, time: at });
  shard.closed = { at, end };
}

export function splitShard(stream: Stream, shard: Shard, key: bigint, at: number): void {
  closeShard(shard, at);
  openShard(stream, { from: shard.from, to: key - 1n }, at, { parent: shard.id });
  openShard(stream, { from: key, to: shard.to }, at, { parent: shard.id });
}

/** The first one has the lower hash keys, up to those of the second. */
export function mergeShards(stream: Stream, lower: Shard, upper: Shard, at: number): void {
  closeShard(lower, at);
  closeShard(upper, at);
  openShard(stream, { from: lower.from, to: upper.to }, at, { parent: lower.id, adjacentParent: upper.id });
}

/** As AWS does it: by splits and merges, which may leave shards that lived for a moment only. */
export function scaleTo(stream: Stream, count: number, at: number): void {
  const wanted = evenRanges(count);
  for (const { from } of wanted) {
    const crossed = openShards(stream).find((shard) => shard.from < from && from <= shard.to);
    if (crossed) splitShard(stream, crossed, from, at);
  }
  for (const range of wanted) {
    for (;;) {
      const [lower, upper] = openShards(stream)
        .filter(({ from, to }) => range.from <= from && to <= range.to)
        .toSorted((a, b) => (a.from < b.from ? -1 : 1));
      if (!lower || !upper) break;
      mergeShards(stream, lower, upper, at);
    }
  }
}
