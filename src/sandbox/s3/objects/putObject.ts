// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
import type { PutObjectCommandInput, PutObjectOutput } from '@aws-sdk/client-s3';
import type { Call } from '../../service.ts';
import { requestedObjectAcl } from '../acl/requestedAcl.ts';
import type { Bucket } from '../bucket.ts';
import { checksumMembers } from '../checksum/shown.ts';
import { lockOf } from '../lock/lock.ts';
import { notify } from '../notify/notify.ts';
import { openBucket, type S3 } from '../s3.ts';
import { expirationOf } from '../settings/lifecycleSettings.ts';
import { headerTags } from '../settings/tags.ts';
import { checkWrite } from './conditions.ts';
import { checkKey, describe, encryptionOf, shownEncryption, storageClassOf } from './describe.ts';
import { takeIn, type IntakeInput } from './intake.ts';
import type { Version } from './version.ts';
import { addVersion, nextVersionId, writtenId } from './versions.ts';

/** The wire gives the body as a stream of its own. */
type Input = Omit<PutObjectCommandInput, 'Body'> & IntakeInput;

export async function putObject(s3: S3, input: Input, call: Call, event = 'ObjectCreated:Put') {
  const key = checkKey(input.Key ?? '');
  const bucket = openBucket(s3, input, call, 'PutObject', key);
  checkWrite(bucket, key, input);
  const facts = {
    description: describe(input),
    storageClass: storageClassOf(input.StorageClass),
    encryption: encryptionOf(input, bucket),
    tags: headerTags(input.Tagging),
    acl: requestedObjectAcl(input, bucket, call.account),
    lock: lockOf(input, bucket, s3.world.clock.now()),
  };
  const taken = await takeIn(s3, input);
  const version: Version = {
    ...facts,
    id: nextVersionId(s3, bucket),
    modified: s3.world.clock.now(),
    body: taken.body,
    etag: taken.etag,
    checksum: taken.checksum,
    parts: undefined,
    owner: call.account,
    restored: undefined,
  };
  // While the body came, others may have written: conditions hold at the moment of writing, and the bucket must still be there.
  try {
    openBucket(s3, input, call, 'PutObject', key);
    checkWrite(bucket, key, input);
  } catch (thrown) {
    s3.store.release(taken.body);
    throw thrown;
  }
  addVersion(s3, bucket, key, version);
  await notify(s3, bucket, call, { name: event, key, version });
  return answer(bucket, key, version);
}

const answer = (bucket: Bucket, key: string, version: Version): PutObjectOutput => ({
  ETag: `"${version.etag}"`,
  ...shownEncryption(version.encryption),
  ...checksumMembers(version.checksum),
  ...writtenId(version),
  ...expiration(bucket, key, version),
});

export function expiration(bucket: Bucket, key: string, version: Version): { Expiration?: string } {
  const { modified, tags, body } = version;
  const text = expirationOf(bucket.settings.lifecycle?.Rules, { key, modified, tags, size: body?.size ?? 0 });
  return text === undefined ? {} : { Expiration: text };
}
