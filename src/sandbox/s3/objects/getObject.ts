// GetObject and HeadObject: the same answer, with and without its bytes.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
import type { GetObjectCommandInput, HeadObjectCommandInput, HeadObjectOutput } from '@aws-sdk/client-s3';
import type { Call } from '../../service.ts';
import type { Body } from '../bodies/body.ts';
import type { Bucket } from '../bucket.ts';
import { checksumMembers, checksumValue } from '../checksum/shown.ts';
import { accessDenied, invalidArgument, invalidRequest, noSuchKey, refuse } from '../errors.ts';
import { shownLock } from '../lock/lock.ts';
import { openBucket, type S3 } from '../s3.ts';
import { checkRead } from './conditions.ts';
import { customerKeyOf, shownClass, shownEncryption, type EncryptionInput } from './describe.ts';
import { findVersion } from './findVersion.ts';
import { expiration } from './putObject.ts';
import { partRange, rangeOf, type Range } from './ranges.ts';
import { seconds, type Version } from './version.ts';
import { shownId } from './versions.ts';

type Input = GetObjectCommandInput | HeadObjectCommandInput;

export function getObject(s3: S3, input: GetObjectCommandInput, call: Call) {
  const { bucket, version, body, range } = select(s3, input, call);
  if (isArchived(version, s3.world.clock.now())) {
    throw refuse('InvalidObjectState', "The operation is not valid for the object's storage class", 403, {
      StorageClass: version.storageClass,
    });
  }
  const bytes = s3.store.read(body, range?.from, range?.to);
  return { Body: bytes, ...tell(bucket, input, version, body, range, s3.world.clock.now()) };
}

export function headObject(s3: S3, input: HeadObjectCommandInput, call: Call): HeadObjectOutput {
  const { bucket, version, body, range } = select(s3, input, call);
  return tell(bucket, input, version, body, range, s3.world.clock.now());
}

function select(s3: S3, input: Input, call: Call) {
  const key = input.Key ?? '';
  const bucket = openForReading(s3, input, call, key);
  if (call.caller.kind === 'anonymous' && overrides(input)) {
    throw invalidRequest('Request specific response headers cannot be used for anonymous GET requests.');
  }
  const { version } = findVersion(bucket, key, input.VersionId, 'GET');
  const body = version.body;
  if (!body) throw noSuchKey(key);
  checkCustomerKey(version, input);
  checkRead(version, input, s3.world.clock.now());
  const range =
    input.PartNumber === undefined
      ? rangeOf(input.Range, body.size)
      : partRange(version, body.size, input.PartNumber, input.Range);
  return { bucket, version, body, range };
}

/** Who may not list a bucket is not told that a key is not there. */
function openForReading(s3: S3, input: Input, call: Call, key: string): Bucket {
  const bucket = openBucket(s3, input, call, input.VersionId === undefined ? 'GetObject' : 'GetObjectVersion', key);
  if (bucket.objects.get(key) || call.caller.account === bucket.account) return bucket;
  try {
    return openBucket(s3, input, call, 'ListBucket');
  } catch {
    throw accessDenied();
  }
}

export function checkCustomerKey({ encryption }: Version, input: EncryptionInput): void {
  const wrongKey = () =>
    accessDenied(
      'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.',
    );
  if (input.SSECustomerKey !== undefined && input.SSECustomerKeyMD5 === undefined) throw wrongKey();
  const given = customerKeyOf(input);
  if (encryption.algorithm !== 'customer') {
    if (given) throw invalidRequest('The encryption parameters are not applicable to this object.');
    return;
  }
  if (!given) {
    throw invalidRequest(
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    );
  }
  if (given.keyMd5 !== encryption.keyMd5) throw wrongKey();
}

export const isArchived = ({ storageClass, restored }: Version, now: number): boolean =>
  (storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE') && !(restored && restored.until > now);

function tell(bucket: Bucket, input: Input, version: Version, body: Body, range: Range | undefined, now: number) {
  const { description } = version;
  const whole = range === undefined || range.to - range.from === body.size;
  return {
    ...description,
    ...responseOverrides(input),
    AcceptRanges: 'bytes',
    LastModified: seconds(version.modified),
    ContentLength: range ? range.to - range.from : body.size,
    ETag: `"${version.etag}"`,
    ...(range && { $metadata: { httpStatusCode: 206 } }),
    ...(range && { ContentRange: `bytes ${range.from}-${range.to - 1}/${body.size}` }),
    ...(input.PartNumber !== undefined && version.parts && { PartsCount: version.parts.length }),
    ...(input.ChecksumMode?.toUpperCase() === 'ENABLED' && checksumFor(version, input.PartNumber, whole)),
    ...shownEncryption(version.encryption),
    ...shownClass(version.storageClass),
    ...shownId(bucket, version),
    ...shownLock(version.lock),
    ...(version.tags.size > 0 && { TagCount: version.tags.size }),
    ...(version.restored && { Restore: restoreText(version.restored.until, now) }),
    // AWS tells it of the current version alone, and only where no version was asked for.
    ...(input.VersionId === undefined && expiration(bucket, input.Key ?? '', version)),
  };
}

/** Of one part, its own; of any other piece, none. */
function checksumFor({ checksum, parts }: Version, number: number | undefined, whole: boolean) {
  const part = number === undefined ? undefined : parts?.find((one) => one.number === number);
  if (part && checksum?.type === 'COMPOSITE') return { ...checksumValue(part.checksum), ChecksumType: checksum.type };
  return whole ? checksumMembers(checksum) : {};
}

const restoreText = (until: number, now: number): string =>
  until > now ? `ongoing-request="false", expiry-date="${new Date(until).toUTCString()}"` : 'ongoing-request="true"';

const overridable = [
  ['ResponseCacheControl', 'CacheControl'],
  ['ResponseContentDisposition', 'ContentDisposition'],
  ['ResponseContentEncoding', 'ContentEncoding'],
  ['ResponseContentLanguage', 'ContentLanguage'],
  ['ResponseContentType', 'ContentType'],
  ['ResponseExpires', 'Expires'],
] as const;

/** ResponseCacheControl is `response-cache-control`. */
const notLatin = (name: string, value: string) => {
  const parameter = name.replaceAll(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
  return invalidArgument('Header value cannot be represented using ISO-8859-1.', parameter, value);
};

const overrides = (input: Input): boolean => overridable.some(([name]) => input[name] !== undefined);

function responseOverrides(input: Input): Record<string, unknown> {
  return Object.fromEntries(
    overridable.flatMap(([name, member]) => {
      const value = input[name];
      if (typeof value === 'string' && !/^[\t\u0020-\u00ff]*$/.test(value)) throw notLatin(name, value);
      return value === undefined ? [] : [[member, value]];
    }),
  );
}
