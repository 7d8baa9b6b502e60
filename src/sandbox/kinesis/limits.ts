// https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
import type { Call } from '../service.ts';
import type { Kinesis } from './kinesis.ts';
import { limitExceeded } from './refusals.ts';
import { openShards } from './reshard.ts';
import { settleAll } from './settle.ts';
import type { Stream } from './state.ts';

const largeRegions = new Set(['us-east-1', 'us-west-2', 'eu-west-1']);
const shardLimitOf = (region: string): number => (largeRegions.has(region) ? 20_000 : 6_000);

type Place = Pick<Call, 'account' | 'region'>;

export function streamsOf({ state, world }: Kinesis, { account, region }: Place): readonly Stream[] {
  settleAll(state, world.clock.now());
  return [...state.streams.values()].filter((stream) => stream.account === account && stream.region === region);
}

export function limitsOf(kinesis: Kinesis, place: Place) {
  const streams = streamsOf(kinesis, place);
  const provisioned = streams.filter(({ mode }) => mode === 'PROVISIONED');
  return {
    ShardLimit: shardLimitOf(place.region),
    OpenShardCount: provisioned.reduce((sum, stream) => sum + openShards(stream).length, 0),
    OnDemandStreamCount: streams.length - provisioned.length,
    OnDemandStreamCountLimit: 50,
  };
}

export function refuseMoreShards(kinesis: Kinesis, more: number, place: Place): void {
  const { ShardLimit, OpenShardCount } = limitsOf(kinesis, place);
  if (OpenShardCount + more <= ShardLimit) return;
  throw limitExceeded(
    `This request would exceed the shard limit for the account ${place.account} in ${place.region}. ` +
      `Current shard count for the account: ${OpenShardCount}. Limit: ${ShardLimit}. ` +
      `Number of additional shards that would have resulted from this request: ${more}. ` +
      'Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) ' +
      'for current limits and how to request higher limits.',
  );
}
