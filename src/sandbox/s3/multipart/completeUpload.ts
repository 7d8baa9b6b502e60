// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
import { createHash } from 'node:crypto';
import type {
  CompletedPart,
  CompleteMultipartUploadCommandInput,
  CompleteMultipartUploadOutput,
} from '@aws-sdk/client-s3';
import type { Call } from '../../service.ts';
import { joined } from '../bodies/body.ts';
import { algorithms, composite, memberOf, type Algorithm, type Checksum } from '../checksum/checksums.ts';
import { combine } from '../checksum/combine.ts';
import { checksumMembers } from '../checksum/shown.ts';
import { invalidRequest, noSuchUpload, refuse } from '../errors.ts';
import { notify } from '../notify/notify.ts';
import { checkWrite } from '../objects/conditions.ts';
import { shownEncryption } from '../objects/describe.ts';
import { badChecksum, sumOf } from '../objects/intake.ts';
import { expiration } from '../objects/putObject.ts';
import type { Version } from '../objects/version.ts';
import { addVersion, nextVersionId, writtenId } from '../objects/versions.ts';
import type { S3 } from '../s3.ts';
import type { Upload, UploadPart } from './upload.ts';
import { openUpload } from './uploadPart.ts';

const smallest = 5 * 1024 * 1024;
type Input = CompleteMultipartUploadCommandInput;

export async function completeUpload(s3: S3, input: Input, call: Call): Promise<CompleteMultipartUploadOutput> {
  const { bucket, upload } = openUpload(s3, input, call, 'PutObject');
  const { key } = upload;
  checkWrite(bucket, key, input);
  checkUndisturbed(upload, input);
  checkMode(upload, input.ChecksumType);
  const parts = chosenParts(upload, input.MultipartUpload?.Parts ?? []);
  checkSize(parts, input.MpuObjectSize);
  const checksum = await checksumOf(s3, upload, parts, input);
  if (bucket.uploads.get(upload.id) !== upload) throw noSuchUpload(upload.id);
  bucket.uploads.delete(upload.id);
  for (const part of upload.parts.values()) if (!parts.includes(part)) s3.store.release(part.body);
  const version: Version = {
    id: nextVersionId(s3, bucket),
    modified: s3.world.clock.now(),
    body: joined(parts.map(({ body }) => body)),
    etag: etagOf(parts),
    description: upload.description,
    storageClass: upload.storageClass,
    encryption: upload.encryption,
    checksum,
    parts: parts.map(({ number, body, checksum: own }) => ({ number, size: body.size, checksum: own })),
    owner: upload.initiator,
    tags: upload.tags,
    acl: upload.acl,
    lock: upload.lock,
    restored: undefined,
  };
  addVersion(s3, bucket, key, version);
  await notify(s3, bucket, call, { name: 'ObjectCreated:CompleteMultipartUpload', key, version });
  return {
    Location: `${call.endpoint}/${bucket.name}/${encodeURIComponent(key).replaceAll('%2F', '/')}`,
    Bucket: bucket.name,
    Key: key,
    ETag: `"${version.etag}"`,
    ...checksumMembers(checksum),
    ...shownEncryption(version.encryption),
    ...writtenId(version),
    ...expiration(bucket, key, version),
  };
}

/** @throws ConditionalRequestConflict where the object was written or deleted after the upload began */
function checkUndisturbed({ disturbed, key }: Upload, { IfMatch, IfNoneMatch }: Input): void {
  const condition = IfMatch === undefined ? (IfNoneMatch === undefined ? undefined : 'If-None-Match') : 'If-Match';
  if (!disturbed || condition === undefined) return;
  const message = 'The conditional request cannot succeed due to a conflicting operation against this resource.';
  throw refuse('ConditionalRequestConflict', message, 409, { Condition: condition, Key: key });
}

function etagOf(parts: readonly UploadPart[]): string {
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(etag, 'hex');
  return `${hash.digest('hex')}-${parts.length}`;
}

