// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html
import type { CreateMultipartUploadCommandInput, CreateMultipartUploadOutput } from '@aws-sdk/client-s3';
import type { Call } from '../../service.ts';
import { requestedObjectAcl } from '../acl/requestedAcl.ts';
import { isCrc, type Algorithm, type ChecksumType } from '../checksum/checksums.ts';
import { invalidRequest } from '../errors.ts';
import { lockOf } from '../lock/lock.ts';
import { checkKey, describe, encryptionOf, shownEncryption, storageClassOf } from '../objects/describe.ts';
import { namedAlgorithm } from '../objects/intake.ts';
import { freshId, openBucket, type S3 } from '../s3.ts';
import { headerTags } from '../settings/tags.ts';
import type { Upload } from './upload.ts';

export function createUpload(
  s3: S3,
  input: CreateMultipartUploadCommandInput,
  call: Call,
): CreateMultipartUploadOutput {
  const key = checkKey(input.Key ?? '');
  const bucket = openBucket(s3, input, call, 'PutObject', key);
  const algorithm = namedAlgorithm(input.ChecksumAlgorithm);
  const now = s3.world.clock.now();
  const upload: Upload = {
    id: freshId(s3, 128),
    key,
    initiated: now,
    initiator: call.account,
    description: describe(input),
    storageClass: storageClassOf(input.StorageClass),
    encryption: encryptionOf(input, bucket),
    tags: headerTags(input.Tagging),
    acl: requestedObjectAcl(input, bucket, call.account),
    lock: lockOf(input, bucket, now),
    algorithm,
    checksumType: checksumTypeOf(algorithm, input.ChecksumType),
    disturbed: false,
    parts: new Map(),
  };
  bucket.uploads.set(upload.id, upload);
  s3.world.changed();
  return {
    Bucket: bucket.name,
    Key: key,
    UploadId: upload.id,
    ...shownEncryption(upload.encryption),
    ...(algorithm && { ChecksumAlgorithm: algorithm }),
    ...(upload.checksumType && { ChecksumType: upload.checksumType }),
  };
}

/** @throws InvalidRequest */
function checksumTypeOf(algorithm: Algorithm | undefined, wanted: string | undefined): ChecksumType | undefined {
  if (algorithm === undefined) {
    if (wanted === undefined) return undefined;
    throw invalidRequest('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.');
  }
  if (wanted !== undefined && wanted !== 'COMPOSITE' && wanted !== 'FULL_OBJECT') {
    throw invalidRequest('Value for x-amz-checksum-type header is invalid.');
  }
  const type = wanted ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  if (type === 'FULL_OBJECT' ? isCrc(algorithm) : algorithm !== 'CRC64NVME') return type;
  throw invalidRequest(
    `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
  );
}
