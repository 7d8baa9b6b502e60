import type * as client from '@aws-sdk/client-kinesis';
import type { Call, Handlers, World } from '../service.ts';
import { authorize } from './access.ts';
import { parseStreamArn, streamArn } from './arn.ts';
import { insist, matching, named } from './constraints.ts';
import { invalid, noStream, notActive, onDemand } from './refusals.ts';
import { settle } from './settle.ts';
import type { Change, KinesisState, Shard, Stream } from './state.ts';

export type KinesisHandlers = Handlers<typeof client>;

/** What Kinesis's operations work on. */
export interface Kinesis {
  readonly world: World;
  /** Replaced as a whole by reset and restore. */
  state: KinesisState;
}

/** How requests name a stream. */
export interface Named {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

/** How long AWS takes for what does not happen at once. */
const seconds = 2;

export const dueOf = ({ world }: Kinesis): number => world.clock.now() + seconds * 1000;

export const arnPattern = 'arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+';

/** The stream's ARN, whichever way it is named. */
export function arnOf({ StreamName, StreamARN }: Named, { account, region }: Call): string {
  insist(named(StreamName, 'streamName'), matching(StreamARN, 'streamARN', arnPattern));
  const arn = StreamARN ?? (StreamName === undefined ? undefined : streamArn(region, account, StreamName));
  if (arn === undefined) throw invalid('Either StreamName or StreamARN must be provided.');
  if (StreamName !== undefined && parseStreamArn(arn)?.stream !== StreamName)
    throw invalid(`StreamARN ${arn} does not belong to the stream ${StreamName}.`);
  return arn;
}

/** The stream that is asked for as it is now, once the caller may do that with it. */
export function streamFor(kinesis: Kinesis, names: Named, operation: string, call: Call): Stream {
  const arn = arnOf(names, call);
  const stream = call.region === parseStreamArn(arn)?.region ? findStream(kinesis, arn) : undefined;
  if (stream === undefined) {
    const parts = parseStreamArn(arn);
    throw noStream(parts?.stream ?? arn, parts?.account ?? call.account);
  }
  authorize(stream.arn, stream.policy, operation, call, kinesis.world.clock.now());
  return stream;
}

export function findStream(kinesis: Kinesis, arn: string): Stream | undefined {
  const stream = kinesis.state.streams.get(arn);
  return stream && settle(kinesis.state, stream, kinesis.world.clock.now());
}

/** For what can be done with streams at rest only. */
export function activeStreamFor(kinesis: Kinesis, names: Named, operation: string, call: Call): Stream {
  const stream = streamFor(kinesis, names, operation, call);
  if (stream.status !== 'ACTIVE') throw notActive(stream.name, stream.account, stream.status);
  return stream;
}

/** For what on-demand streams do by themselves. */
export function provisionedStreamFor(kinesis: Kinesis, names: Named, operation: string, call: Call): Stream {
  const stream = activeStreamFor(kinesis, names, operation, call);
  if (stream.mode === 'ON_DEMAND') throw onDemand(stream.name, stream.account);
  return stream;
}

/** AWS knows a shard by its number, however many zeros are in front. */
export function findShard(stream: Stream, given: string): Shard | undefined {
  const number = /^(?:shardId-)?0*(\d{1,10})$/.exec(given)?.[1];
  return number === undefined ? undefined : stream.shards.find(({ index }) => index === Number(number));
}

type Unscheduled<Of> = Of extends unknown ? Omit<Of, 'due'> : never;

export function begin(kinesis: Kinesis, stream: Stream, change: Unscheduled<Change>): void {
  stream.status = change.kind === 'remove' ? 'DELETING' : change.kind === 'activate' ? 'CREATING' : 'UPDATING';
  stream.change = { ...change, due: dueOf(kinesis) };
  kinesis.world.changed();
}
