// Sends a message, once or many times. In: where to, and a draft that keeps to the rules. Out: one honest result each.
// Never: stops at the first refusal without saying how many went out before.
import { AwsFailure } from '../errors.ts';
import type { SendOptions, Target } from '../target.ts';
import {
  isBinary,
  recordBytes,
  topicMessage,
  weigh,
  type Destination,
  type Draft,
  type DraftAttribute,
} from './draft.ts';

export type Sent =
  | { readonly ok: true; readonly id: string; readonly more?: string }
  | { readonly ok: false; readonly id: string; readonly why: string };

export interface SendWatch {
  readonly signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

/** Of one batch call: entries, and bytes of all of them together. */
const batches = {
  queue: { entries: 10, bytes: 1_048_576 },
  topic: { entries: 10, bytes: 262_144 },
  stream: { entries: 500, bytes: 10_485_760 },
} as const;

/** One message: throws what AWS says. Several: a refusal is a result, and what was not tried is left out. */
export async function sendDraft(target: Target, to: Destination, draft: Draft, watch: SendWatch = {}): Promise<Sent[]> {
  const total = Number(draft.count);
  const options = watch.signal ? { signal: watch.signal } : {};
  if (total === 1) return [await sendOne(target, to, draft, options)];
  const { entries, bytes } = batches[to.kind];
  const most = Math.max(1, Math.min(entries, Math.floor(bytes / Math.max(1, weigh(to, draft)))));
  const sent: Sent[] = [];
  while (sent.length < total && !watch.signal?.aborted) {
    watch.onProgress?.(sent.length, total);
    if (watch.signal?.aborted) break;
    const places = Array.from({ length: Math.min(most, total - sent.length) }, (_, place) => sent.length + place);
    sent.push(...(await sendBatch(target, to, draft, places, options).catch(asResults(places, watch.signal))));
  }
  return sent;
}

/** A batch that failed as a whole; what was sent before it stays told. */
const asResults =
  (places: readonly number[], signal: AbortSignal | undefined) =>
  (error: unknown): Sent[] => {
    const refuse = (why: string) => places.map((place): Sent => ({ ok: false, id: `${place + 1}`, why }));
    if (signal?.aborted) return refuse('Stopped while it was on its way: it may have arrived.');
    if (!(error instanceof AwsFailure)) throw error;
    return refuse(error.effect === 'unknown' ? `${error.what} It may have arrived all the same.` : error.what);
  };

async function sendOne(target: Target, to: Destination, draft: Draft, options: SendOptions): Promise<Sent> {
  switch (to.kind) {
    case 'queue': {
      const input = { QueueUrl: to.ref, ...queueEntry(draft, 0) };
      const { MessageId = '', SequenceNumber } = await target.send('sqs.SendMessage', input, options);
      return accepted(MessageId, SequenceNumber);
    }
    case 'topic': {
      const input = { TopicArn: to.ref, ...topicEntry(draft, 0) };
      const { MessageId = '', SequenceNumber } = await target.send('sns.Publish', input, options);
      return accepted(MessageId, SequenceNumber);
    }
    case 'stream': {
      const input = { StreamName: to.ref, ...record(draft) };
      const { SequenceNumber = '', ShardId } = await target.send('kinesis.PutRecord', input, options);
      return { ok: true, id: SequenceNumber, ...(ShardId !== undefined && { more: ShardId }) };
    }
  }
}

function accepted(id: string, sequence: string | undefined): Sent {
  return { ok: true, id, ...(sequence !== undefined && { more: `sequence number ${sequence}` }) };
}

async function sendBatch(
  target: Target,
  to: Destination,
  draft: Draft,
  places: readonly number[],
  options: SendOptions,
): Promise<Sent[]> {
  switch (to.kind) {
    case 'queue': {
      const Entries = places.map((place) => ({ Id: `${place}`, ...queueEntry(draft, place) }));
      return byPlace(places, await target.send('sqs.SendMessageBatch', { QueueUrl: to.ref, Entries }, options));
    }
    case 'topic': {
      const PublishBatchRequestEntries = places.map((place) => ({ Id: `${place}`, ...topicEntry(draft, place) }));
      const input = { TopicArn: to.ref, PublishBatchRequestEntries };
      return byPlace(places, await target.send('sns.PublishBatch', input, options));
    }
    case 'stream': {
      const input = { StreamName: to.ref, Records: places.map(() => record(draft)) };
      const { Records = [] } = await target.send('kinesis.PutRecords', input, options);
      return Records.map(({ SequenceNumber, ShardId, ErrorCode, ErrorMessage }, at): Sent => {
        if (SequenceNumber === undefined)
          return {
            ok: false,
            id: `${(places[at] ?? 0) + 1}`,
            why: ErrorMessage ?? ErrorCode ?? 'Kinesis gives no reason.',
          };
        return { ok: true, id: SequenceNumber, ...(ShardId !== undefined && { more: ShardId }) };
      });
    }
  }
}

interface BatchAnswer {
  readonly Successful?:
    | readonly {
        readonly Id?: string | undefined;
        readonly MessageId?: string | undefined;
        readonly SequenceNumber?: string | undefined;
      }[]
    | undefined;
  readonly Failed?:
    | readonly {
        readonly Id?: string | undefined;
        readonly Code?: string | undefined;
        readonly Message?: string | undefined;
      }[]
    | undefined;
}

function byPlace(places: readonly number[], { Successful = [], Failed = [] }: BatchAnswer): Sent[] {
  return places.map((place) => {
    const taken = Successful.find(({ Id }) => Id === `${place}`);
    if (taken) return accepted(taken.MessageId ?? '', taken.SequenceNumber);
    const refused = Failed.find(({ Id }) => Id === `${place}`);
    return { ok: false, id: `${place + 1}`, why: refused?.Message ?? refused?.Code ?? 'AWS gives no reason.' };
  });
}

/** Each of several copies gets a deduplication id of its own, or all but the first would vanish silently. */
function fifoIds({ groupId, deduplicationId, count }: Draft, place: number) {
  const own = Number(count) === 1 ? deduplicationId : `${deduplicationId}-${place + 1}`.slice(-128);
  return {
    ...(groupId !== '' && { MessageGroupId: groupId }),
    ...(deduplicationId !== '' && { MessageDeduplicationId: own }),
  };
}

function queueEntry(draft: Draft, place: number) {
  const { body, delay } = draft;
  return {
    MessageBody: body,
    ...(delay.trim() !== '' && { DelaySeconds: Number(delay) }),
    ...(draft.attributes.length > 0 && { MessageAttributes: attributeInput(draft.attributes) }),
    ...fifoIds(draft, place),
  };
}

function topicEntry(draft: Draft, place: number) {
  return {
    Message: topicMessage(draft),
    ...(draft.perProtocol && { MessageStructure: 'json' }),
    ...(draft.subject !== '' && { Subject: draft.subject }),
    ...(draft.attributes.length > 0 && { MessageAttributes: attributeInput(draft.attributes) }),
    ...fifoIds(draft, place),
  };
}

function record(draft: Draft) {
  const { partitionKey, hashKey } = draft;
  return {
    Data: recordBytes(draft),
    PartitionKey: partitionKey,
    ...(hashKey.trim() !== '' && { ExplicitHashKey: hashKey.trim() }),
  };
}

export function attributeInput(attributes: readonly DraftAttribute[]) {
  return Object.fromEntries(
    attributes.map(({ name, type, value }) => {
      const held = isBinary(type) ? { BinaryValue: Buffer.from(value, 'base64') } : { StringValue: value };
      return [name, { DataType: type, ...held }];
    }),
  );
}
