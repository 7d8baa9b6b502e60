// Shard iterators: where in a shard to read on, and when the iterator was made.
import type { GetShardIteratorCommandInput } from '@aws-sdk/client-kinesis';
import { AwsError } from '../service.ts';
import { insist, matching, named, oneOf, sequencePattern } from './constraints.ts';
import { arnOf, findShard, streamFor } from './kinesis.ts';
import type { Kinesis, KinesisHandlers } from './kinesis.ts';
import { parseStreamArn } from './arn.ts';
import { dryRun, invalid, noShard, noSuchShard } from './refusals.ts';
import { parseSequence } from './sequence.ts';
import { normal } from './shards.ts';
import type { Shard, Stream } from './state.ts';
import { readToken, writeToken } from './token.ts';

const tolerated = 300_000;
const types = ['AFTER_SEQUENCE_NUMBER', 'LATEST', 'AT_TIMESTAMP', 'AT_SEQUENCE_NUMBER', 'TRIM_HORIZON'];

export interface Iterator {
  readonly arn: string;
  readonly shard: string;
  /** The least sequence number that is wanted. */
  readonly from: bigint;
  readonly made: number;
}

export const iteratorHandlers = (kinesis: Kinesis) =>
  ({
    GetShardIterator(input, call) {
      const { ShardId, ShardIteratorType, StartingSequenceNumber, DryRun } = input;
      insist(
        named(ShardId, 'shardId'),
        oneOf(ShardIteratorType, 'shardIteratorType', types),
        matching(StartingSequenceNumber, 'startingSequenceNumber', sequencePattern),
      );
      const known = parseStreamArn(arnOf(input, call)) ?? { stream: '', account: call.account };
      if (normal(ShardId) === ShardId && !/^shardId-\d+$/.test(ShardId))
        throw noSuchShard(ShardId, known.stream, known.account);
      const stream = reworded(
        () => streamFor(kinesis, input, 'GetShardIterator', call),
        noShard(normal(ShardId), known.stream, known.account),
      );
      const shard = findShard(stream, ShardId);
      if (!shard) throw noShard(normal(ShardId), stream.name, stream.account);
      const made = kinesis.world.clock.now();
      const from = startOf(input, stream, shard, made);
      if (DryRun === true) throw dryRun();
      return { ShardIterator: writeIterator({ arn: stream.arn, shard: shard.id, from, made }) };
    },
  }) satisfies KinesisHandlers;

/** Of a stream that is not there, it is the shard that AWS misses. */
export function reworded<Found>(find: () => Found, instead: AwsError): Found {
  try {
    return find();
  } catch (error) {
    throw error instanceof AwsError && error.code === instead.code ? instead : error;
  }
}

type Start = Pick<GetShardIteratorCommandInput, 'ShardIteratorType' | 'StartingSequenceNumber' | 'Timestamp'>;

function startOf(
  { ShardIteratorType: type, StartingSequenceNumber: given, Timestamp }: Start,
  stream: Stream,
  shard: Shard,
  now: number,
): bigint {
  const bySequence = type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER';
  if (bySequence !== (given !== undefined) && type !== 'AT_TIMESTAMP')
    throw invalid(
      'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or ' +
        '(2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. ' +
        `Request specified ${type} and ${given === undefined ? 'no' : 'also a'} StartingSequenceNumber.`,
    );
  if (given !== undefined && bySequence)
    return checkedSequence(given, stream, shard) + (type === 'AFTER_SEQUENCE_NUMBER' ? 1n : 0n);
  if (type === 'TRIM_HORIZON') return shard.start;
  return type === 'AT_TIMESTAMP' ? startAt(shard, Timestamp?.getTime(), now) : latest(shard);
}

/** Behind all that is there. */
export const latest = ({ closed, start, records }: Shard): bigint =>
  (closed?.end ?? records.at(-1)?.sequence ?? start) + 1n;

export const firstSince = (shard: Shard, time: number): bigint =>
  shard.records.find(({ arrived }) => arrived >= time)?.sequence ?? latest(shard);

function startAt(shard: Shard, time: number | undefined, now: number): bigint {
  if (time === undefined)
    throw invalid(
      'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.',
    );
  if (time > now)
    throw invalid(
      'The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. ' +
        `timestampInMillis: ${time}, currentTimestampInMillis: ${now}`,
    );
  return firstSince(shard, time);
}

function checkedSequence(given: string, stream: Stream, shard: Shard): bigint {
  const facts = parseSequence(given);
  const used = `StartingSequenceNumber ${given} used in GetShardIterator on shard ${shard.id} in stream ${stream.name} under account ${stream.account} is invalid`;
  if (!facts) throw invalid(`${used}.`);
  if (facts.shard !== shard.index)
    throw invalid(
      `Invalid StartingSequenceNumber. It encodes ${normal(String(facts.shard))}, ` +
        `while it was used in a call to a shard with ${shard.id}`,
    );
  if (facts.shardMade !== parseSequence(String(shard.start))?.shardMade)
    throw invalid(`${used} because it did not come from this stream.`);
  return BigInt(given);
}

export const writeIterator = ({ arn, shard, from, made }: Iterator): string =>
  writeToken({ made: String(made), arn, shard, from: String(from) });

/** @throws what AWS says of an iterator that is none, or too old */
export function readIterator(text: string, now: number): Iterator {
  const { made: time, arn = '', shard = '', from = '' } = readToken(text) ?? {};
  const made = Number(time);
  if (!(made > 0 && made <= now) || !parseStreamArn(arn) || !/^\d+$/.test(from))
    throw invalid('Invalid ShardIterator.');
  if (now - made > tolerated)
    throw new AwsError(
      'ExpiredIteratorException',
      `Iterator expired. The iterator was created at time ${dateOf(made)} while right now it is ${dateOf(now)} ` +
        `which is further in the future than the tolerated delay of ${tolerated} milliseconds.`,
    );
  return { arn, shard, from: BigInt(from), made };
}

/** Thu Jan 22 01:22:02 UTC 2015 */
function dateOf(time: number): string {
  const [weekday = '', day = '', month = '', year = '', clock = ''] = new Date(time).toUTCString().split(' ');
  return `${weekday.replace(',', '')} ${month} ${day} ${clock} UTC ${year}`;
}
