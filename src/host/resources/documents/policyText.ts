// The policy of a topic, a queue or a bucket: read as text for people, written as the service takes it.
import { arnOf, unlessMissing } from '../../../aws/resources/lookup.ts';
import type { Target } from '../../../aws/target.ts';
import type { PolicyAddress } from './address.ts';
import { canonical, parseAttribute, parseObject, pretty, type Json, type JsonObject } from './json.ts';
import { DocumentProblem } from './problem.ts';
import { queueUrl, type Missing, missingOf } from './queueUrl.ts';

/** Of what has none: valid, and nothing in it. */
const skeleton: JsonObject = { Version: '2012-10-17', Statement: [] };

/** Undefined where there is no such topic, queue or bucket. */
export async function readPolicy(target: Target, address: PolicyAddress): Promise<Json | undefined> {
  const held = await readers[address.kind](target, address.name);
  return held === undefined ? undefined : held === '' ? skeleton : parseAttribute(held);
}

export const policyText = (policy: Json): string => pretty(policy);

/** Gives what it is compared by. @throws DocumentProblem, AwsFailure */
export async function writePolicy(target: Target, { kind, name }: PolicyAddress, text: string): Promise<string> {
  const policy = text.trim() === '' ? skeleton : parseObject(text);
  const { Statement: statements } = policy;
  const empty = statements === undefined ? Object.keys(policy).length === 0 : isEmptyList(statements);
  await writers[kind](target, name, empty ? '' : JSON.stringify(policy));
  return canonical(empty ? skeleton : policy);
}

const isEmptyList = (value: Json): boolean => Array.isArray(value) && value.length === 0;

type Reader = (target: Target, name: string) => Promise<string | undefined>;

/** The policy's text; '' where there is none; undefined where there is nothing that could have one. */
const readers: Readonly<Record<PolicyAddress['kind'], Reader>> = {
  async topic(target, name) {
    const TopicArn = arnOf(target, 'sns', name);
    const answer = await unlessMissing(
      (options) => target.send('sns.GetTopicAttributes', { TopicArn }, options),
      { target },
      missingOf.topic,
    );
    return answer && (answer.Attributes?.['Policy'] ?? '');
  },
  async queue(target, name) {
    const QueueUrl = await queueUrl(target, name);
    if (QueueUrl === undefined) return undefined;
    const input = { QueueUrl, AttributeNames: ['Policy' as const] };
    const answer = await unlessMissing(
      (options) => target.send('sqs.GetQueueAttributes', input, options),
      { target },
      missingOf.queue,
    );
    return answer && (answer.Attributes?.Policy ?? '');
  },
  async bucket(target, Bucket) {
    const none = ['NoSuchBucketPolicy'];
    const missing: Missing = [...missingOf.bucket, ...none];
    const answer = await unlessMissing(
      (options) => target.send('s3.GetBucketPolicy', { Bucket }, options),
      { target },
      missing,
    );
    if (answer) return answer.Policy ?? '';
    const head = await unlessMissing(
      (options) => target.send('s3.HeadBucket', { Bucket }, options),
      { target },
      missingOf.bucket,
    );
    return head && '';
  },
};

/** Takes '' for no policy. */
const writers: Readonly<Record<PolicyAddress['kind'], (target: Target, name: string, text: string) => Promise<void>>> =
  {
    async topic(target, name, text) {
      if (text === '')
        throw new DocumentProblem(
          'refused',
          'A topic always has a policy: SNS cannot take it away.',
          'Leave at least one statement in it, such as one for its owner.',
        );
      await target.send('sns.SetTopicAttributes', {
        TopicArn: arnOf(target, 'sns', name),
        AttributeName: 'Policy',
        AttributeValue: text,
      });
    },
    async queue(target, name, text) {
      const QueueUrl = await queueUrl(target, name);
      await target.send('sqs.SetQueueAttributes', { QueueUrl, Attributes: { Policy: text } });
    },
    async bucket(target, Bucket, text) {
      if (text === '') await target.send('s3.DeleteBucketPolicy', { Bucket });
      else await target.send('s3.PutBucketPolicy', { Bucket, Policy: text });
    },
  };
