// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
import type {
  DeleteMarkerEntry,
  ListObjectVersionsCommandInput,
  ListObjectVersionsOutput,
  ObjectVersion,
} from '@aws-sdk/client-s3';
import type { Call } from '../../service.ts';
import type { Bucket } from '../bucket.ts';
import { invalidArgument, invalidVersionId } from '../errors.ts';
import { isVersionId, placeOf } from '../objects/versionId.ts';
import { current, isMarker, seconds, type KeyEntry, type Version } from '../objects/version.ts';
import { ownerOf } from '../objects/versions.ts';
import { openBucket, type S3 } from '../s3.ts';
import { encoder, pageSize } from './pageInput.ts';
import { walk } from './walk.ts';

type Encode = (text: string) => string;

interface Page {
  readonly versions: { readonly key: string; readonly version: Version; readonly latest: boolean }[];
  readonly prefixes: string[];
  truncated: boolean;
  nextKey: string;
  nextId: string;
}

export function listVersions(s3: S3, input: ListObjectVersionsCommandInput, call: Call): ListObjectVersionsOutput {
  const bucket = openBucket(s3, input, call, 'ListBucketVersions');
  const { Prefix: prefix = '', Delimiter: delimiter = '', KeyMarker: marker = '', VersionIdMarker: idMarker } = input;
  const encode = encoder(input.EncodingType);
  const most = pageSize(input.MaxKeys, 'max-keys');
  if (idMarker && marker === '') {
    const message = 'A version-id marker cannot be specified without a key marker.';
    throw invalidArgument(message, 'version-id-marker', idMarker);
  }
  if (idMarker && !isVersionId(idMarker)) throw invalidVersionId(idMarker);
  const page = collect(bucket, { prefix, delimiter, marker, idMarker: idMarker ?? '', most });
  const { versions, prefixes, truncated, nextKey, nextId } = page;
  const markers = versions.filter(({ version }) => isMarker(version));
  const kept = versions.filter(({ version }) => !isMarker(version));
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    KeyMarker: encode(marker),
    VersionIdMarker: idMarker ?? '',
    ...(input.Delimiter && { Delimiter: encode(delimiter) }),
    ...(input.EncodingType && { EncodingType: input.EncodingType }),
    MaxKeys: most,
    IsTruncated: truncated,
    ...(truncated && { NextKeyMarker: encode(nextKey), ...(nextId && { NextVersionIdMarker: nextId }) }),
    ...(kept.length > 0 && { Versions: kept.map((one) => shownVersion(one, encode)) }),
    ...(markers.length > 0 && { DeleteMarkers: markers.map((one) => shown(one, encode)) }),
    ...(prefixes.length > 0 && { CommonPrefixes: prefixes.map((one) => ({ Prefix: encode(one) })) }),
  };
}

interface Asked {
  readonly prefix: string;
  readonly delimiter: string;
  readonly marker: string;
  readonly idMarker: string;
  readonly most: number;
}

function collect(bucket: Bucket, { prefix, delimiter, marker, idMarker, most }: Asked): Page {
  const page: Page = { versions: [], prefixes: [], truncated: false, nextKey: '', nextId: '' };
  const started = idMarker === '' ? undefined : bucket.objects.get(marker);
  if (started?.key.startsWith(prefix) && !fill(page, started, versionsAfter(started, idMarker), most)) return page;
  // One more than there is room for tells that there is more.
  const left = most === 0 ? 0 : Math.max(1, most - page.versions.length);
  const rest = walk(bucket.objects, { prefix, delimiter, after: marker, most: left, shows: () => true });
  for (const item of rest.items) {
    if (typeof item === 'string') {
      if (isFull(page, most)) return stop(page);
      page.prefixes.push(item);
      [page.nextKey, page.nextId] = [item, ''];
    } else if (!fill(page, item, item.versions, most)) return page;
  }
  if (rest.truncated) stop(page);
  return page;
}

/** What is older than this version, which may be gone by now. */
function versionsAfter({ versions }: KeyEntry, id: string): readonly Version[] {
  const at = versions.findIndex((version) => version.id === id);
  if (at >= 0) return versions.slice(at + 1);
  const place = placeOf(id);
  return versions.filter((version) => (placeOf(version.id) ?? 0) < (place ?? 0));
}

const isFull = ({ versions, prefixes }: Page, most: number): boolean => versions.length + prefixes.length >= most;

function stop(page: Page): Page {
  page.truncated = page.versions.length + page.prefixes.length > 0;
  return page;
}

/** False: the page is full. */
function fill(page: Page, entry: KeyEntry, versions: readonly Version[], most: number): boolean {
  for (const version of versions) {
    if (isFull(page, most)) {
      stop(page);
      return false;
    }
    page.versions.push({ key: entry.key, version, latest: version === current(entry) });
    [page.nextKey, page.nextId] = [entry.key, version.id];
  }
  return true;
}

type Listed = Page['versions'][number];

const shown = ({ key, version, latest }: Listed, encode: Encode): DeleteMarkerEntry => ({
  Owner: ownerOf(version),
  Key: encode(key),
  VersionId: version.id,
  IsLatest: latest,
  LastModified: seconds(version.modified),
});

const shownVersion = (one: Listed, encode: Encode): ObjectVersion => {
  const { etag, checksum, storageClass, body } = one.version;
  return {
    ETag: `"${etag}"`,
    ...(checksum && { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type }),
    Size: body?.size ?? 0,
    // The SDK's type knows one class only.
    StorageClass: storageClass as 'STANDARD',
    ...shown(one, encode),
  };
};
