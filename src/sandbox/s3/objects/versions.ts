// How versions come and go, by the bucket's versioning: kept by id, or one 'null' version that is replaced.
import type { Bucket } from '../bucket.ts';
import type { S3 } from '../s3.ts';
import { emptyDescription } from './describe.ts';
import { canonicalId } from '../names.ts';
import type { KeyEntry, Version } from './version.ts';
import { newVersionId } from './versionId.ts';

/** The id that a version written now gets. */
export const nextVersionId = (s3: S3, bucket: Bucket): string =>
  bucket.settings.versioning === 'Enabled' ? newVersionId(s3) : 'null';

/** Puts this version on top. One with the same id ('null') goes. */
export function addVersion(s3: S3, bucket: Bucket, key: string, version: Version): void {
  const entry = bucket.objects.get(key);
  if (!entry) bucket.objects.set({ key, versions: [version] });
  else {
    dropId(s3, entry, version.id);
    entry.versions.unshift(version);
    bucket.objects.touch(key);
  }
  disturb(bucket, key);
  s3.world.changed();
}

/** Forgets one version for good; with the last of them the key goes. */
export function removeVersion(s3: S3, bucket: Bucket, key: string, id: string): void {
  const entry = bucket.objects.get(key);
  if (!entry) return;
  dropId(s3, entry, id);
  if (entry.versions.length === 0) bucket.objects.delete(key);
  else bucket.objects.touch(key);
  disturb(bucket, key);
  s3.world.changed();
}

/** Uploads to this key that set conditions have to begin again. */
function disturb({ uploads }: Bucket, key: string): void {
  for (const upload of uploads.values()) if (upload.key === key) upload.disturbed = true;
}

function dropId(s3: S3, { versions }: KeyEntry, id: string): void {
  const at = versions.findIndex((version) => version.id === id);
  if (at < 0) return;
  const [gone] = versions.splice(at, 1);
  s3.store.release(gone?.body);
}

export const deleteMarker = (s3: S3, bucket: Bucket): Version => ({
  id: nextVersionId(s3, bucket),
  modified: s3.world.clock.now(),
  body: undefined,
  etag: '',
  description: emptyDescription,
  storageClass: 'STANDARD',
  encryption: { algorithm: 'AES256' },
  checksum: undefined,
  parts: undefined,
  owner: bucket.account,
  tags: new Map(),
  acl: undefined,
  lock: undefined,
  restored: undefined,
});

export const ownerOf = ({ owner }: Version): { ID: string } => ({ ID: canonicalId(owner) });

/** Of a version just written, answers say the id only where it is one of its own. */
export const writtenId = (version: Pick<Version, 'id'>): { VersionId?: string } =>
  version.id === 'null' ? {} : { VersionId: version.id };

/** What answers say of a version's id: nothing where versions were never kept. */
export const shownId = (bucket: Bucket, { id }: Pick<Version, 'id'>): { VersionId?: string } =>
  bucket.settings.versioning === undefined ? {} : { VersionId: id };
