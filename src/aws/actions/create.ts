// Makes topics, queues, buckets and streams by hand. In: names that keep to the rules. Out: what was made.
// Never: takes something that is there already for something it made; the services themselves would not say.
import { AwsFailure } from '../errors.ts';
import type { Found, Look } from '../resources/kind.ts';
import { kinds } from '../resources/kinds.ts';
import { arnOf, sendOptions } from '../resources/lookup.ts';
import { mistakeInName, type NamedKind } from './names.ts';

export interface QueueWish {
  readonly name: string;
  readonly fifo: boolean;
  /** ARN of its dead-letter queue, which is of the same type. */
  readonly deadLetterArn?: string;
  /** Receives after which a message goes there. */
  readonly maxReceiveCount?: number;
}

export async function createQueue(look: Look, wish: QueueWish): Promise<Found> {
  const { name, fifo, deadLetterArn, maxReceiveCount = 3 } = wish;
  await ensureFree(look, 'queue', name, fifo);
  const redrive = { deadLetterTargetArn: deadLetterArn, maxReceiveCount };
  const Attributes = {
    ...(fifo && { FifoQueue: 'true', ContentBasedDeduplication: 'true' }),
    ...(deadLetterArn !== undefined && { RedrivePolicy: JSON.stringify(redrive) }),
  };
  await look.target.send('sqs.CreateQueue', { QueueName: name, Attributes }, sendOptions(look));
  return made(look, 'queue', name);
}

export async function createTopic(look: Look, name: string, fifo: boolean): Promise<Found> {
  await ensureFree(look, 'topic', name, fifo);
  const Attributes = fifo ? { FifoTopic: 'true', ContentBasedDeduplication: 'true' } : {};
  await look.target.send('sns.CreateTopic', { Name: name, Attributes }, sendOptions(look));
  return made(look, 'topic', name);
}

/** In the target's region. */
export async function createBucket(look: Look, name: string): Promise<Found> {
  await ensureFree(look, 'bucket', name, false);
  const { region } = look.target;
  const CreateBucketConfiguration = { LocationConstraint: region as BucketRegion };
  const input = { Bucket: name, ...(region !== 'us-east-1' && { CreateBucketConfiguration }) };
  await look.target.send('s3.CreateBucket', input, sendOptions(look));
  return made(look, 'bucket', name);
}

/** S3's list of regions is as old as the SDK; the target's own region is right by what it is. */
type BucketRegion = 'eu-central-1';

/** `shards`: undefined makes it on-demand. It takes some seconds until a stream is active. */
export async function createStream(look: Look, name: string, shards: number | undefined): Promise<Found> {
  await ensureFree(look, 'stream', name, false);
  const mode =
    shards === undefined
      ? { StreamModeDetails: { StreamMode: 'ON_DEMAND' as const } }
      : { ShardCount: shards, StreamModeDetails: { StreamMode: 'PROVISIONED' as const } };
  await look.target.send('kinesis.CreateStream', { StreamName: name, ...mode }, sendOptions(look));
  return made(look, 'stream', name);
}

async function ensureFree(look: Look, kind: NamedKind, name: string, fifo: boolean): Promise<void> {
  const mistake = mistakeInName(kind, name, fifo);
  if (mistake !== undefined) throw refused('InvalidName', mistake, 'Choose another name.');
  const there = await kinds[kind].find(look, { name });
  if (there) throw refused('AlreadyExists', `There is a ${kind} ${name} here already.`, 'It was left as it is.');
}

function refused(code: string, what: string, advice: string): AwsFailure {
  return new AwsFailure('not-sent', { code, what, advice });
}

async function made(look: Look, kind: NamedKind, name: string): Promise<Found> {
  const found = await kinds[kind].find(look, { name });
  if (found) return found;
  // What was made a moment ago may not be listed yet.
  const service = { topic: 'sns', queue: 'sqs', bucket: 's3', stream: 'kinesis' }[kind];
  const arn = arnOf(look.target, service, kind === 'stream' ? `stream/${name}` : name);
  return { kind, key: { name }, name, arn, ref: kind === 'topic' ? arn : name };
}
