// Records in: each to the open shard whose range has the hash of its partition key.
import type { Call } from '../service.ts';
import {
  atLeastOne,
  atMost,
  hashKeyPattern,
  insist,
  matching,
  missing,
  sequencePattern,
  sized,
} from './constraints.ts';
import type { Complaint } from './constraints.ts';
import { hashKeyOf, hashKeys, holds } from './hashRange.ts';
import { streamFor } from './kinesis.ts';
import type { Kinesis, KinesisHandlers, Named } from './kinesis.ts';
import { dryRun, invalid, noStream } from './refusals.ts';
import { openShards } from './reshard.ts';
import { sequenceOf } from './sequence.ts';
import { forgetRecords } from './settle.ts';
import type { Shard, Stream } from './state.ts';

const kib = 1024;
const mostRecords = 500;
const mostBytes = 10 * kib * kib;

export interface Entry {
  readonly Data: Uint8Array | undefined;
  readonly PartitionKey?: string | undefined;
  readonly ExplicitHashKey?: string | undefined;
}

export const putHandlers = (kinesis: Kinesis) =>
  ({
    PutRecord({ Data, PartitionKey, ExplicitHashKey, SequenceNumberForOrdering, DryRun, ...names }, call) {
      const entry = { Data, PartitionKey, ExplicitHashKey };
      const stream = writable(kinesis, names, 'PutRecord', call);
      insist(
        ...complaints(entry, stream, ''),
        matching(SequenceNumberForOrdering, 'sequenceNumberForOrdering', sequencePattern),
      );
      checkHashKey(entry);
      if (DryRun === true) throw dryRun();
      return { ...put(kinesis, stream, entry), ...encryptionOf(stream) };
    },
    PutRecords({ Records, DryRun, ...names }, call) {
      insist(atLeastOne(Records.length, 'records'), atMost(Records.length, 'records', mostRecords));
      const stream = writable(kinesis, names, 'PutRecords', call);
      insist(...Records.flatMap((entry, at) => complaints(entry, stream, `records.${at + 1}.member.`)));
      if (Records.reduce((sum, entry) => sum + sizeOf(entry), 0) > mostBytes)
        throw invalid('Records size exceeds 10 MB limit');
      Records.forEach(checkHashKey);
      if (DryRun === true) throw dryRun();
      const results = Records.map((entry) => put(kinesis, stream, entry));
      return { FailedRecordCount: 0, Records: results, ...encryptionOf(stream) };
    },
  }) satisfies KinesisHandlers;

function writable(kinesis: Kinesis, names: Named, operation: string, call: Call): Stream {
  const stream = streamFor(kinesis, names, operation, call);
  if (!isWritable(stream)) throw noStream(stream.name, stream.account);
  return stream;
}

export const isWritable = ({ status }: Stream): boolean => status === 'ACTIVE' || status === 'UPDATING';

const encryptionOf = ({ keyId }: Stream) => (keyId === undefined ? {} : { EncryptionType: 'KMS' as const });

const sizeOf = ({ Data, PartitionKey = '' }: Entry): number => (Data?.length ?? 0) + Buffer.byteLength(PartitionKey);

/** What is wrong with the record. `at` leads to it. */
export function complaints(entry: Entry, stream: Stream, at: string): readonly Complaint[] {
  const { PartitionKey, ExplicitHashKey } = entry;
  const needsKey = stream.distribution === 'USER_PARTITION_KEY' && PartitionKey === undefined;
  return [
    needsKey ? missing(`${at}partitionKey`) : undefined,
    sized(PartitionKey, `${at}partitionKey`, 1, 256),
    matching(ExplicitHashKey, `${at}explicitHashKey`, hashKeyPattern),
    atMost(sizeOf(entry), `${at}data`, stream.maxRecordKiB * kib),
  ];
}

function checkHashKey({ ExplicitHashKey }: Entry): void {
  if (ExplicitHashKey !== undefined && BigInt(ExplicitHashKey) >= hashKeys)
    throw invalid(
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${ExplicitHashKey}`,
    );
}

/** Of a record that was found to be good, to a stream that takes records. */
export function put(kinesis: Kinesis, stream: Stream, { Data, PartitionKey, ExplicitHashKey }: Entry) {
  const now = kinesis.world.clock.now();
  const shard = shardFor(stream, PartitionKey, ExplicitHashKey);
  const count = ++stream.counter;
  const sequence = sequenceOf({ shardMade: shard.opened, shard: shard.index, count, time: now });
  forgetRecords(stream, shard, now);
  shard.records.push({
    sequence,
    arrived: now,
    // A copy: what was parsed may be a small part of a large buffer.
    data: Uint8Array.from(Data ?? []),
    partitionKey: PartitionKey ?? '',
    encrypted: stream.keyId !== undefined,
  });
  kinesis.world.changed();
  return { ShardId: shard.id, SequenceNumber: String(sequence) };
}

/** Without a key, where the stream lets records have none, the shards take turns. */
function shardFor(stream: Stream, partitionKey: string | undefined, explicit: string | undefined): Shard {
  const open = openShards(stream);
  const turn = open[Number(stream.counter % BigInt(open.length))];
  if (partitionKey === undefined && explicit === undefined && turn) return turn;
  const key = explicit === undefined ? hashKeyOf(partitionKey ?? '') : BigInt(explicit);
  const shard = open.find((one) => holds(one, key));
  if (!shard) throw new Error(`No open shard of ${stream.arn} has the hash key ${key}.`);
  return shard;
}
