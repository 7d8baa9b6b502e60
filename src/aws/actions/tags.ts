// Tags of every kind. In: what they are and what they shall be. Out: as few calls as it takes. Tags of AWS's own are left alone.
import { AwsFailure } from '../errors.ts';
import type { Found, Look, Tags } from '../resources/kind.ts';
import { kinds } from '../resources/kinds.ts';
import { sendOptions, tagList, tagsIn } from '../resources/lookup.ts';

/** A resource, or one object of a bucket. */
export type Tagged = Found | { readonly kind: 'object'; readonly bucket: string; readonly key: string };

export interface TagChange {
  readonly set: Tags;
  readonly remove: readonly string[];
}

export function diffTags(before: Tags, after: Tags): TagChange {
  const set = Object.entries(after).filter(([key, value]) => before[key] !== value);
  return { set: Object.fromEntries(set), remove: Object.keys(before).filter((key) => !Object.hasOwn(after, key)) };
}

const characters = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u;

/** What AWS does not take, in words. Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export function mistakeInTag(key: string, value: string): string | undefined {
  if (key === '') return 'A tag needs a key.';
  if (key.length > 128) return 'A key has at most 128 characters.';
  if (value.length > 256) return 'A value has at most 256 characters.';
  if (/^aws:/i.test(key)) return 'Keys that begin with aws: are kept for AWS.';
  return characters.test(key) && characters.test(value)
    ? undefined
    : 'Keys and values have only letters, digits, spaces and _ . : / = + - @';
}

export const mostTags = ({ kind }: Tagged): number => (kind === 'object' ? 10 : 50);

export async function readTags(look: Look, of: Tagged): Promise<Tags> {
  if (of.kind !== 'object') return kinds[of.kind].tags(look, of);
  const { TagSet = [] } = await look.target.send(
    's3.GetObjectTagging',
    { Bucket: of.bucket, Key: of.key },
    sendOptions(look),
  );
  return tagsIn(TagSet);
}

/** `before`: as they were read; S3 replaces all of them at once. */
export async function saveTags(look: Look, of: Tagged, before: Tags, after: Tags): Promise<void> {
  const change = diffTags(before, after);
  if (Object.keys(change.set).length + change.remove.length === 0) return;
  if (of.kind === 'object' || of.kind === 'bucket') return replaceTags(look, of, after);
  const { set, remove } = calls(look, of);
  if (change.remove.length > 0) await remove(change.remove);
  if (Object.keys(change.set).length > 0) await set(change.set);
}

async function replaceTags(look: Look, of: Tagged, after: Tags): Promise<void> {
  const options = sendOptions(look);
  const Tagging = { TagSet: tagList(after) };
  if (of.kind === 'object') {
    await look.target.send('s3.PutObjectTagging', { Bucket: of.bucket, Key: of.key, Tagging }, options);
    return;
  }
  const Bucket = of.ref;
  if (Tagging.TagSet.length === 0) await look.target.send('s3.DeleteBucketTagging', { Bucket }, options);
  else await look.target.send('s3.PutBucketTagging', { Bucket, Tagging }, options);
}

interface TagCalls {
  set(tags: Tags): Promise<unknown>;
  remove(keys: readonly string[]): Promise<unknown>;
}

function calls(look: Look, { kind, ref, name }: Found): TagCalls {
  const { target } = look;
  const options = sendOptions(look);
  switch (kind) {
    case 'topic':
      return {
        set: (tags) => target.send('sns.TagResource', { ResourceArn: ref, Tags: tagList(tags) }, options),
        remove: (keys) => target.send('sns.UntagResource', { ResourceArn: ref, TagKeys: [...keys] }, options),
      };
    case 'queue':
      return {
        set: (Tags) => target.send('sqs.TagQueue', { QueueUrl: ref, Tags }, options),
        remove: (keys) => target.send('sqs.UntagQueue', { QueueUrl: ref, TagKeys: [...keys] }, options),
      };
    case 'stream':
      return {
        set: (Tags) => target.send('kinesis.AddTagsToStream', { StreamName: ref, Tags }, options),
        remove: (keys) => target.send('kinesis.RemoveTagsFromStream', { StreamName: ref, TagKeys: [...keys] }, options),
      };
    case 'instance':
      return {
        set: (tags) => target.send('ec2.CreateTags', { Resources: [ref], Tags: tagList(tags) }, options),
        remove: (keys) =>
          target.send('ec2.DeleteTags', { Resources: [ref], Tags: keys.map((Key) => ({ Key })) }, options),
      };
    default:
      throw new AwsFailure('not-sent', { code: 'NoTags', what: `${name} carries no tags.`, advice: '' });
  }
}
