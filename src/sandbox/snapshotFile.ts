// The sandbox's state on disk: one file, replaced as a whole, so that a process killed at any moment leaves the old state or the new one.
// In: plain data of the services. Out: the same data, or a sentence saying why there is none. Never half of it.
import { hash } from 'node:crypto';
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import type { SavedState } from './sandbox.ts';

/** Raised when what services save can no longer be read by older code. */
const version = 1;
const magic = `aws-labs-sandbox ${version}\n`;

export type Loaded =
  | { readonly kind: 'none' }
  | { readonly kind: 'state'; readonly state: SavedState }
  | { readonly kind: 'broken'; readonly sentence: string };

export function loadSnapshot(file: string, now: () => number): Loaded {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return { kind: 'none' };
  }
  const state = decode(bytes);
  if (state) return { kind: 'state', state };
  const aside = `${file}.broken-${new Date(now()).toISOString().replace(/[:.]/g, '-')}`;
  renameSync(file, aside);
  const sentence = `The sandbox's saved state could not be read, so it starts empty. The file was kept as ${aside}.`;
  return { kind: 'broken', sentence };
}

/** Head and data apart: a copy of a big state would double the memory that saving takes. */
interface Encoded {
  readonly head: string;
  readonly data: Buffer;
}

function encode(state: SavedState): Encoded {
  const data = serialize(state);
  return { head: `${magic}${hash('sha256', data, 'hex')}\n`, data };
}

const headLength = magic.length + 65;

function decode(bytes: Buffer): SavedState | undefined {
  if (bytes.subarray(0, magic.length).toString('latin1') !== magic) return undefined;
  const data = bytes.subarray(headLength);
  if (bytes.subarray(magic.length, headLength - 1).toString('latin1') !== hash('sha256', data, 'hex')) return undefined;
  try {
    return deserialize(data) as SavedState;
  } catch {
    return undefined;
  }
}

export interface Saver {
  /** Something changed: it is saved soon. */
  changed(): void;
  /** Saves at once and waits for it: the process is about to end. */
  saveNow(): void;
}

const shortest = 100;
const longest = 800;

export function createSaver(file: string, take: () => SavedState, log: (line: string) => void): Saver {
  let timer: NodeJS.Timeout | undefined;
  let writing = false;
  let dirty = false;
  let cost = 0;

  const complain = (thrown: unknown): void =>
    log(
      `The sandbox's state could not be saved to ${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    );
  const schedule = (): void => {
    // A big state is saved less often: saving takes a fifth of the time at most, up to the longest that may be lost.
    timer ??= setTimeout(() => void save(), Math.min(longest, Math.max(shortest, cost * 4)));
  };
  const save = async (): Promise<void> => {
    timer = undefined;
    dirty = false;
    writing = true;
    try {
      const began = performance.now();
      const bytes = encode(take());
      cost = performance.now() - began;
      await replace(file, bytes);
    } catch (thrown) {
      complain(thrown);
    }
    writing = false;
    if (dirty) schedule();
  };

  return {
    changed() {
      if (dirty) return;
      dirty = true;
      if (!writing) schedule();
    },
    saveNow() {
      clearTimeout(timer);
      if (!dirty && !writing) return;
      dirty = false;
      try {
        replaceNow(file, encode(take()));
      } catch (thrown) {
        // A full disk keeps nobody from ending.
        complain(thrown);
      }
    },
  };
}

function replaceNow(file: string, { head, data }: Encoded): void {
  const temporary = `${file}.${process.pid}.last`;
  writeFileSync(temporary, head, { mode: 0o600 });
  appendFileSync(temporary, data);
  renameSync(temporary, file);
}

async function replace(file: string, { head, data }: Encoded): Promise<void> {
  const temporary = `${file}.${process.pid}`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.write(head);
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}
