// Amazon Kinesis Data Streams: requests of the SDK's shapes in, answers of its shapes out. A stream's records wait in its shards until
// they are too old. What takes time on AWS (creating, resharding, deleting) falls due on the sandbox's clock and is done when next
// looked at. It never pushes: readers come and ask, other services through its port. SubscribeToShard is deliberately absent.
import type { Handler, Service, World } from '../service.ts';
import { parseStreamArn } from './arn.ts';
import { consumerHandlers } from './consumers.ts';
import { iteratorHandlers } from './iterators.ts';
import { findStream } from './kinesis.ts';
import type { Kinesis } from './kinesis.ts';
import { listShardHandlers } from './listShards.ts';
import { policyHandlers } from './policies.ts';
import { createPort } from './port.ts';
import { putHandlers } from './put.ts';
import { readHandlers } from './read.ts';
import { resourcesOf } from './resources.ts';
import { settleAll } from './settle.ts';
import { settingHandlers } from './settings.ts';
import { shardHandlers } from './shards.ts';
import { emptyState } from './state.ts';
import type { KinesisState } from './state.ts';
import { streamHandlers } from './streams.ts';
import { tagHandlers } from './tags.ts';

export function createKinesis(world: World): Service {
  const kinesis: Kinesis = { world, state: emptyState() };
  const handlers = {
    ...streamHandlers(kinesis),
    ...shardHandlers(kinesis),
    ...listShardHandlers(kinesis),
    ...settingHandlers(kinesis),
    ...tagHandlers(kinesis),
    ...policyHandlers(kinesis),
    ...consumerHandlers(kinesis),
    ...putHandlers(kinesis),
    ...iteratorHandlers(kinesis),
    ...readHandlers(kinesis),
  };
  return {
    name: 'kinesis',
    handlers: handlers satisfies Record<string, Handler>,
    port: createPort(kinesis),
    snapshot: () => kinesis.state,
    restore(data) {
      kinesis.state = data as KinesisState; // what snapshot gave
    },
    reset() {
      kinesis.state = emptyState();
    },
    resources() {
      settleAll(kinesis.state, world.clock.now());
      return resourcesOf(kinesis.state.streams.values());
    },
    policyOf(arn) {
      const parts = parseStreamArn(arn);
      const stream = parts && findStream(kinesis, parts.streamArn);
      return parts?.consumer === undefined ? stream?.policy : stream?.consumers.get(parts.consumer)?.policy;
    },
  };
}
