import type { Call } from '../service.ts';
import { streamArn } from './arn.ts';
import { insist, missing, named, oneOf, within } from './constraints.ts';
import { describeSettings, describeShard, describeStream, describeSummary } from './describe.ts';
import { evenRanges } from './hashRange.ts';
import { activeStreamFor, begin, findStream, streamFor } from './kinesis.ts';
import type { Kinesis, KinesisHandlers } from './kinesis.ts';
import { limitsOf, refuseMoreShards, streamsOf } from './limits.ts';
import { inUse, limitExceeded } from './refusals.ts';
import { openShard } from './reshard.ts';
import type { Stream } from './state.ts';
import { readTags } from './readTags.ts';

const onDemandShards = 4;
const mostAtOnce = 5;

export const streamHandlers = (kinesis: Kinesis) =>
  ({
    CreateStream(input, call) {
      const { StreamName: name, ShardCount, StreamModeDetails, MaxRecordSizeInKiB = 1024, Tags = {} } = input;
      // Without either AWS takes on demand, as recorded.
      const mode = StreamModeDetails?.StreamMode ?? (ShardCount === undefined ? 'ON_DEMAND' : 'PROVISIONED');
      const { RecordDistributionStrategy: distribution = 'USER_PARTITION_KEY' } = input;
      insist(
        named(name, 'streamName'),
        within(ShardCount, 'shardCount', 1, 100_000),
        oneOf(mode, 'streamModeDetails.streamMode', ['PROVISIONED', 'ON_DEMAND']),
        within(MaxRecordSizeInKiB, 'maxRecordSizeInKiB', 1024, 10_240),
        oneOf(distribution, 'recordDistributionStrategy', ['AUTO', 'USER_PARTITION_KEY']),
      );
      if (mode === 'PROVISIONED') insist(ShardCount === undefined ? missing('shardCount') : undefined);
      const arn = streamArn(call.region, call.account, name);
      if (findStream(kinesis, arn)) throw inUse(`Stream ${name} under account ${call.account} already exists.`);
      const count = mode === 'ON_DEMAND' ? onDemandShards : (ShardCount ?? 1);
      refuseMoreStreams(kinesis, mode, count, call);
      const stream = newStream(
        { arn, name, mode, count, distribution, maxRecordKiB: MaxRecordSizeInKiB },
        kinesis,
        call,
      );
      readTags(Tags, stream).forEach((value, key) => stream.tags.set(key, value));
      kinesis.state.streams.set(arn, stream);
      begin(kinesis, stream, { kind: 'activate' });
    },
    DescribeStream({ Limit = 100, ExclusiveStartShardId, ...names }, call) {
      insist(within(Limit, 'limit', 1, 10_000), named(ExclusiveStartShardId, 'exclusiveStartShardId'));
      const stream = streamFor(kinesis, names, 'DescribeStream', call);
      const known = stream.status === 'CREATING' ? [] : stream.shards;
      const shards = known.filter(({ id }) => id > (ExclusiveStartShardId ?? ''));
      return {
        StreamDescription: {
          ...describeStream(stream),
          ...describeSettings(stream),
          Shards: shards.slice(0, Limit).map(describeShard),
          HasMoreShards: shards.length > Limit,
        },
      };
    },
    DescribeStreamSummary(names, call) {
      return { StreamDescriptionSummary: describeSummary(streamFor(kinesis, names, 'DescribeStreamSummary', call)) };
    },
    ListStreams({ Limit = 100, ExclusiveStartStreamName, NextToken }, call) {
      insist(within(Limit, 'limit', 1, 10_000), named(ExclusiveStartStreamName, 'exclusiveStartStreamName'));
      const after = ExclusiveStartStreamName ?? (NextToken && Buffer.from(NextToken, 'base64url').toString());
      const all = streamsOf(kinesis, call)
        .filter(({ name }) => name > (after ?? ''))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const page = all.slice(0, Limit);
      const last = all.length > Limit ? page.at(-1) : undefined;
      return {
        StreamNames: page.map(({ name }) => name),
        StreamSummaries: page.map(describeStream),
        HasMoreStreams: last !== undefined,
        ...(last && { NextToken: Buffer.from(last.name).toString('base64url') }),
      };
    },
    DeleteStream({ EnforceConsumerDeletion, ...names }, call) {
      const stream = streamFor(kinesis, names, 'DeleteStream', call);
      if (stream.status === 'DELETING') return;
      if (stream.consumers.size > 0 && EnforceConsumerDeletion !== true)
        throw inUse(
          `Stream ${stream.name} under account ${stream.account} has registered consumers. ` +
            'Deregister them first, or set EnforceConsumerDeletion to true.',
        );
      begin(kinesis, stream, { kind: 'remove' });
    },
    DescribeLimits(_, call) {
      return limitsOf(kinesis, call);
    },
    UpdateStreamMode({ StreamARN, StreamModeDetails: { StreamMode } }, call) {
      insist(oneOf(StreamMode, 'streamModeDetails.streamMode', ['PROVISIONED', 'ON_DEMAND']));
      const stream = activeStreamFor(kinesis, { StreamARN }, 'UpdateStreamMode', call);
      begin(kinesis, stream, { kind: 'mode', mode: StreamMode ?? stream.mode });
    },
  }) satisfies KinesisHandlers;

function refuseMoreStreams(kinesis: Kinesis, mode: Stream['mode'], count: number, call: Call): void {
  const creating = streamsOf(kinesis, call).filter(({ status }) => status === 'CREATING');
  if (creating.length >= mostAtOnce)
    throw limitExceeded(
      `Request is invalid. Account ${call.account} has too many streams being created: no more than ${mostAtOnce} at a time.`,
    );
  const { OnDemandStreamCount, OnDemandStreamCountLimit } = limitsOf(kinesis, call);
  if (mode === 'PROVISIONED') refuseMoreShards(kinesis, count, call);
  else if (OnDemandStreamCount >= OnDemandStreamCountLimit)
    throw limitExceeded(
      `This request would exceed the on-demand stream limit for the account ${call.account} in ${call.region}. ` +
        `Limit: ${OnDemandStreamCountLimit}.`,
    );
}

type Wanted = Pick<Stream, 'arn' | 'name' | 'mode' | 'distribution' | 'maxRecordKiB'> & { readonly count: number };

function newStream({ count, ...wanted }: Wanted, { world }: Kinesis, { account, region }: Call): Stream {
  const created = world.clock.now();
  const stream: Stream = {
    ...wanted,
    account,
    region,
    created,
    status: 'CREATING',
    change: undefined,
    retentionHours: 24,
    keyId: undefined,
    policy: undefined,
    metrics: new Set(),
    tags: new Map(),
    consumers: new Map(),
    shards: [],
    madeShards: 0,
    counter: 0n,
  };
  for (const range of evenRanges(count)) openShard(stream, range, created);
  return stream;
}
