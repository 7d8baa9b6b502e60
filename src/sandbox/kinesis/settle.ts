// What has fallen due by now: done when somebody looks, as of the time it was due.
import { mergeShards, scaleTo, splitShard } from './reshard.ts';
import type { Change, KinesisState, Shard, Stream } from './state.ts';

const hour = 3_600_000;

/** The oldest moment whose records are still there. */
export const horizonOf = (stream: Stream, now: number): number => now - stream.retentionHours * hour;

export function settleAll(state: KinesisState, now: number): void {
  for (const stream of state.streams.values()) settle(state, stream, now);
}

/** The stream as it is by now; undefined where it is gone. */
export function settle(state: KinesisState, stream: Stream, now: number): Stream | undefined {
  if (stream.change && stream.change.due <= now) {
    if (stream.change.kind === 'remove') {
      state.streams.delete(stream.arn);
      return undefined;
    }
    apply(stream, stream.change);
    stream.change = undefined;
    stream.status = 'ACTIVE';
  }
  for (const consumer of stream.consumers.values())
    if (consumer.gone !== undefined && consumer.gone <= now) stream.consumers.delete(consumer.name);
  forgetShards(stream, now);
  return stream;
}

function apply(stream: Stream, change: Change): void {
  const find = (id: string): Shard | undefined => stream.shards.find((shard) => shard.id === id);
  switch (change.kind) {
    case 'activate':
    case 'remove':
      return;
    case 'split': {
      const shard = find(change.shard);
      if (shard) splitShard(stream, shard, change.at, change.due);
      return;
    }
    case 'merge': {
      const [lower, upper] = change.shards.map(find);
      if (lower && upper) mergeShards(stream, lower, upper, change.due);
      return;
    }
    case 'scale':
      scaleTo(stream, change.count, change.due);
      return;
    case 'mode':
      stream.mode = change.mode;
      return;
    case 'encrypt':
      stream.keyId = change.keyId;
  }
}

/** Closed shards are gone once all that they may hold is too old. */
function forgetShards(stream: Stream, now: number): void {
  const horizon = horizonOf(stream, now);
  if (stream.shards.some(({ closed }) => closed && closed.at < horizon))
    stream.shards = stream.shards.filter(({ closed }) => !closed || closed.at >= horizon);
}

/** Records too old are gone for good, even if records are kept for longer later. */
export function forgetRecords(stream: Stream, shard: Shard, now: number): void {
  const horizon = horizonOf(stream, now);
  const kept = shard.records.findIndex(({ arrived }) => arrived >= horizon);
  if (kept !== 0) shard.records = kept < 0 ? [] : shard.records.slice(kept);
}
