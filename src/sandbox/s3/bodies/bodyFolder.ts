// The files that bodies lie in. A file is removed once nothing lives in it, but never while a state saved earlier, which the sandbox
// would come back with if it were killed now, may still speak of it.
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class BodyFolder {
  /** Undefined: a temporary folder, made when first needed and removed with the process. */
  readonly #root: string | undefined;
  #path: string | undefined;
  #generation: string;
  readonly #live = new Map<string, number>();
  readonly #open = new Map<string, number>();
  /** Paths nothing lives in: those of the current stretch between two saves, and those of the one before. */
  #leaving: string[] = [];
  #left: string[] = [];

  constructor(root: string | undefined, generation: string) {
    this.#root = root;
    this.#generation = generation;
  }

  get generation(): string {
    return this.#generation;
  }

  path(file: string): string {
    return join((this.#path ??= this.#make()), file);
  }

  hold(file: string): void {
    this.#live.set(file, (this.#live.get(file) ?? 0) + 1);
  }

  letGo(file: string): void {
    const left = (this.#live.get(file) ?? 1) - 1;
    this.#live.set(file, left);
    if (left > 0) return;
    this.#live.delete(file);
    this.#close(file);
    this.#leaving.push(this.path(file));
  }

  /** Adds to a file that this process has begun. */
  append(file: string, bytes: Uint8Array, at: number): void {
    let descriptor = this.#open.get(file);
    if (descriptor === undefined) this.#open.set(file, (descriptor = openSync(this.path(file), 'w+', 0o600)));
    for (let written = 0; written < bytes.length;) {
      written += writeSync(descriptor, bytes, written, bytes.length - written, at + written);
    }
  }

  read(file: string, at: number, length: number): Buffer {
    let descriptor = this.#open.get(file);
    if (descriptor === undefined) this.#open.set(file, (descriptor = openSync(this.path(file), 'r')));
    const bytes = Buffer.alloc(length);
    const got = readSync(descriptor, bytes, 0, length, at);
    if (got < length) throw new Error(`${this.path(file)} is shorter than it was.`);
    return bytes;
  }

  /** Called when a state is about to be saved, so the one before is on disk: what had left before that one is not spoken of any more. */
  saving(): void {
    for (const path of this.#left) void rm(path, { recursive: true, force: true }).catch(() => undefined);
    this.#left = this.#leaving;
    this.#leaving = [];
  }

  /** Begins anew, at once. */
  startOver(generation: string): void {
    for (const file of this.#open.keys()) this.#close(file);
    this.#live.clear();
    if (this.#path !== undefined) this.#leaving.push(this.#path);
    this.#path = undefined;
    this.#generation = generation;
  }

  /** After a restore: takes up that generation's folder, and removes what no body lives in. */
  resume(generation: string, live: ReadonlySet<string>): void {
    this.#generation = generation;
    if (this.#root === undefined) return;
    for (const name of readNames(this.#root)) if (name !== generation) remove(join(this.#root, name));
    for (const name of readNames(join(this.#root, generation))) if (!live.has(name)) remove(this.path(name));
  }

  #close(file: string): void {
    const descriptor = this.#open.get(file);
    if (descriptor === undefined) return;
    this.#open.delete(file);
    closeSync(descriptor);
  }

  #make(): string {
    if (this.#root === undefined) {
      const path = mkdtempSync(join(tmpdir(), 'aws-labs-s3-'));
      process.once('exit', () => remove(path));
      return path;
    }
    const path = join(this.#root, this.#generation);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  }
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const remove = (path: string): void => rmSync(path, { recursive: true, force: true });
