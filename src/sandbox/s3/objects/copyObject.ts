// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
import type { CopyObjectCommandInput, CopyObjectOutput } from '@aws-sdk/client-s3';
import type { Call } from '../../service.ts';
import { requestedObjectAcl } from '../acl/requestedAcl.ts';
import type { Body } from '../bodies/body.ts';
import type { Bucket } from '../bucket.ts';
import type { Checksum } from '../checksum/checksums.ts';
import { checksumMembers } from '../checksum/shown.ts';
import { invalidArgument, invalidRequest, noSuchKey, refuse } from '../errors.ts';
import { lockOf } from '../lock/lock.ts';
import { notify } from '../notify/notify.ts';
import { openBucket, type S3 } from '../s3.ts';
import { headerTags } from '../settings/tags.ts';
import { checkWrite } from './conditions.ts';
import { openCopySource, type CopySource } from './copySource.ts';
import { checkKey, describe, encryptionOf, shownEncryption, storageClassOf } from './describe.ts';
import { namedAlgorithm, sumOf } from './intake.ts';
import { expiration } from './putObject.ts';
import { seconds, type Version } from './version.ts';
import { addVersion, nextVersionId, shownId } from './versions.ts';

export async function copyObject(s3: S3, input: CopyObjectCommandInput, call: Call): Promise<CopyObjectOutput> {
  const key = checkKey(input.Key ?? '');
  const bucket = openBucket(s3, input, call, 'PutObject', key);
  const replaces = directive(input.MetadataDirective, 'x-amz-metadata-directive');
  const replacesTags = directive(input.TaggingDirective, 'x-amz-tagging-directive');
  const source = openCopySource(s3, input, call);
  const from = source.version;
  const body = from.body;
  if (!body) throw noSuchKey(source.key);
  if (source.bucket === bucket && source.key === key) checkChange(input, source, replaces);
  if (body.size > 5 * 1024 ** 3) {
    throw invalidRequest(
      `The specified copy source is larger than the maximum allowable size for a copy source: ${5 * 1024 ** 3}`,
    );
  }
  checkWrite(bucket, key, input);
  // Where a website sends its visitors is never copied.
  const { WebsiteRedirectLocation: _redirect, ...kept } = from.description;
  const redirect = input.WebsiteRedirectLocation;
  const facts = {
    description: replaces ? describe(input) : { ...kept, ...(redirect && { WebsiteRedirectLocation: redirect }) },
    storageClass: storageClassOf(input.StorageClass),
    encryption: encryptionOf(input, bucket),
    tags: replacesTags ? headerTags(input.Tagging) : from.tags,
    acl: requestedObjectAcl(input, bucket, call.account),
    lock: lockOf(input, bucket, s3.world.clock.now()),
  };
  const checksum = await checksumOf(s3, input, from, body);
  const version: Version = {
    ...facts,
    id: nextVersionId(s3, bucket),
    modified: s3.world.clock.now(),
    body: s3.store.share(body),
    etag: await etagOf(s3, from, body),
    checksum,
    parts: undefined,
    owner: call.account,
    restored: undefined,
  };
  addVersion(s3, bucket, key, version);
  await notify(s3, bucket, call, { name: 'ObjectCreated:Copy', key, version });
  return answer(bucket, key, version, source);
}

const answer = (bucket: Bucket, key: string, version: Version, source: CopySource): CopyObjectOutput => ({
  CopyObjectResult: {
    ETag: `"${version.etag}"`,
    LastModified: seconds(version.modified),
    ...checksumMembers(version.checksum),
  },
  ...(source.version.id !== 'null' && { CopySourceVersionId: source.version.id }),
  ...shownEncryption(version.encryption),
  ...shownId(bucket, version),
  ...expiration(bucket, key, version),
});

/** What was uploaded in parts is one piece afterwards, and has one piece's entity tag. */
async function etagOf(s3: S3, { etag, parts }: Version, body: Body): Promise<string> {
  if (!parts) return etag;
  return Buffer.from(await sumOf(s3, body, 'MD5'), 'base64').toString('hex');
}

async function checksumOf(s3: S3, input: CopyObjectCommandInput, from: Version, body: Body): Promise<Checksum> {
  const wanted = namedAlgorithm(input.ChecksumAlgorithm) ?? from.checksum?.algorithm ?? 'CRC64NVME';
  const same = from.checksum?.algorithm === wanted && from.checksum.type === 'FULL_OBJECT' && from.checksum;
  return same || { algorithm: wanted, value: await sumOf(s3, body, wanted), type: 'FULL_OBJECT' };
}

function directive(value: string | undefined, header: string): boolean {
  if (value === undefined || value === 'COPY') return false;
  if (value === 'REPLACE') return true;
  const what = header === 'x-amz-tagging-directive' ? 'tagging' : 'metadata';
  throw invalidArgument(`Unknown ${what} directive.`, header, value);
}

/** A copy onto itself is a way to change an object's description, and nothing else. */
function checkChange(input: CopyObjectCommandInput, { version, bucket }: CopySource, replaces: boolean): void {
  const changes =
    replaces ||
    input.StorageClass !== undefined ||
    input.WebsiteRedirectLocation !== undefined ||
    input.ServerSideEncryption !== undefined ||
    input.SSECustomerAlgorithm !== undefined ||
    input.ChecksumAlgorithm !== undefined ||
    bucket.objects.get(input.Key ?? '')?.versions[0] !== version;
  if (changes) return;
  throw refuse(
    'InvalidRequest',
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}
