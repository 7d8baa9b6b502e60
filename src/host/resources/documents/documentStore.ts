// Documents as an editor's files: bytes, and times that change when what AWS holds has changed.
// In: paths, and the bytes to save. Out: bytes, times, or a DocumentProblem. Never: knows an editor, or keeps what AWS does not hold.
import type { Target } from '../../../aws/target.ts';
import { readAddress, type Address } from './address.ts';
import { canonical } from './json.ts';
import { lookAtObject, readObject, tooLarge, largestOpened, writeObject } from './objectContent.ts';
import { policyText, readPolicy, writePolicy } from './policyText.ts';
import { DocumentProblem, problemOf } from './problem.ts';
import { settingsKinds, settingsText, writeSettings } from './settings.ts';

export interface StoreOptions {
  /** Where calls go now. */
  open(): Promise<Target>;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface FileFacts {
  readonly mtime: number;
  readonly size: number;
}

/** What AWS held when it was last looked at. */
interface Held {
  /** Differs where the content does. */
  readonly version: string;
  readonly size: number;
  /** Where the service tells. */
  readonly modified?: number;
  readonly bytes?: Uint8Array;
}

interface Known {
  readonly held: Held;
  readonly mtime: number;
  readonly at: number;
  readonly saved?: Saved;
}

/** Saved by us just now: what was there before may still be answered for a while, and AWS may write it in its own way. */
interface Saved {
  readonly before: string;
  readonly until: number;
  /** It was seen as it was saved: what differs from now on is somebody else's. */
  readonly seen?: true;
}

/** An editor asks for the time, and then for the text: that is one look. */
const freshMs = 500;
/** SQS: "can take up to 60 seconds to propagate". */
const settlingMs = 60_000;

export class DocumentStore {
  readonly #options: StoreOptions;
  readonly #known = new Map<string, Known>();
  readonly #texts = new Map<string, string>();

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  /** @throws DocumentProblem */
  async stat(path: string): Promise<FileFacts> {
    const known = await this.#look(path, false);
    return { mtime: known.mtime, size: known.held.size };
  }

  /** @throws DocumentProblem */
  async read(path: string): Promise<Uint8Array> {
    const { held } = await this.#look(path, true);
    return held.bytes ?? new Uint8Array();
  }

  /** What AWS held when it was last looked at; undefined where that was never, and of objects. */
  lastSeen(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** Saves, or throws a DocumentProblem and has changed nothing, unless that says so. */
  async write(path: string, bytes: Uint8Array): Promise<void> {
    const address = addressOf(path);
    const before = this.#known.get(path);
    try {
      if (address.which !== 'object') await this.#insistUnchanged(path, address, before);
      const version = await this.#save(address, bytes, before?.held.version);
      const now = this.#options.now();
      const mtime = Math.max(now, (before?.mtime ?? 0) + 1);
      const saved = address.which !== 'object' && before && { before: before.held.version, until: now + settlingMs };
      this.#known.set(path, { held: { version, size: bytes.length, bytes }, mtime, at: now, ...(saved && { saved }) });
    } catch (error) {
      const problem = problemOf(error);
      // What we have saved ourselves is nobody else's change.
      if (problem instanceof DocumentProblem && problem.partly) this.#known.delete(path);
      throw problem;
    }
  }

  /**
   * Looks again: whether the document is another one now, or gone. `edited`: somebody is just changing it, so that what AWS made of
   * our own words is not brought in.
   */
  async refresh(path: string, edited: boolean): Promise<'same' | 'changed' | 'gone'> {
    const before = this.#known.get(path);
    if (before === undefined) return 'same';
    const after = await this.#look(path, false, edited ? 'adopt' : 'bring in').catch((error: unknown) => {
      if (error instanceof DocumentProblem && error.kind === 'missing') return 'gone' as const;
      throw error;
    });
    if (after === 'gone') return 'gone';
    return after.mtime === before.mtime ? 'same' : 'changed';
  }

