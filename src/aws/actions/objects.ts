// Objects in and out of a bucket. In: files on this machine, or keys. Out: what was written where.
// Never: a file half written under its final name; a path that a key chose.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsFailure } from '../errors.ts';
import type { SendOptions, Target } from '../target.ts';
import { contentTypes } from './contentTypes.ts';
import { safePaths } from './safePath.ts';

const mebi = 1024 * 1024;
/** Above it, a file goes up in parts. */
const onePiece = 16 * mebi;
const smallestPart = 8 * mebi;
const mostParts = 10_000;

/** S3's own bounds: 5 TiB an object, keys of 1 to 1024 bytes. */
export function mistakeInKey(key: string): string | undefined {
  if (key === '') return 'An object needs a key.';
  const bytes = Buffer.byteLength(key);
  return bytes > 1024 ? `A key has at most 1024 bytes; this one has ${bytes}.` : undefined;
}

export interface Progress {
  readonly signal?: AbortSignal;
  onBytes?(bytes: number): void;
}

const optionsOf = ({ signal }: Progress): SendOptions => (signal ? { signal } : {});

/** The size of what was written, in bytes. */
export async function putFile(
  target: Target,
  { file, bucket, key }: { readonly file: string; readonly bucket: string; readonly key: string },
  progress: Progress = {},
): Promise<number> {
  const facts = await stat(file);
  const { size } = facts;
  if (!facts.isFile()) throw noFile(file);
  if (size > 5 * 1024 ** 4) throw tooLarge(file);
  const ContentType = contentTypes[extname(key).toLowerCase()] ?? 'application/octet-stream';
  const at = { Bucket: bucket, Key: key };
  await using handle = await open(file);
  if (size > onePiece) await putParts(target, { at, ContentType, handle, size }, progress);
  else {
    const Body = await handle.readFile();
    await target.send('s3.PutObject', { ...at, Body, ContentType }, optionsOf(progress));
    progress.onBytes?.(size);
  }
  return size;
}

/** A device or a pipe may never end. */
function noFile(file: string): AwsFailure {
  const what = `${file} is no ordinary file.`;
  return new AwsFailure('not-sent', { code: 'NotAFile', what, advice: 'Nothing was sent of it. Choose a file.' });
}

function tooLarge(file: string): AwsFailure {
  const what = `${file} is larger than 5 TiB, the most that S3 keeps as one object.`;
  return new AwsFailure('not-sent', { code: 'EntityTooLarge', what, advice: 'Split it.' });
}

interface PartedFile {
  readonly at: { readonly Bucket: string; readonly Key: string };
  readonly ContentType: string;
  readonly handle: FileHandle;
  readonly size: number;
}

async function putParts(
  target: Target,
  { at, ContentType, handle, size }: PartedFile,
  progress: Progress,
): Promise<void> {
  const options = optionsOf(progress);
  const { UploadId } = await target.send('s3.CreateMultipartUpload', { ...at, ContentType }, options);
  const length = Math.max(smallestPart, Math.ceil(size / mostParts));
  try {
    const Parts: { ETag: string | undefined; PartNumber: number }[] = [];
    for (let start = 0; start < size; start += length) {
      const Body = await readAt(handle, start, Math.min(length, size - start));
      const PartNumber = Parts.length + 1;
      const { ETag } = await target.send('s3.UploadPart', { ...at, UploadId, PartNumber, Body }, options);
      Parts.push({ ETag, PartNumber });
      progress.onBytes?.(Body.length);
    }
    await target.send('s3.CompleteMultipartUpload', { ...at, UploadId, MultipartUpload: { Parts } }, options);
  } catch (error) {
    // Parts of an upload that never ends cost money. The reason stays the first one.
    await target.send('s3.AbortMultipartUpload', { ...at, UploadId }).catch(() => undefined);
    throw error;
  }
}

async function readAt(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, start);
  if (bytesRead < length) throw new Error('The file became shorter while it was uploaded.');
  return buffer;
}

export interface LocalFile {
  readonly file: string;
  readonly key: string;
}

/** A file by its name; a folder with all that is in it, its own name included. Links in it are not followed. */
export async function filesIn(path: string, prefix = ''): Promise<readonly LocalFile[]> {
  const key = `${prefix}${basename(path)}`;
  if (!(await stat(path)).isDirectory()) return [{ file: path, key }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => ({ file, key: `${key}/${relative(path, file).split(sep).join('/')}` }));
}

const looksAtOnce = 10;

/** Those of the keys that are in the bucket. What one may not look at counts as not there. */
export async function keysThere(
  target: Target,
  bucket: string,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const there: string[] = [];
  for (let start = 0; start < keys.length; start += looksAtOnce) {
    const some = keys.slice(start, start + looksAtOnce);
    const found = await Promise.all(some.map((key) => isThere(target, bucket, key, signal)));
    there.push(...some.filter((_, place) => found[place]));
  }
  return there;
}

async function isThere(target: Target, bucket: string, key: string, signal?: AbortSignal): Promise<boolean> {
  const absent = ['NotFound', 'NoSuchKey', '404'];
  try {
    await target.send('s3.HeadObject', { Bucket: bucket, Key: key }, { absent, ...(signal && { signal }) });
    return true;
  } catch (error) {
    if (error instanceof AwsFailure && (error.kind === 'refused' || error.kind === 'access-denied')) return false;
    throw error;
  }
}

