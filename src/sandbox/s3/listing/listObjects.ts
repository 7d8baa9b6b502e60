// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html and its forerunner ListObjects
import type {
  ListObjectsCommandInput,
  ListObjectsOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2Output,
  _Object as ListedObject,
} from '@aws-sdk/client-s3';
import type { Answered, Call } from '../../service.ts';
import type { Bucket } from '../bucket.ts';
import { invalidArgument } from '../errors.ts';
import { current, isMarker, seconds, type KeyEntry } from '../objects/version.ts';
import { ownerOf } from '../objects/versions.ts';
import { openBucket, type S3 } from '../s3.ts';
import { encoder, pageSize } from './pageInput.ts';
import { readToken, writeToken } from './token.ts';
import { walk, type WalkPage } from './walk.ts';

/** Clients learn from it where a bucket is. */
const regionHeader = ({ region }: Bucket): Answered => ({
  $metadata: { httpHeaders: { 'x-amz-bucket-region': region } },
});

const isThere = (entry: KeyEntry): boolean => {
  const version = current(entry);
  return version !== undefined && !isMarker(version);
};

export function listObjectsV2(s3: S3, input: ListObjectsV2CommandInput, call: Call): ListObjectsV2Output & Answered {
  const bucket = openBucket(s3, input, call, 'ListBucket');
  const { Prefix: prefix = '', Delimiter: delimiter = '', StartAfter: startAfter, ContinuationToken: token } = input;
  const encode = encoder(input.EncodingType);
  const most = pageSize(input.MaxKeys, 'max-keys');
  if (token === '') throw invalidArgument('The continuation token provided is incorrect', 'continuation-token');
  const after = token === undefined ? (startAfter ?? '') : readToken(token);
  const page = walk(bucket.objects, { prefix, delimiter, after, most, shows: isThere });
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    ...(input.Delimiter && { Delimiter: encode(delimiter) }),
    ...(input.EncodingType && { EncodingType: input.EncodingType }),
    ...(startAfter && token === undefined && { StartAfter: encode(startAfter) }),
    ...(token !== undefined && { ContinuationToken: token }),
    MaxKeys: most,
    KeyCount: page.items.length,
    IsTruncated: page.truncated,
    ...(page.truncated && { NextContinuationToken: writeToken(page.last ?? '') }),
    ...contents(page, encode, input.FetchOwner ?? false),
    ...regionHeader(bucket),
  };
}

export function listObjects(s3: S3, input: ListObjectsCommandInput, call: Call): ListObjectsOutput & Answered {
  const bucket = openBucket(s3, input, call, 'ListBucket');
  const { Prefix: prefix = '', Delimiter: delimiter = '', Marker: after = '' } = input;
  const encode = encoder(input.EncodingType);
  const most = pageSize(input.MaxKeys, 'max-keys');
  const page = walk(bucket.objects, { prefix, delimiter, after, most, shows: isThere });
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    Marker: encode(after),
    ...(input.Delimiter && { Delimiter: encode(delimiter) }),
    ...(input.EncodingType && { EncodingType: input.EncodingType }),
    MaxKeys: most,
    IsTruncated: page.truncated,
    // Without a delimiter the last key says it already.
    ...(page.truncated && delimiter !== '' && { NextMarker: encode(page.last ?? '') }),
    ...contents(page, encode, true),
    ...regionHeader(bucket),
  };
}

function contents({ items }: WalkPage, encode: (text: string) => string, owners: boolean) {
  const objects = items.filter((item) => typeof item !== 'string');
  const prefixes = items.filter((item) => typeof item === 'string');
  return {
    ...(objects.length > 0 && { Contents: objects.flatMap((entry) => listed(entry, encode, owners)) }),
    ...(prefixes.length > 0 && { CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })) }),
  };
}

function listed(entry: KeyEntry, encode: (text: string) => string, owners: boolean): ListedObject[] {
  const version = current(entry);
  if (!version?.body) return [];
  const { etag, checksum, storageClass, modified, body } = version;
  return [
    {
      Key: encode(entry.key),
      LastModified: seconds(modified),
      ETag: `"${etag}"`,
      ...(checksum && { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type }),
      Size: body.size,
      StorageClass: storageClass,
      ...(owners && { Owner: ownerOf(version) }),
    },
  ];
}
