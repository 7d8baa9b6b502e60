// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html
import type { GetObjectAttributesCommandInput, GetObjectAttributesOutput } from '@aws-sdk/client-s3';
import type { Call } from '../../service.ts';
import type { Checksum } from '../checksum/checksums.ts';
import { checksumMembers, checksumValue } from '../checksum/shown.ts';
import { invalidArgument, invalidRequest } from '../errors.ts';
import { openBucket, type S3 } from '../s3.ts';
import { findVersion } from './findVersion.ts';
import { checkCustomerKey } from './getObject.ts';
import { seconds, type Version } from './version.ts';
import { shownId } from './versions.ts';

const known = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];

export function getObjectAttributes(
  s3: S3,
  input: GetObjectAttributesCommandInput,
  call: Call,
): GetObjectAttributesOutput {
  const bucket = openBucket(s3, input, call, 'GetObjectAttributes', input.Key);
  const wanted: readonly string[] = input.ObjectAttributes ?? [];
  if (wanted.length === 0) {
    throw invalidRequest(
      'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty',
    );
  }
  if (wanted.some((name) => !known.includes(name))) {
    throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes');
  }
  const { version } = findVersion(bucket, input.Key ?? '', input.VersionId, 'GET');
  checkCustomerKey(version, input);
  const parts = wanted.includes('ObjectParts') ? partsOf(version, input) : undefined;
  return {
    LastModified: seconds(version.modified),
    ...shownId(bucket, version),
    ...(wanted.includes('ETag') && { ETag: version.etag }),
    ...(wanted.includes('Checksum') && version.checksum && { Checksum: bareChecksum(version.checksum) }),
    ...(parts && { ObjectParts: parts }),
    ...(wanted.includes('StorageClass') && { StorageClass: version.storageClass }),
    ...(wanted.includes('ObjectSize') && { ObjectSize: version.body?.size ?? 0 }),
  };
}

/** Without the number of parts. */
const bareChecksum = (checksum: Checksum) =>
  checksumMembers({ ...checksum, value: checksum.value.replace(/-\d+$/, '') });

/** Parts are listed one by one only where each came with its own checksum. */
function partsOf(
  { parts, checksum }: Version,
  { MaxParts: most = 1000, PartNumberMarker: marker = '0' }: GetObjectAttributesCommandInput,
): GetObjectAttributesOutput['ObjectParts'] {
  if (!parts) return undefined;
  if (checksum?.type !== 'COMPOSITE') return { TotalPartsCount: parts.length };
  const after = parts.filter(({ number }) => number > Number(marker));
  const page = after.slice(0, most);
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: marker,
    NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
    MaxParts: most,
    IsTruncated: page.length < after.length,
    Parts: page.map((part) => ({ PartNumber: part.number, Size: part.size, ...checksumValue(part.checksum) })),
  };
}