/** Written beside its final name first, which it takes when it is whole. */
export async function getFile(
  target: Target,
  { file, bucket, key }: { readonly file: string; readonly bucket: string; readonly key: string },
  progress: Progress = {},
): Promise<void> {
  const { Body } = await target.send('s3.GetObject', { Bucket: bucket, Key: key }, optionsOf(progress));
  if (!(Body instanceof Readable)) throw new Error(`S3 gave no content for ${key}.`);
  // A name that nothing else has, neither of theirs nor of another key.
  const part = `${file}.${randomUUID().slice(0, 8)}.part`;
  try {
    Body.on('data', (chunk: Buffer) => progress.onBytes?.(chunk.length));
    await pipeline(Body, createWriteStream(part, { flags: 'wx' }), optionsOf(progress));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Every key that begins so. */
export async function keysUnder(
  target: Target,
  bucket: string,
  prefix: string,
  signal?: AbortSignal,
): Promise<readonly { readonly key: string; readonly size: number }[]> {
  const found: { key: string; size: number }[] = [];
  let token: string | undefined;
  do {
    // XML cannot carry control characters.
    const asked = { Bucket: bucket, Prefix: prefix, EncodingType: 'url' as const };
    const input = { ...asked, ...(token !== undefined && { ContinuationToken: token }) };
    const page = await target.send('s3.ListObjectsV2', input, signal ? { signal } : {});
    found.push(...(page.Contents ?? []).map(({ Key = '', Size = 0 }) => ({ key: decodeKey(Key), size: Size })));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return found;
}

/** S3 writes a space as `+`. */
function decodeKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return encoded;
  }
}

export interface Downloaded {
  readonly files: number;
  /** Keys that could not be file names as they are, and what they became. */
  readonly renamed: readonly { readonly key: string; readonly file: string }[];
}

/** `folder` does not exist yet: what is in it afterwards came from here. */
export async function getFolder(
  target: Target,
  { folder, bucket, prefix }: { readonly folder: string; readonly bucket: string; readonly prefix: string },
  progress: Progress & { onFile?(key: string, place: number, total: number): void } = {},
): Promise<Downloaded> {
  const keys = (await keysUnder(target, bucket, prefix, progress.signal)).map(({ key }) => key);
  // A key that ends with a slash marks an empty folder; it is no file.
  const paths = safePaths(
    keys.filter((key) => !key.endsWith('/')),
    prefix,
  );
  await mkdir(folder, { recursive: false });
  for (const [place, { key, parts }] of paths.entries()) {
    progress.signal?.throwIfAborted();
    progress.onFile?.(key, place, paths.length);
    const file = join(folder, ...parts);
    await mkdir(dirname(file), { recursive: true });
    await getFile(target, { file, bucket, key }, progress);
  }
  const renamed = paths.filter(({ changed }) => changed).map(({ key, parts }) => ({ key, file: join(...parts) }));
  return { files: paths.length, renamed };
}

export interface DeletedObjects {
  readonly deleted: number;
  readonly refused: readonly { readonly key: string; readonly why: string }[];
}

/** A thousand a call. In a bucket with versions this only hides them, as S3 does. */
export async function deleteObjects(
  target: Target,
  bucket: string,
  keys: readonly string[],
  progress: Progress = {},
): Promise<DeletedObjects> {
  const refused: { key: string; why: string }[] = [];
  const many = keys.filter((key) => !unwritable.test(key));
  for (let start = 0; start < many.length; start += 1000) {
    const Objects = many.slice(start, start + 1000).map((Key) => ({ Key }));
    const input = { Bucket: bucket, Delete: { Objects, Quiet: true } };
    const { Errors = [] } = await target.send('s3.DeleteObjects', input, optionsOf(progress));
    refused.push(
      ...Errors.map(({ Key = '', Message, Code }) => ({ key: Key, why: Message ?? Code ?? 'S3 gives no reason' })),
    );
  }
  for (const Key of keys.filter((key) => unwritable.test(key)))
    await target.send('s3.DeleteObject', { Bucket: bucket, Key }, optionsOf(progress));
  return { deleted: keys.length - refused.length, refused };
}

/** What a list in XML cannot name, or not tell from another: such a key goes by itself, in an address. */
const unwritable = /[\p{Cc}\uFFFE\uFFFF]/u;

/** An empty object whose key ends with a slash: what the console makes, too. */
export async function makeFolder(target: Target, bucket: string, key: string): Promise<void> {
  await target.send('s3.PutObject', { Bucket: bucket, Key: key, Body: Buffer.alloc(0) });
}

export async function copyObject(
  target: Target,
  from: { readonly bucket: string; readonly key: string },
  to: { readonly bucket: string; readonly key: string },
): Promise<void> {
  const CopySource = `${from.bucket}/${from.key.split('/').map(encodeURIComponent).join('/')}`;
  await target.send('s3.CopyObject', { Bucket: to.bucket, Key: to.key, CopySource });
}
