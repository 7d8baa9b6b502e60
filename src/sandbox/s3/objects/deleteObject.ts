// Deleting an object, a version, or many at once.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
import type {
  _Error as Refused,
  DeletedObject,
  DeleteObjectCommandInput,
  DeleteObjectsCommandInput,
  DeleteObjectsOutput,
  ObjectIdentifier,
} from '@aws-sdk/client-s3';
import { AwsError, type Call } from '../../service.ts';
import { authorize } from '../access/authorize.ts';
import { emptyBody } from '../bodies/body.ts';
import type { Bucket } from '../bucket.ts';
import { malformedXml, noSuchVersion, notImplementedHeader, preconditionFailed } from '../errors.ts';
import { checkBypass, checkUnlocked } from '../lock/lock.ts';
import { notify } from '../notify/notify.ts';
import { openBucket, type S3 } from '../s3.ts';
import { fits } from './conditions.ts';
import { checkVersionId } from './findVersion.ts';
import { isVersionId } from './versionId.ts';
import { current, isMarker, type Version } from './version.ts';
import { addVersion, deleteMarker, removeVersion, shownId } from './versions.ts';

interface Deleted {
  /** The version that went, or the marker that came. */
  readonly version: Version | undefined;
  readonly madeMarker: boolean;
}

interface Options {
  readonly bypass: boolean;
  readonly match: string | undefined;
}

export async function deleteObject(s3: S3, input: DeleteObjectCommandInput, call: Call) {
  const key = input.Key ?? '';
  const bucket = openBucket(s3, input, call, actionOf(input.VersionId), key);
  if (input.IfMatchLastModifiedTime) throw notImplementedHeader('x-amz-if-match-last-modified-time');
  if (input.IfMatchSize !== undefined) throw notImplementedHeader('x-amz-if-match-size');
  checkBypass(bucket, input.BypassGovernanceRetention);
  if (input.VersionId !== undefined) checkVersionId(bucket, input.VersionId);
  const options = { bypass: input.BypassGovernanceRetention ?? false, match: input.IfMatch };
  const { version, madeMarker } = await deleteOne(s3, bucket, key, input.VersionId, call, options);
  if (!version) return {};
  const marker = madeMarker || (input.VersionId !== undefined && isMarker(version));
  return { ...(marker && { DeleteMarker: true }), ...shownId(bucket, version) };
}

const actionOf = (versionId: string | undefined): string =>
  versionId === undefined ? 'DeleteObject' : 'DeleteObjectVersion';

async function deleteOne(
  s3: S3,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
  call: Call,
  { bypass, match }: Options,
): Promise<Deleted> {
  const entry = bucket.objects.get(key);
  const now = s3.world.clock.now();
  const there = versionId === undefined ? current(entry) : entry?.versions.find(({ id }) => id === versionId);
  if (match !== undefined && there && !isMarker(there) && match !== '*' && !fits(match, there)) {
    throw preconditionFailed('If-Match');
  }
  if (versionId === undefined && bucket.settings.versioning !== undefined) {
    const marker = deleteMarker(s3, bucket);
    addVersion(s3, bucket, key, marker);
    await notify(s3, bucket, call, { name: 'ObjectRemoved:DeleteMarkerCreated', key, version: marker });
    return { version: marker, madeMarker: true };
  }
  if (!there) {
    // What was not there is told of as deleted all the same.
    const nothing = { ...deleteMarker(s3, bucket), body: emptyBody() };
    if (versionId === undefined)
      await notify(s3, bucket, call, { name: 'ObjectRemoved:Delete', key, version: nothing });
    return { version: undefined, madeMarker: false };
  }
  checkUnlocked(there, bypass, now);
  removeVersion(s3, bucket, key, there.id);
  await notify(s3, bucket, call, { name: 'ObjectRemoved:Delete', key, version: there });
  return { version: there, madeMarker: false };
}

export async function deleteObjects(
  s3: S3,
  input: DeleteObjectsCommandInput,
  call: Call,
): Promise<DeleteObjectsOutput> {
  const bucket = openBucket(s3, input, call, 'ListBucket');
  const { Objects: objects = [], Quiet: quiet = false } = input.Delete ?? {};
  if (objects.length === 0 || objects.length > 1000) throw malformedXml();
  checkBypass(bucket, input.BypassGovernanceRetention);
  const deleted: DeletedObject[] = [];
  const errors: Refused[] = [];
  for (const object of objects) {
    try {
      deleted.push(await deleteListed(s3, bucket, object, call, input.BypassGovernanceRetention ?? false));
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      const { Key: key, VersionId: version } = object;
      errors.push({
        ...(key !== undefined && { Key: key }),
        ...(version !== undefined && { VersionId: version }),
        Code: thrown.code,
        Message: thrown.message,
      });
    }
  }
  return { ...(!quiet && deleted.length > 0 && { Deleted: deleted }), ...(errors.length > 0 && { Errors: errors }) };
}

async function deleteListed(
  s3: S3,
  bucket: Bucket,
  { Key: key = '', VersionId: versionId, ETag: match }: ObjectIdentifier,
  call: Call,
  bypass: boolean,
): Promise<DeletedObject> {
  authorize(s3, bucket, call, actionOf(versionId), key, { VersionId: versionId });
  const kept = bucket.settings.versioning !== undefined;
  if (versionId !== undefined && (!isVersionId(versionId) || (!kept && versionId !== 'null'))) {
    throw noSuchVersion(key, versionId);
  }
  const { version, madeMarker } = await deleteOne(s3, bucket, key, versionId, call, { bypass, match });
  const marker = version && isMarker(version);
  return {
    Key: key,
    ...(versionId !== undefined && { VersionId: versionId }),
    ...(marker && { DeleteMarker: true }),
    ...(marker && (madeMarker || versionId !== undefined) && { DeleteMarkerVersionId: version.id }),
  };
}
