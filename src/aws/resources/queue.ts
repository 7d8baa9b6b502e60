// SQS queues. Key: the name.
import { AwsFailure } from '../errors.ts';
import type { Content, Description, Found, Look, Page, Relation, ResourceKind } from './kind.ts';
import { arnOf, consoleUrl, nameInUrl, partitionOf, sendOptions, text, unlessMissing } from './lookup.ts';
import type { Target } from '../target.ts';

const missing = ['QueueDoesNotExist', 'NonExistentQueue', 'AWS.SimpleQueueService.NonExistentQueue'] as const;

function found(url: string, target: Target): Found {
  const name = nameInUrl(url);
  return { kind: 'queue', key: { name }, name, arn: arnOf(target, 'sqs', name), ref: url, output: { QueueUrl: url } };
}

export const queue: ResourceKind = {
  kind: 'queue',
  label: 'queue',
  plural: 'queues',
  goesAfter: ['subscription', 'messageMoveTask'],
  taggable: true,
  costPerHour: 0,

  keyOf(_operation, input) {
    const name = text(input['QueueName']);
    return name === undefined ? undefined : { name };
  },

  nameOf: (key) => key['name'] ?? '',

  withTags: (input, tags) => {
    const given: { tags?: Readonly<Record<string, string>> } = input;
    return { ...input, tags: { ...given.tags, ...tags } };
  },

  async list(look, next) {
    const input = { MaxResults: 1000, ...(next !== undefined && { NextToken: next }) };
    const page = await look.target.send('sqs.ListQueues', input, sendOptions(look));
    return {
      entries: (page.QueueUrls ?? []).map((url) => found(url, look.target)),
      ...(page.NextToken !== undefined && { next: page.NextToken }),
    };
  },

  async find(look, key) {
    const QueueName = key['name'] ?? '';
    const answer = await unlessMissing(
      (options) => look.target.send('sqs.GetQueueUrl', { QueueName }, options),
      look,
      missing,
    );
    return answer?.QueueUrl === undefined ? undefined : found(answer.QueueUrl, look.target);
  },

  async describe(look, queue) {
    const input = { QueueUrl: queue.ref, AttributeNames: ['All' as const] };
    const answer = await unlessMissing(
      (options) => look.target.send('sqs.GetQueueAttributes', input, options),
      look,
      missing,
    );
    return answer && { ...queue, facts: answer.Attributes ?? {} };
  },

  async tags(look, { ref }) {
    const answer = await unlessMissing(
      (options) => look.target.send('sqs.ListQueueTags', { QueueUrl: ref }, options),
      look,
      missing,
    );
    return answer?.Tags ?? {};
  },

  async tag(look, { ref }, tags) {
    await look.target.send('sqs.TagQueue', { QueueUrl: ref, Tags: { ...tags } }, sendOptions(look));
  },

  relations,

  async contents(look, queue_) {
    const described = await queue.describe(look, queue_);
    return described ? countsOf(described) : [];
  },

  async empty(look, { name, ref }) {
    try {
      await unlessMissing((options) => look.target.send('sqs.PurgeQueue', { QueueUrl: ref }, options), look, missing);
      return { state: 'emptied' };
    } catch (error) {
      if (!(error instanceof AwsFailure) || error.code !== 'PurgeQueueInProgress') throw error;
      return {
        state: 'refused',
        why: `${name} was emptied a moment ago. SQS empties a queue once in 60 seconds: try again then.`,
      };
    }
  },

  async remove(look, { ref }) {
    await unlessMissing((options) => look.target.send('sqs.DeleteQueue', { QueueUrl: ref }, options), look, missing);
    return { state: 'gone' };
  },

  consoleUrl: ({ name, arn }, region) =>
    consoleUrl(
      region,
      `sqs/v3/home?region=${region}#/queues/${encodeURIComponent(`https://sqs.${region}.${partitionOf(region).suffix}/${arn?.split(':')[4] ?? ''}/${name}`)}`,
    ),
};

/** The queues whose redrive policy names this one, one page; none where it is gone. */
export async function listSources(look: Look, { ref }: Found, next?: string): Promise<Page> {
  const input = { QueueUrl: ref, MaxResults: 1000, ...(next !== undefined && { NextToken: next }) };
  const page = await unlessMissing(
    (options) => look.target.send('sqs.ListDeadLetterSourceQueues', input, options),
    look,
    missing,
  );
  return {
    entries: (page?.queueUrls ?? []).map((url) => found(url, look.target)),
    ...(page?.NextToken !== undefined && { next: page.NextToken }),
  };
}

/** The queue that another one names by ARN. Undefined where it lives in another account or region, which this target cannot ask. */
export function queueOfArn(arn: string, other: Found): Found | undefined {
  const place = (each: string | undefined): string | undefined => each?.split(':').slice(0, 5).join(':');
  const name = arn.split(':')[5];
  if (name === undefined || place(arn) !== place(other.arn)) return undefined;
  const url = `${other.ref.slice(0, other.ref.lastIndexOf('/') + 1)}${name}`;
  return { kind: 'queue', key: { name }, name, arn, ref: url, output: { QueueUrl: url } };
}

function countsOf({ facts }: Description): readonly Content[] {
  const waiting = Number(facts['ApproximateNumberOfMessages'] ?? 0);
  return [
    { what: waiting === 1 ? 'message' : 'messages', count: waiting },
    { what: 'in flight', count: Number(facts['ApproximateNumberOfMessagesNotVisible'] ?? 0) },
    { what: 'delayed', count: Number(facts['ApproximateNumberOfMessagesDelayed'] ?? 0) },
  ].filter(({ count }) => count > 0);
}

function relations({ facts }: Description): readonly Relation[] {
  const policy = facts['RedrivePolicy'];
  if (typeof policy !== 'string') return [];
  const arn = /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(policy)?.[1];
  return arn === undefined ? [] : [{ to: 'queue', arn, label: 'dead-letters to' }];
}
