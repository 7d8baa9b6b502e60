// Archived objects brought back for some days: at once in the sandbox, where AWS takes hours.
import type { RestoreObjectCommandInput } from '@aws-sdk/client-s3';
import type { Call } from '../../service.ts';
import { malformedXml, refuse } from '../errors.ts';
import { notify } from '../notify/notify.ts';
import { openBucket, touched, type S3 } from '../s3.ts';
import { findVersion } from './findVersion.ts';

const day = 24 * 3600 * 1000;

export async function restoreObject(s3: S3, input: RestoreObjectCommandInput, call: Call) {
  const key = input.Key ?? '';
  const bucket = openBucket(s3, input, call, 'RestoreObject', key);
  const { version } = findVersion(bucket, key, input.VersionId, 'POST');
  if (version.storageClass !== 'GLACIER' && version.storageClass !== 'DEEP_ARCHIVE') {
    throw refuse('InvalidObjectState', "Restore is not allowed for the object's current storage class", 403, {
      StorageClass: version.storageClass,
    });
  }
  const days = input.RestoreRequest?.Days;
  if (days === undefined || days < 1) throw malformedXml();
  const now = s3.world.clock.now();
  const again = version.restored !== undefined && version.restored.until > now;
  version.restored = { until: Math.ceil((now + days * day) / day) * day };
  touched(s3, bucket, key);
  await notify(s3, bucket, call, { name: 'ObjectRestore:Post', key, version });
  await notify(s3, bucket, call, { name: 'ObjectRestore:Completed', key, version });
  return { $metadata: { httpStatusCode: again ? 200 : 202 } };
}