/** @throws InvalidRequest, InvalidPart, InvalidPartOrder, EntityTooSmall */
function chosenParts(upload: Upload, listed: readonly CompletedPart[]): UploadPart[] {
  if (listed.length === 0) throw invalidRequest('You must specify at least one part');
  const inOrder = listed.every(({ PartNumber: number = 0 }, index) => number > (listed[index - 1]?.PartNumber ?? 0));
  if (!inOrder) {
    const message = 'The list of parts was not in ascending order. Parts must be ordered by part number.';
    throw refuse('InvalidPartOrder', message, 400, { UploadId: upload.id });
  }
  const parts = listed.map((part) => chosenPart(upload, part));
  const small = parts.slice(0, -1).find(({ body }) => body.size < smallest);
  if (small) {
    throw refuse('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
      ProposedSize: String(small.body.size),
      MinSizeAllowed: String(smallest),
      PartNumber: String(small.number),
      ETag: small.etag,
    });
  }
  return parts;
}

function chosenPart(upload: Upload, listed: CompletedPart): UploadPart {
  const number = listed.PartNumber ?? 0;
  const etag = listed.ETag?.replace(/^"(.*)"$/, '$1') ?? '';
  const part = upload.parts.get(number);
  const { algorithm } = upload;
  const said = algorithms.find((one) => listed[memberOf(one)] !== undefined);
  if (upload.checksumType === 'COMPOSITE' && algorithm && said === undefined) {
    throw invalidRequest(
      `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
    );
  }
  const fits =
    said === undefined || (said === part?.checksum?.algorithm && listed[memberOf(said)] === part.checksum.value);
  if (part?.etag === etag && fits) return part;
  if (part?.etag === etag && said !== undefined && algorithm !== undefined && part.checksum?.algorithm !== said) {
    throw refuse(
      'BadDigest',
      `The ${said.toLowerCase()} you specified for part ${number} did not match what we received.`,
    );
  }
  throw refuse(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    400,
    { UploadId: upload.id, PartNumber: String(number), ETag: etag },
  );
}

function checkSize(parts: readonly UploadPart[], said: number | undefined): void {
  const size = parts.reduce((sum, { body }) => sum + body.size, 0);
  if (said === undefined || said === size) return;
  throw invalidRequest(
    `The provided 'x-amz-mp-object-size' header value ${said} does not match what was computed: ${size}`,
  );
}

function checkMode({ checksumType }: Upload, said: string | undefined): void {
  if (said === undefined || said === checksumType) return;
  throw invalidRequest(
    `The upload was created using the ${checksumType ?? 'null'} checksum mode. The complete request must use the same checksum mode.`,
  );
}

async function checksumOf(s3: S3, upload: Upload, parts: readonly UploadPart[], input: Input): Promise<Checksum> {
  const { checksumType } = upload;
  const algorithm = upload.algorithm ?? 'CRC64NVME';
  const checksum =
    checksumType === 'COMPOSITE'
      ? composite(algorithm, await Promise.all(parts.map((part) => valueOf(s3, part, algorithm))))
      : await wholeChecksum(s3, parts, algorithm);
  const said = input[memberOf(algorithm)];
  if (said !== undefined && said.replace(/-\d+$/, '') !== checksum.value.replace(/-\d+$/, '')) {
    throw badChecksum(algorithm.toLowerCase());
  }
  return checksum;
}

const valueOf = async (s3: S3, { body, checksum }: UploadPart, algorithm: Algorithm): Promise<string> =>
  checksum?.algorithm === algorithm ? checksum.value : sumOf(s3, body, algorithm);

async function wholeChecksum(s3: S3, parts: readonly UploadPart[], algorithm: Algorithm): Promise<Checksum> {
  const pieces = [];
  for (const part of parts) pieces.push({ value: await valueOf(s3, part, algorithm), size: part.body.size });
  const value = combine(algorithm, pieces) ?? '';
  return { algorithm, value, type: 'FULL_OBJECT' };
}