  async #look(path: string, withBytes: boolean, ours: 'adopt' | 'bring in' = 'adopt'): Promise<Known> {
    const known = this.#known.get(path);
    const now = this.#options.now();
    if (known && now - known.at < freshMs && (!withBytes || known.held.bytes)) return known;
    try {
      const address = addressOf(path);
      const held = await this.#read(address, withBytes);
      if (held.bytes && address.which !== 'object') this.#texts.set(path, decode(held.bytes));
      const next = known ? follow(known, held, now, ours) : { held, mtime: held.modified ?? now, at: now };
      this.#known.set(path, next);
      return next;
    } catch (error) {
      const problem = problemOf(error);
      if (problem instanceof DocumentProblem && problem.kind === 'missing') this.#known.delete(path);
      throw problem;
    }
  }

  async #target(address: Address): Promise<Target> {
    const target = await this.#options.open();
    if (target.account === address.account && target.region === address.region) return target;
    throw new DocumentProblem(
      'elsewhere',
      `This document is of account ${address.account} in ${address.region}; ${target.label} is account ${target.account} in ${target.region}.`,
      'Switch back (in the status bar) to read or save it.',
    );
  }

  async #read(address: Address, withBytes: boolean): Promise<Held> {
    const target = await this.#target(address);
    if (address.which === 'object') {
      const object = withBytes ? await readObject(target, address) : await lookAtObject(target, address);
      if (object === undefined) throw missing(address);
      return { ...object, version: object.etag };
    }
    if (address.which === 'policy') {
      const policy = await readPolicy(target, address);
      if (policy === undefined) throw missing(address);
      return heldText(policyText(policy), canonical(policy));
    }
    const settings = await settingsKinds[address.kind].read(target, address.name);
    if (settings === undefined) throw missing(address);
    return heldText(settingsText(settings), canonical(settings.editable));
  }

  /** Gives what it is known by from now on. */
  async #save(address: Address, bytes: Uint8Array, version: string | undefined): Promise<string> {
    const target = await this.#target(address);
    if (address.which === 'object') {
      if (bytes.length > largestOpened) throw tooLarge(bytes.length);
      return writeObject(target, address, bytes, version);
    }
    const text = decode(bytes);
    return address.which === 'policy'
      ? writePolicy(target, address, text)
      : writeSettings(target, address.kind, address.name, text);
  }

  /** The editor compares times before it saves; this is for what happens between. */
  async #insistUnchanged(path: string, address: Address, before: Known | undefined): Promise<void> {
    const held = await this.#read(address, true);
    const next = before && follow(before, held, this.#options.now(), 'adopt');
    if (next === undefined || next.mtime === before?.mtime) return;
    this.#known.set(path, next);
    throw new DocumentProblem('changed', 'Somebody else has changed it meanwhile.', 'Save again to compare the two.');
  }
}

/** What to make of a look, after an earlier one. */
function follow(known: Known, held: Held, now: number, ours: 'adopt' | 'bring in'): Known {
  const { saved } = known;
  const settling = saved !== undefined && now < saved.until;
  if (held.version === known.held.version) {
    const seen = settling ? { saved: { ...saved, seen: true } as const } : {};
    return { held: { ...known.held, ...held }, mtime: known.mtime, at: now, ...seen };
  }
  if (settling && held.version === saved.before) return { ...known, at: now };
  if (settling && !saved.seen) return { held, mtime: ours === 'adopt' ? known.mtime : known.mtime + 1, at: now };
  return { held, mtime: Math.max(known.mtime + 1, held.modified ?? now), at: now };
}

function heldText(text: string, version: string): Held {
  const bytes = new TextEncoder().encode(text);
  return { bytes, size: bytes.length, version };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DocumentProblem('refused', 'This is no UTF-8 text.', 'Save it with that encoding.');
  }
}

function addressOf(path: string): Address {
  const address = readAddress(path);
  if (address) return address;
  throw new DocumentProblem('missing', `There is no document at ${path}.`, 'Open it from the Resources view.');
}

const missing = (address: Address): DocumentProblem =>
  new DocumentProblem(
    'missing',
    address.which === 'object'
      ? `There is no object ${address.key} in ${address.name}.`
      : `There is no ${address.kind} ${address.name}.`,
    'It may have been deleted meanwhile.',
  );
