// The version that a request means, or AWS's refusal: each way of not being there has its own.
import type { Bucket } from '../bucket.ts';
import { invalidVersionId, markerNotAllowed, noSuchKey, noSuchVersion } from '../errors.ts';
import { isVersionId } from './versionId.ts';
import { current, isMarker, seconds, type KeyEntry, type Version } from './version.ts';

export interface Found {
  readonly entry: KeyEntry;
  readonly version: Version;
}

/** `versionId` undefined: the newest. @throws NoSuchKey, NoSuchVersion, InvalidArgument, MethodNotAllowed */
export function findVersion(
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
  method: string,
  /** A deleted object is not missing, it is the wrong thing to ask about. */
  tellsMarkers = method !== 'GET',
): Found {
  const entry = bucket.objects.get(key);
  if (versionId !== undefined) checkVersionId(bucket, versionId);
  if (versionId === undefined) {
    const version = current(entry);
    if (!entry || !version) throw noSuchKey(key);
    if (!isMarker(version)) return { entry, version };
    if (tellsMarkers) throw markerNotAllowed(method, markerHeaders(version));
    throw noSuchKey(key, markerHeaders(version));
  }
  const version = entry?.versions.find(({ id }) => id === versionId);
  if (!entry || !version) throw noSuchVersion(key, versionId);
  if (isMarker(version)) {
    const modified = { 'Last-Modified': seconds(version.modified).toUTCString(), Allow: 'DELETE' };
    throw markerNotAllowed(method, { ...markerHeaders(version), ...modified });
  }
  return { entry, version };
}

/** Where versions were never kept, any id but 'null' is none. */
export function checkVersionId(bucket: Bucket, versionId: string): void {
  const kept = bucket.settings.versioning !== undefined;
  if (versionId === '' || !isVersionId(versionId) || (!kept && versionId !== 'null')) throw invalidVersionId(versionId);
}

const markerHeaders = ({ id }: Version): Record<string, string> => ({
  'x-amz-delete-marker': 'true',
  'x-amz-version-id': id,
});
