// One object of a bucket: its bytes, and back with all that came with them.
import type { InputOf } from '../../../aws/operations.ts';
import { unlessMissing } from '../../../aws/resources/lookup.ts';
import type { Target } from '../../../aws/target.ts';
import type { ObjectAddress } from './address.ts';
import { DocumentProblem } from './problem.ts';
import { missingOf } from './queueUrl.ts';

/** Bytes of the largest object that is opened in an editor. */
export const largestOpened = 20 * 1024 * 1024;

export interface ObjectFacts {
  readonly etag: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Without its bytes. Undefined where there is no such object. */
export async function lookAtObject(target: Target, { name, key }: ObjectAddress): Promise<ObjectFacts | undefined> {
  const input = { Bucket: name, Key: key };
  const head = await unlessMissing(
    (options) => target.send('s3.HeadObject', input, options),
    { target },
    missingOf.object,
  );
  return head && factsOf(head);
}

interface Answer {
  readonly ETag?: string | undefined;
  readonly ContentLength?: number | undefined;
  readonly LastModified?: Date | undefined;
}

const factsOf = ({ ETag = '', ContentLength = 0, LastModified }: Answer): ObjectFacts => ({
  etag: ETag,
  size: ContentLength,
  modified: LastModified?.getTime() ?? 0,
});

/** @throws DocumentProblem where it is too large */
export async function readObject(
  target: Target,
  address: ObjectAddress,
): Promise<(ObjectFacts & { readonly bytes: Uint8Array }) | undefined> {
  const facts = await lookAtObject(target, address);
  if (facts === undefined) return undefined;
  if (facts.size > largestOpened) throw tooLarge(facts.size);
  const input = { Bucket: address.name, Key: address.key, IfMatch: facts.etag };
  const answer = await unlessMissing(
    (options) => target.send('s3.GetObject', input, options),
    { target },
    missingOf.object,
  );
  if (answer === undefined) return undefined;
  const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
  return { ...factsOf(answer), size: bytes.length, bytes };
}

export const tooLarge = (size: number): DocumentProblem =>
  new DocumentProblem(
    'refused',
    `It has ${Math.ceil((size / 1024 / 1024) * 10) / 10} MiB; the editor opens up to ${largestOpened / 1024 / 1024} MiB of an object.`,
    'Download it instead.',
  );

/**
 * Puts new bytes in the place of what has this ETag; of nothing, where there is none. Type, metadata, tags and the like stay.
 * Gives the new ETag. @throws AwsFailure PreconditionFailed where somebody else was there before
 */
export async function writeObject(
  target: Target,
  { name: Bucket, key: Key }: ObjectAddress,
  bytes: Uint8Array,
  etag: string | undefined,
): Promise<string> {
  const place = { Bucket, Key };
  const kept = etag === undefined ? {} : await keptOf(target, place);
  const condition = etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };
  const answer = await target.send('s3.PutObject', { ...place, ...kept, ...condition, Body: bytes });
  return answer.ETag ?? '';
}

type Kept = Partial<InputOf<'s3.PutObject'>>;

async function keptOf(target: Target, place: { readonly Bucket: string; readonly Key: string }): Promise<Kept> {
  const head = await unlessMissing(
    (options) => target.send('s3.HeadObject', place, options),
    { target },
    missingOf.object,
  );
  if (head === undefined) return {};
  const { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, ContentType, Metadata } = head;
  const { StorageClass, WebsiteRedirectLocation, ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = head;
  const Tagging = (head.TagCount ?? 0) > 0 ? await tagsOf(target, place) : undefined;
  const headers = { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, ContentType, Metadata };
  const storage = { StorageClass, WebsiteRedirectLocation, ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled };
  return { ...headers, ...storage, Tagging };
}

async function tagsOf(target: Target, place: { readonly Bucket: string; readonly Key: string }): Promise<string> {
  const { TagSet = [] } = await target.send('s3.GetObjectTagging', place);
  return new URLSearchParams(TagSet.map(({ Key = '', Value = '' }): [string, string] => [Key, Value])).toString();
}
