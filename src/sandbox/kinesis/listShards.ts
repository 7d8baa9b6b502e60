import type { ShardFilter } from '@aws-sdk/client-kinesis';
import { AwsError } from '../service.ts';
import { insist, named, oneOf, within } from './constraints.ts';
import { describeShard } from './describe.ts';
import { streamFor } from './kinesis.ts';
import type { Kinesis, KinesisHandlers } from './kinesis.ts';
import { invalid } from './refusals.ts';
import { horizonOf } from './settle.ts';
import type { Shard, Stream } from './state.ts';
import { readToken, writeToken } from './token.ts';

const minutes5 = 300_000;
const types = [
  'AFTER_SHARD_ID',
  'AT_TRIM_HORIZON',
  'FROM_TRIM_HORIZON',
  'AT_LATEST',
  'AT_TIMESTAMP',
  'FROM_TIMESTAMP',
] as const;

export const listShardHandlers = (kinesis: Kinesis) =>
  ({
    ListShards(input, call) {
      const { NextToken, MaxResults = 1000, ExclusiveStartShardId, ShardFilter } = input;
      const { StreamName, StreamARN } = input;
      insist(
        within(MaxResults, 'maxResults', 1, 10_000),
        named(ExclusiveStartShardId, 'exclusiveStartShardId'),
        oneOf(ShardFilter?.Type, 'shardFilter.type', types),
      );
      if (StreamName !== undefined && NextToken !== undefined)
        throw invalid('NextToken and StreamName cannot be provided together.');
      if (StreamName === undefined && StreamARN === undefined && NextToken === undefined)
        throw invalid('Either NextToken or StreamName should be provided.');
      const now = kinesis.world.clock.now();
      const token = NextToken === undefined ? undefined : readPlace(NextToken, now);
      const stream = streamFor(
        kinesis,
        token ? { StreamARN: token['arn'] } : { StreamName, StreamARN },
        'ListShards',
        call,
      );
      const filter = token ? filterOf(token) : ShardFilter;
      const after = token?.['after'] ?? ExclusiveStartShardId ?? '';
      const known = stream.status === 'CREATING' ? [] : stream.shards;
      const shards = known.filter(chosenBy(filter, stream, now)).filter(({ id }) => id > after);
      const page = shards.slice(0, MaxResults);
      const last = shards.length > MaxResults ? page.at(-1) : undefined;
      return {
        Shards: page.map(describeShard),
        ...(last && {
          NextToken: writeToken({ made: String(now), arn: stream.arn, after: last.id, ...plain(filter) }),
        }),
      };
    },
  }) satisfies KinesisHandlers;

type Token = Readonly<Record<string, string>>;

function readPlace(text: string, now: number): Token {
  const token = readToken(text);
  if (token?.['after'] === undefined) throw invalid('NextToken is invalid.');
  if (Number(token['made']) + minutes5 < now)
    throw new AwsError('ExpiredNextTokenException', 'The provided NextToken has expired.');
  return token;
}

/** Later pages are filtered as the first one was. */
const plain = (filter: ShardFilter | undefined): Token => ({
  ...(filter?.Type !== undefined && { type: filter.Type }),
  ...(filter?.ShardId !== undefined && { shard: filter.ShardId }),
  ...(filter?.Timestamp !== undefined && { timestamp: String(filter.Timestamp.getTime()) }),
});

function filterOf({ type, shard, timestamp }: Token): ShardFilter | undefined {
  const Type = types.find((known) => known === type);
  return Type && { Type, ShardId: shard, Timestamp: timestamp === undefined ? undefined : new Date(Number(timestamp)) };
}

function chosenBy(filter: ShardFilter | undefined, stream: Stream, now: number): (shard: Shard) => boolean {
  const horizon = Math.max(horizonOf(stream, now), stream.created);
  const openAt = (time: number) => (shard: Shard) =>
    shard.opened <= time && (shard.closed === undefined || shard.closed.at > time);
  const openSince = (time: number) => (shard: Shard) => shard.closed === undefined || shard.closed.at >= time;
  switch (filter?.Type) {
    case undefined:
      return () => true;
    case 'AFTER_SHARD_ID': {
      const { ShardId } = filter;
      if (ShardId === undefined) throw invalid('ShardId must be provided for the shard filter type AFTER_SHARD_ID.');
      return ({ id }) => id > ShardId;
    }
    case 'AT_LATEST':
      return ({ closed }) => closed === undefined;
    case 'AT_TRIM_HORIZON':
      return openAt(horizon);
    case 'FROM_TRIM_HORIZON':
      return openSince(horizon);
    case 'AT_TIMESTAMP':
      return openAt(timeOf(filter, stream));
    case 'FROM_TIMESTAMP':
      return openSince(timeOf(filter, stream));
  }
}

/** A time before the stream began means its beginning. */
function timeOf({ Type, Timestamp }: ShardFilter, { created }: Stream): number {
  if (Timestamp === undefined) throw invalid(`Timestamp must be provided for the shard filter type ${Type}.`);
  return Math.max(Timestamp.getTime(), created);
}
