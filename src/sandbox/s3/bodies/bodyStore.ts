// The store of all bodies. A short one (up to 64 KiB) stays in memory and is appended to a pack file just before the state is saved;
// a longer one goes to a file of its own while it arrives, where there is a data folder. Without one, up to 16 MiB stay in memory and
// what is longer goes to a temporary folder. So a save writes each body once at most, and a killed sandbox loses only unsaved ones.
import { createReadStream } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Body } from './body.ts';
import { BodyFolder } from './bodyFolder.ts';

export interface BodyLimits {
  /** Longest body kept in memory. */
  readonly short: number;
  /** All bodies in memory together; what would be more goes to disk. */
  readonly memory: number;
  /** A pack that has grown to this is left, and another begun. */
  readonly pack: number;
}

const MiB = 1024 * 1024;
export const durableLimits: BodyLimits = { short: 64 * 1024, memory: 256 * MiB, pack: 32 * MiB };
export const passingLimits: BodyLimits = { short: 16 * MiB, memory: 512 * MiB, pack: 32 * MiB };

interface StoreOptions {
  /** Where bodies are kept over restarts; undefined: nowhere. */
  readonly root: string | undefined;
  readonly id: () => string;
  readonly limits?: BodyLimits;
}

export class BodyStore {
  readonly folder: BodyFolder;
  readonly durable: boolean;
  readonly #limits: BodyLimits;
  readonly #id: () => string;
  #inMemory = 0;
  /** Short bodies that are not in a pack yet. */
  #unwritten = new Set<Body>();
  #pack: { readonly file: string; length: number } | undefined;

  constructor({ root, id, limits }: StoreOptions) {
    this.durable = root !== undefined;
    this.#limits = limits ?? (this.durable ? durableLimits : passingLimits);
    this.#id = id;
    this.folder = new BodyFolder(root, id());
  }

  /** Bytes that are held in memory. */
  get inMemory(): number {
    return this.#inMemory;
  }

  /** Reads a whole body; `see` is shown each piece as it passes. */
  async take(source: AsyncIterable<Uint8Array> | Uint8Array, see: (chunk: Uint8Array) => void): Promise<Body> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    let file: Writing | undefined;
    try {
      for await (const chunk of source instanceof Uint8Array ? [source] : source) {
        see(chunk);
        size += chunk.length;
        if (file) await file.write(chunk);
        else chunks.push(chunk);
        if (!file && !this.#fits(size)) {
          file = await this.#openFile();
          for (const early of chunks.splice(0)) await file.write(early);
        }
      }
    } catch (thrown) {
      await file?.abandon();
      throw thrown;
    }
    if (file) return this.#filed(await file.end(), size);
    return this.#kept(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
  }

  /** Bytes from `from` to before `to`. Memory is given as it is, the rest as a stream. */
  read(body: Body, from = 0, to = body.size): Uint8Array | Readable {
    if (body.bytes) return body.bytes.subarray(from, to);
    if (from >= to) return new Uint8Array();
    if (body.parts) return Readable.from(this.#readParts(body.parts, from, to), { objectMode: false });
    const place = body.place;
    if (!place) throw new Error('A body is nowhere.');
    if (to - from <= this.#limits.short && this.durable) {
      return this.folder.read(place.file, place.at + from, to - from);
    }
    return createReadStream(this.folder.path(place.file), { start: place.at + from, end: place.at + to - 1 });
  }

  share(body: Body): Body {
    body.uses++;
    return body;
  }

  release(body: Body | undefined): void {
    if (!body || --body.uses > 0) return;
    for (const part of body.parts ?? []) this.release(part);
    if (body.bytes) this.#inMemory -= body.size;
    this.#unwritten.delete(body);
    if (body.place) this.folder.letGo(body.place.file);
  }

  /** Before the state is saved: afterwards every body has its place on disk. */
  flush(): void {
    this.folder.saving();
    if (!this.durable || this.#unwritten.size === 0) return;
    const bodies = [...this.#unwritten];
    this.#unwritten = new Set();
    if (!this.#pack || this.#pack.length > this.#limits.pack) this.#beginPack();
    const pack = this.#pack;
    if (!pack) return;
    const start = pack.length;
    for (const body of bodies) {
      body.place = { file: pack.file, at: pack.length };
      pack.length += body.size;
      this.folder.hold(pack.file);
    }
    this.folder.append(pack.file, Buffer.concat(bodies.map(({ bytes }) => bytes ?? new Uint8Array())), start);
    if (this.#inMemory > this.#limits.memory) for (const body of bodies) this.#forget(body);
  }

  /** A body that was saved: its place is held again. */
  resumed(body: Body): void {
    if (body.place) this.folder.hold(body.place.file);
    if (body.bytes) this.#inMemory += body.size;
    if (body.bytes && !body.place) this.#unwritten.add(body);
  }

  startOver(): void {
    this.folder.startOver(this.#id());
    this.#unwritten = new Set();
    this.#pack = undefined;
    this.#inMemory = 0;
  }

  #fits(size: number): boolean {
    return size <= this.#limits.short && (this.durable || this.#inMemory + size <= this.#limits.memory);
  }

  #kept(bytes: Uint8Array): Body {
    const body: Body = { size: bytes.length, uses: 1, bytes, place: undefined, parts: undefined };
    this.#inMemory += body.size;
    if (this.durable && body.size > 0) this.#unwritten.add(body);
    return body;
  }

  #filed(file: string, size: number): Body {
    this.folder.hold(file);
    return { size, uses: 1, bytes: undefined, place: { file, at: 0 }, parts: undefined };
  }

  #forget(body: Body): void {
    if (body.bytes) this.#inMemory -= body.size;
    body.bytes = undefined;
  }

  #beginPack(): void {
    const before = this.#pack;
    this.#pack = { file: `pack-${this.#id()}`, length: 0 };
    // The pack itself holds its file as long as it may be appended to.
    this.folder.hold(this.#pack.file);
    if (before) this.folder.letGo(before.file);
  }

  async #openFile(): Promise<Writing> {
    const name = `body-${this.#id()}`;
    const path = this.folder.path(name);
    return new Writing(name, path, await open(path, 'wx', 0o600));
  }

  async *#readParts(parts: readonly Body[], from: number, to: number): AsyncGenerator<Uint8Array, void, undefined> {
    let start = 0;
    for (const part of parts) {
      const [low, high] = [Math.max(from - start, 0), Math.min(to - start, part.size)];
      start += part.size;
      if (low >= high) continue;
      const read = this.read(part, low, high);
      if (read instanceof Uint8Array) yield read;
      else yield* read as AsyncIterable<Uint8Array>;
    }
  }
}

/** A file that a body is being written to. */
class Writing {
  readonly #name: string;
  readonly #path: string;
  readonly #handle: FileHandle;

  constructor(name: string, path: string, handle: FileHandle) {
    this.#name = name;
    this.#path = path;
    this.#handle = handle;
  }

  async write(chunk: Uint8Array): Promise<void> {
    for (let written = 0; written < chunk.length;) {
      written += (await this.#handle.write(chunk, written)).bytesWritten;
    }
  }

  async end(): Promise<string> {
    await this.#handle.close();
    return this.#name;
  }

  async abandon(): Promise<void> {
    await this.#handle.close();
    await rm(this.#path, { force: true });
  }
}
