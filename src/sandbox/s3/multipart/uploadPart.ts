// https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html and UploadPartCopy
import type {
  UploadPartCommandInput,
  UploadPartCopyCommandInput,
  UploadPartCopyOutput,
  UploadPartOutput,
} from '@aws-sdk/client-s3';
import type { Call } from '../../service.ts';
import type { Bucket } from '../bucket.ts';
import type { Algorithm } from '../checksum/checksums.ts';
import { checksumValue } from '../checksum/shown.ts';
import { invalidArgument, invalidRequest, noSuchUpload } from '../errors.ts';
import { openCopySource } from '../objects/copySource.ts';
import { customerKeyOf, shownEncryption, type EncryptionInput } from '../objects/describe.ts';
import { namedAlgorithm, saidChecksum, takeIn, type Intake, type IntakeInput } from '../objects/intake.ts';
import { copyRange } from '../objects/ranges.ts';
import { seconds } from '../objects/version.ts';
import { openBucket, type S3 } from '../s3.ts';
import type { Upload, UploadPart } from './upload.ts';

/** The wire gives the body as a stream of its own. */
type PartInput = Omit<UploadPartCommandInput, 'Body'> & IntakeInput;

export async function uploadPart(s3: S3, input: PartInput, call: Call): Promise<UploadPartOutput> {
  const { bucket, upload } = openUpload(s3, input, call, 'PutObject');
  const number = partNumber(input.PartNumber);
  checkEncryption(upload, input);
  const said = saidChecksum(input)?.algorithm ?? namedAlgorithm(input.ChecksumAlgorithm);
  checkAlgorithm(upload, said);
  const taken = await takeIn(s3, input, upload.algorithm ?? 'CRC64NVME');
  keep(s3, bucket, upload, number, taken);
  return {
    ETag: `"${taken.etag}"`,
    ...shownEncryption(upload.encryption),
    ...(taken.named && checksumValue(taken.checksum)),
  };
}

export async function uploadPartCopy(
  s3: S3,
  input: UploadPartCopyCommandInput,
  call: Call,
): Promise<UploadPartCopyOutput> {
  const { bucket, upload } = openUpload(s3, input, call, 'PutObject');
  const number = partNumber(input.PartNumber);
  checkEncryption(upload, input);
  const source = openCopySource(s3, input, call);
  const body = source.version.body;
  const { from, to } = copyRange(input.CopySourceRange, body?.size ?? 0);
  const read = body ? s3.store.read(body, from, to) : new Uint8Array();
  const taken = await takeIn(s3, { Body: read }, upload.algorithm ?? 'CRC64NVME');
  const part = keep(s3, bucket, upload, number, taken);
  return {
    CopyPartResult: {
      ETag: `"${part.etag}"`,
      LastModified: seconds(part.modified),
      ...(upload.algorithm && checksumValue(part.checksum)),
    },
    ...(source.version.id !== 'null' && { CopySourceVersionId: source.version.id }),
    ...shownEncryption(upload.encryption),
  };
}

interface Named {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly UploadId?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** @throws NoSuchUpload */
export function openUpload(s3: S3, input: Named, call: Call, action: string): { bucket: Bucket; upload: Upload } {
  const bucket = openBucket(s3, input, call, action, input.Key);
  const upload = bucket.uploads.get(input.UploadId ?? '');
  if (!upload || upload.key !== input.Key) throw noSuchUpload(input.UploadId ?? '');
  return { bucket, upload };
}

function partNumber(number: number | undefined): number {
  if (number !== undefined && Number.isInteger(number) && number >= 1 && number <= 10_000) return number;
  throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', String(number));
}

function checkAlgorithm({ algorithm }: Upload, said: Algorithm | undefined): void {
  if (algorithm === undefined || said === undefined || said === algorithm) return;
  const names = [algorithm, said].map((name) => name.toLowerCase());
  throw invalidRequest(
    `Checksum Type mismatch occurred, expected checksum Type: ${names[0]}, actual checksum Type: ${names[1]}`,
  );
}

function checkEncryption({ encryption }: Upload, input: EncryptionInput): void {
  const given = customerKeyOf(input);
  if ((given === undefined) !== (encryption.algorithm !== 'customer')) {
    throw invalidRequest(
      'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
    );
  }
  if (given && given.keyMd5 !== encryption.keyMd5) {
    throw invalidRequest('The provided encryption parameters did not match the ones used originally.');
  }
}

/** A part sent again takes the place of the first. The upload may have ended while the bytes came. */
function keep(s3: S3, bucket: Bucket, upload: Upload, number: number, { body, etag, checksum }: Intake): UploadPart {
  if (bucket.uploads.get(upload.id) !== upload || s3.buckets.get(bucket.name) !== bucket) {
    s3.store.release(body);
    throw noSuchUpload(upload.id);
  }
  const part: UploadPart = { number, body, etag, checksum, modified: s3.world.clock.now() };
  s3.store.release(upload.parts.get(number)?.body);
  upload.parts.set(number, part);
  s3.world.changed();
  return part;
}
