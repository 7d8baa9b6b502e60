import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordCommand,
  type CreateStreamCommandInput,
  type GetShardIteratorCommandInput,
} from '@aws-sdk/client-kinesis';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';

export { refusal } from '../sns/openSns.ts';

export const first = 'shardId-000000000000';

export interface OpenKinesis {
  readonly aws: TestSandbox;
  readonly kinesis: KinesisClient;
  /** A stream that is ready. */
  stream(StreamName: string, more?: Partial<CreateStreamCommandInput>): Promise<string>;
  status(StreamName: string): Promise<string | undefined>;
  put(StreamName: string, text: string, PartitionKey?: string): Promise<{ shard: string; sequence: string }>;
  iterator(StreamName: string, more?: Partial<GetShardIteratorCommandInput>): Promise<string>;
  read(ShardIterator: string | undefined, Limit?: number): Promise<Read>;
  shards(StreamName: string): Promise<readonly string[]>;
}

export interface Read {
  readonly texts: readonly string[];
  readonly next: string | undefined;
  readonly behind: number | undefined;
  readonly children: readonly (string | undefined)[];
}

export async function openKinesis(options: Partial<SandboxOptions> = {}): Promise<OpenKinesis> {
  const aws = await startTestSandbox(options);
  const kinesis = aws.client(KinesisClient);
  return {
    aws,
    kinesis,
    async stream(StreamName, more = { ShardCount: 1 }) {
      await kinesis.send(new CreateStreamCommand({ StreamName, ...more }));
      await aws.advance('3s');
      return `arn:aws:kinesis:${aws.region}:${aws.account}:stream/${StreamName}`;
    },
    async status(StreamName) {
      const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
      return StreamDescriptionSummary?.StreamStatus;
    },
    async put(StreamName, text, PartitionKey = 'k') {
      const Data = Buffer.from(text);
      const { ShardId = '', SequenceNumber = '' } = await kinesis.send(
        new PutRecordCommand({ StreamName, Data, PartitionKey }),
      );
      return { shard: ShardId, sequence: SequenceNumber };
    },
    async iterator(StreamName, more) {
      const { ShardIterator = '' } = await kinesis.send(
        new GetShardIteratorCommand({ StreamName, ShardId: first, ShardIteratorType: 'TRIM_HORIZON', ...more }),
      );
      return ShardIterator;
    },
    async read(ShardIterator, Limit) {
      const answer = await kinesis.send(new GetRecordsCommand({ ShardIterator, Limit }));
      return {
        texts: (answer.Records ?? []).map(({ Data = new Uint8Array() }) => Buffer.from(Data).toString()),
        next: answer.NextShardIterator,
        behind: answer.MillisBehindLatest,
        children: (answer.ChildShards ?? []).map(({ ShardId }) => ShardId),
      };
    },
    /** '0 0-9 <1,2': number, hash keys in sixteenths, parents. */
    async shards(StreamName) {
      const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName }));
      return Shards.map((shard) => {
        const { StartingHashKey = '', EndingHashKey = '' } = shard.HashKeyRange ?? {};
        const parents = [shard.ParentShardId, shard.AdjacentParentShardId].flatMap((id) => (id ? [numberOf(id)] : []));
        const closed = shard.SequenceNumberRange?.EndingSequenceNumber ? ' closed' : '';
        const range = `${sixteenths(StartingHashKey)}-${sixteenths(EndingHashKey)}`;
        return `${numberOf(shard.ShardId)} ${range}${parents.length > 0 ? ` <${parents.join()}` : ''}${closed}`;
      });
    },
  };
}

const numberOf = (id = '') => Number(id.replace('shardId-', ''));
const sixteenths = (key: string) => Number(BigInt(key) >> 124n);
