// `x-amz-copy-source`: a bucket, a key and perhaps a version, and the right to read it.
import type { Call } from '../../service.ts';
import type { Bucket } from '../bucket.ts';
import { invalidArgument, invalidRequest, noSuchKey, noSuchVersion } from '../errors.ts';
import { openBucket, type S3 } from '../s3.ts';
import { checkCopySource, type CopyConditions } from './conditions.ts';
import { isVersionId } from './versionId.ts';
import { checkCustomerKey, isArchived } from './getObject.ts';
import { current, isMarker, type Version } from './version.ts';
import { refuse } from '../errors.ts';

export interface CopyInput extends CopyConditions {
  readonly CopySource?: string | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
  readonly CopySourceSSECustomerAlgorithm?: string | undefined;
  readonly CopySourceSSECustomerKey?: string | undefined;
  readonly CopySourceSSECustomerKeyMD5?: string | undefined;
}

export interface CopySource {
  readonly bucket: Bucket;
  readonly key: string;
  readonly version: Version;
}

export function openCopySource(s3: S3, input: CopyInput, call: Call): CopySource {
  const { name, key, versionId } = parse(input.CopySource ?? '');
  const asked = { Bucket: name, ExpectedBucketOwner: input.ExpectedSourceBucketOwner };
  const bucket = openBucket(
    s3,
    asked,
    { ...call, region: s3.buckets.get(name)?.region ?? call.region },
    'GetObject',
    key,
  );
  const version = versionOf(bucket, key, versionId);
  checkCustomerKey(version, {
    SSECustomerAlgorithm: input.CopySourceSSECustomerAlgorithm,
    SSECustomerKey: input.CopySourceSSECustomerKey,
    SSECustomerKeyMD5: input.CopySourceSSECustomerKeyMD5,
  });
  checkCopySource(version, input, s3.world.clock.now());
  if (isArchived(version, s3.world.clock.now())) {
    throw refuse(
      'ObjectNotInActiveTierError',
      'The source object of the COPY action is not in the active tier and is only stored in Amazon S3 Glacier',
      403,
    );
  }
  return { bucket, key, version };
}

function parse(source: string): { name: string; key: string; versionId: string | undefined } {
  const [path = '', query = ''] = source.split('?versionId=', 2);
  const text = decode(path.replace(/^\//, ''));
  const slash = text.indexOf('/');
  if (slash <= 0 || slash === text.length - 1) {
    throw invalidArgument('Invalid copy source object key', 'x-amz-copy-source', 'x-amz-copy-source');
  }
  return {
    name: text.slice(0, slash),
    key: text.slice(slash + 1),
    versionId: source.includes('?versionId=') ? decode(query) : undefined,
  };
}

/** As a form encodes it: a plus sign is a space. Bad escapes stand for themselves. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function versionOf(bucket: Bucket, key: string, versionId: string | undefined): Version {
  const entry = bucket.objects.get(key);
  if (versionId === undefined) {
    const version = current(entry);
    if (!version || isMarker(version)) throw noSuchKey(key);
    return version;
  }
  if (!isVersionId(versionId)) throw invalidArgument('Invalid version id specified', 'versionId', versionId);
  const version = entry?.versions.find(({ id }) => id === versionId);
  if (!version) throw noSuchVersion(key, versionId);
  if (isMarker(version)) {
    throw invalidRequest('The source of a copy request may not specifically refer to a delete marker by version id.');
  }
  return version;
}
