// What is known of a queue without looking into it: its counts, its limit of receives, and where its dead letters go. Free of effects.
import { nameInArn, sendOptions, text, unlessMissing } from '../aws/resources/lookup.ts';
import type { Look } from '../aws/resources/kind.ts';

export interface QueueRef {
  readonly name: string;
  readonly url: string;
}

export interface QueueCounts {
  readonly visible: number;
  readonly inflight: number;
  readonly delayed: number;
}

export interface QueueFacts extends QueueRef {
  readonly arn: string;
  readonly fifo: boolean;
  /** Approximate on AWS. */
  readonly counts: QueueCounts;
  /** Milliseconds. */
  readonly retention: number;
  readonly redrive?: Redrive;
  /** Queues whose dead letters come here; its messages can go back to them. */
  readonly sources: readonly QueueRef[];
}

export interface Redrive {
  readonly maxReceiveCount: number;
  readonly arn: string;
  readonly name: string;
  /** Absent: it could not be asked (denied, or deleted meanwhile). */
  readonly url?: string;
  readonly depth?: number;
}

const missing = ['QueueDoesNotExist', 'NonExistentQueue', 'AWS.SimpleQueueService.NonExistentQueue'] as const;

/** Undefined: there is no such queue (any more). */
export async function describeQueue(look: Look, { name, url }: QueueRef): Promise<QueueFacts | undefined> {
  const attributes = await attributesOf(look, url);
  if (attributes === undefined) return undefined;
  const [redrive, sources] = await Promise.all([redriveOf(look, attributes), sourcesOf(look, url)]);
  return {
    name,
    url,
    arn: attributes['QueueArn'] ?? '',
    fifo: attributes['FifoQueue'] === 'true',
    counts: countsOf(attributes),
    retention: Number(attributes['MessageRetentionPeriod'] ?? 345_600) * 1000,
    ...(redrive && { redrive }),
    sources,
  };
}

type Attributes = Readonly<Record<string, string>>;

async function attributesOf(look: Look, QueueUrl: string): Promise<Attributes | undefined> {
  const input = { QueueUrl, AttributeNames: ['All' as const] };
  const answer = await unlessMissing(
    (options) => look.target.send('sqs.GetQueueAttributes', input, options),
    look,
    missing,
  );
  return answer && (answer.Attributes ?? {});
}

const countsOf = (attributes: Attributes): QueueCounts => ({
  visible: Number(attributes['ApproximateNumberOfMessages'] ?? 0),
  inflight: Number(attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0),
  delayed: Number(attributes['ApproximateNumberOfMessagesDelayed'] ?? 0),
});

async function redriveOf(look: Look, attributes: Attributes): Promise<Redrive | undefined> {
  const policy = parseRedrive(attributes['RedrivePolicy']);
  if (policy === undefined) return undefined;
  const { arn, maxReceiveCount } = policy;
  const name = nameInArn(arn);
  try {
    const found = await look.target.send(
      'sqs.GetQueueUrl',
      { QueueName: name },
      { ...sendOptions(look), absent: missing },
    );
    const url = found.QueueUrl ?? '';
    const counts = countsOf((await attributesOf(look, url)) ?? {});
    return { maxReceiveCount, arn, name, url, depth: counts.visible + counts.inflight + counts.delayed };
  } catch {
    look.signal?.throwIfAborted();
    // What can be known of the queue itself is worth showing all the same.
    return { maxReceiveCount, arn, name };
  }
}

/** Undefined: the attribute is not there, or is none that SQS would have written. */
export function parseRedrive(
  value: string | undefined,
): { readonly arn: string; readonly maxReceiveCount: number } | undefined {
  try {
    const policy: unknown = JSON.parse(value ?? '');
    const { deadLetterTargetArn, maxReceiveCount }: Readonly<Record<string, unknown>> = { ...Object(policy) };
    const arn = text(deadLetterTargetArn);
    const most = Number(maxReceiveCount);
    return arn === undefined || !(most >= 1) ? undefined : { arn, maxReceiveCount: most };
  } catch {
    return undefined;
  }
}

/** Not being allowed to ask is no reason to show nothing. */
async function sourcesOf(look: Look, QueueUrl: string): Promise<readonly QueueRef[]> {
  try {
    const answer = await look.target.send('sqs.ListDeadLetterSourceQueues', { QueueUrl }, sendOptions(look));
    return (answer.queueUrls ?? []).map((url) => ({ url, name: url.split('/').at(-1) ?? url }));
  } catch {
    look.signal?.throwIfAborted();
    return [];
  }
}
