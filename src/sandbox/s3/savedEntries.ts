// What is known of objects as short rows, for the snapshot: names of members are not said a hundred thousand times, nor names of files.
// A body's bytes are said only where they have no place on disk that lasts.
import { deserialize, serialize } from 'node:v8';
import { emptyBody, joined, type Body } from './bodies/body.ts';
import type { Description, KeyEntry, Version } from './objects/version.ts';

/** Nothing; bytes; [size, file's number, where in it]; or parts. */
type SavedBody = 0 | Uint8Array | readonly [size: number, file: number, at: number] | { readonly parts: SavedBody[] };

type SavedVersion = readonly [
  id: string,
  modified: number,
  body: SavedBody,
  etag: string,
  /** The content type alone, where nothing else is said. */
  description: string | Description,
  storageClass: Version['storageClass'],
  /** 0: as usual. */
  encryption: 0 | Version['encryption'],
  checksum: 0 | NonNullable<Version['checksum']>,
  parts: 0 | NonNullable<Version['parts']>,
  owner: string,
  tags: 0 | readonly (readonly [string, string])[],
  more: 0 | Pick<Version, 'acl' | 'lock' | 'restored'>,
];

interface Piece {
  readonly files: string[];
  readonly rows: readonly (readonly [key: string, ...versions: SavedVersion[]])[];
}

/** Bytes of a body that lie nowhere that lasts; undefined: they do. */
export type BytesOf = (body: Body) => Uint8Array | undefined;

export function saveEntries(entries: readonly KeyEntry[], bytesOf: BytesOf): Uint8Array {
  const files = new Map<string, number>();
  const fileNumber = (file: string): number => {
    const known = files.get(file);
    if (known !== undefined) return known;
    files.set(file, files.size);
    return files.size - 1;
  };
  const saveBody = (body: Body | undefined): SavedBody => {
    if (!body) return 0;
    if (body.parts) return { parts: body.parts.map(saveBody) };
    const bytes = bytesOf(body);
    if (bytes || !body.place) return bytes ?? new Uint8Array();
    return [body.size, fileNumber(body.place.file), body.place.at];
  };
  const rows = entries.map(({ key, versions }) => [key, ...versions.map((one) => saveVersion(one, saveBody))] as const);
  return serialize({ files: [...files.keys()], rows } satisfies Piece);
}

function saveVersion(version: Version, saveBody: (body: Body | undefined) => SavedBody): SavedVersion {
  const { description, encryption, tags, acl, lock, restored } = version;
  const isPlain = Object.keys(description).length === 2 && Object.keys(description.Metadata).length === 0;
  return [
    version.id,
    version.modified,
    saveBody(version.body),
    version.etag,
    isPlain && description.ContentType !== undefined ? description.ContentType : description,
    version.storageClass,
    Object.keys(encryption).length === 1 && encryption.algorithm === 'AES256' ? 0 : encryption,
    version.checksum ?? 0,
    version.parts ?? 0,
    version.owner,
    tags.size === 0 ? 0 : [...tags],
    acl || lock || restored ? { acl, lock, restored } : 0,
  ];
}

export function readEntries(piece: Uint8Array): KeyEntry[] {
  // Only what `saveEntries` gave is ever read.
  const { files, rows } = deserialize(piece) as Piece;
  const readBody = (saved: SavedBody): Body | undefined => {
    if (saved === 0) return undefined;
    if (saved instanceof Uint8Array) return { ...emptyBody(), size: saved.length, bytes: saved };
    if ('parts' in saved) return joined(saved.parts.flatMap((part) => readBody(part) ?? []));
    const [size, file, at] = saved;
    return { size, uses: 1, bytes: undefined, place: { file: files[file] ?? '', at }, parts: undefined };
  };
  return rows.map(([key, ...versions]) => ({ key, versions: versions.map((one) => readVersion(one, readBody)) }));
}

const nothing = new Map<string, string>();

function readVersion(saved: SavedVersion, readBody: (saved: SavedBody) => Body | undefined): Version {
  const [id, modified, body, etag, description, storageClass, encryption, checksum, parts, owner, tags, more] = saved;
  const { acl, lock, restored } = more === 0 ? { acl: undefined, lock: undefined, restored: undefined } : more;
  return {
    id,
    modified,
    body: readBody(body),
    etag,
    description: typeof description === 'string' ? { ContentType: description, Metadata: {} } : description,
    storageClass,
    encryption: encryption === 0 ? { algorithm: 'AES256' } : encryption,
    checksum: checksum === 0 ? undefined : checksum,
    parts: parts === 0 ? undefined : parts,
    owner,
    tags: tags === 0 ? nothing : new Map(tags),
    acl,
    lock,
    restored,
  };
}
