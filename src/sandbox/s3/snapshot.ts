// All of S3 but the bodies' bytes, as plain data. What is known of objects is saved in pieces of some hundred keys, and a piece that has
// not changed since it was last saved is not made again.
import { deserialize, serialize } from 'node:v8';
import { readFileSync } from 'node:fs';
import type { Body } from './bodies/body.ts';
import type { Bucket } from './bucket.ts';
import { KeyIndex } from './keyIndex.ts';
import type { Upload } from './multipart/upload.ts';
import type { KeyEntry } from './objects/version.ts';
import type { S3 } from './s3.ts';
import { readEntries, saveEntries, type BytesOf } from './savedEntries.ts';

interface SavedBucket extends Omit<Bucket, 'objects' | 'uploads'> {
  readonly objects: readonly Uint8Array[];
  /** Serialized like the objects, for the same bodies. */
  readonly uploads: Uint8Array;
}

export interface Snapshot {
  readonly generation: string;
  readonly sequence: number;
  readonly buckets: readonly SavedBucket[];
}

export function takeSnapshot({ store, sequence, buckets }: S3): Snapshot {
  store.flush();
  const bytesOf: BytesOf = (body) => lastingBytes(body, store.durable, store.folder);
  const save = (entries: readonly KeyEntry[]): Uint8Array => saveEntries(entries, bytesOf);
  return {
    generation: store.folder.generation,
    sequence,
    buckets: [...buckets.values()].map((bucket) => ({
      ...bucket,
      objects: bucket.objects.save(save),
      uploads: saveUploads([...bucket.uploads.values()], bytesOf),
    })),
  };
}

export function restoreSnapshot(s3: S3, { generation, sequence, buckets }: Snapshot): void {
  s3.sequence = sequence;
  const { store } = s3;
  const live = new Set<string>();
  for (const saved of buckets) {
    const objects = new KeyIndex<KeyEntry>();
    objects.restore(saved.objects, readEntries);
    const uploads = new Map(readUploads(saved.uploads).map((upload) => [upload.id, upload]));
    for (const { versions } of objects.from('')) for (const { body } of versions) resume(body);
    for (const { parts } of uploads.values()) for (const { body } of parts.values()) resume(body);
    s3.buckets.set(saved.name, { ...saved, objects, uploads });
  }
  store.folder.resume(generation, live);

  // Bodies that were shared come back as so many: their bytes on disk are still the same.
  function resume(body: Body | undefined): void {
    if (!body) return;
    body.uses = 1;
    if (body.place) live.add(body.place.file);
    store.resumed(body);
    for (const part of body.parts ?? []) resume(part);
  }
}

/** Undefined: the body lies where it will be found again. Without a data folder nothing does. */
function lastingBytes(body: Body, durable: boolean, folder: { path(file: string): string }): Uint8Array | undefined {
  if (durable && body.place) return undefined;
  return body.bytes ?? (body.place && readFileSync(folder.path(body.place.file)));
}

function saveUploads(uploads: readonly Upload[], bytesOf: BytesOf): Uint8Array {
  const keep = (body: Body): Body => {
    const bytes = bytesOf(body);
    return { ...body, bytes, place: bytes ? undefined : body.place, parts: body.parts?.map(keep) };
  };
  return serialize(
    uploads.map((upload) => ({
      ...upload,
      parts: new Map([...upload.parts].map(([number, part]) => [number, { ...part, body: keep(part.body) }])),
    })),
  );
}

// Only what `saveUploads` gave is ever read.
const readUploads = (piece: Uint8Array): Upload[] => deserialize(piece) as Upload[];
