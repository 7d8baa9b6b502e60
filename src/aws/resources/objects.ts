// What is in a bucket, folder by folder. S3 has no folders: one is whatever keys have in common up to a slash.
// In: a bucket, a prefix, whether folders are folded. Out: one page of folders and objects; the rest by its token.
import type { Look } from './kind.ts';
import { sendOptions } from './lookup.ts';

export interface ListedObject {
  readonly kind: 'object';
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly modified?: Date;
  readonly storageClass?: string;
}

export interface ListedFolder {
  readonly kind: 'folder';
  /** A prefix that ends with a slash. */
  readonly key: string;
}

export interface ObjectPage {
  readonly entries: readonly (ListedFolder | ListedObject)[];
  readonly next?: string;
}

export interface ObjectQuery {
  readonly bucket: string;
  readonly prefix: string;
  readonly next?: string | undefined;
  /** At most 1,000, which is also what S3 gives at most. */
  readonly most?: number;
}

/** One request. Throws AwsFailure. Keys are what S3 holds, never changed: they may have any character but none. */
export async function listObjects(look: Look, { bucket, prefix, next, most = 1000 }: ObjectQuery): Promise<ObjectPage> {
  const page = await look.target.send(
    's3.ListObjectsV2',
    {
      Bucket: bucket,
      Delimiter: '/',
      MaxKeys: most,
      // XML cannot carry control characters.
      EncodingType: 'url',
      ...(prefix !== '' && { Prefix: prefix }),
      ...(next !== undefined && { ContinuationToken: next }),
    },
    sendOptions(look),
  );
  const folders = (page.CommonPrefixes ?? []).map(({ Prefix = '' }): ListedFolder => ({
    kind: 'folder',
    key: decodeKey(Prefix),
  }));
  const objects = (page.Contents ?? []).map(({ Key = '', Size = 0, LastModified, StorageClass }): ListedObject => ({
    kind: 'object',
    key: decodeKey(Key),
    size: Size,
    ...(LastModified && { modified: LastModified }),
    ...(StorageClass !== undefined && { storageClass: StorageClass }),
  }));
  // The empty object that the console makes to have a folder is the folder itself.
  const entries = [...folders, ...objects.filter(({ key }) => key !== prefix || !key.endsWith('/'))];
  return { entries, ...(page.NextContinuationToken !== undefined && { next: page.NextContinuationToken }) };
}

/** S3 writes a space as `+`. */
function decodeKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return encoded;
  }
}
