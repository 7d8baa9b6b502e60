// A session on disk: found again, locked against a second process, and written to.
// In: a lab's id and a target. Out: its state, and `record`, the only way to change it.
import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { TargetFacts } from '../aws/target.ts';
import { appendEntry, readJournal, type Entry } from './journal.ts';
import { LabRefusal } from './refusal.ts';
import type { SessionFiles } from './runOptions.ts';
import { SessionState } from './sessionState.ts';

export class Session {
  readonly id: string;
  readonly state: SessionState;
  /** Lines of the journal that could not be read. */
  readonly broken: number;
  readonly resumed: boolean;
  readonly #path: string;
  readonly #files: SessionFiles;
  #listener: () => void = () => undefined;

  private constructor(id: string, path: string, files: SessionFiles, read?: ReturnType<typeof readJournal>) {
    this.id = id;
    this.#path = path;
    this.#files = files;
    this.state = new SessionState();
    this.broken = read?.broken ?? 0;
    this.resumed = read !== undefined;
    for (const entry of read?.entries ?? []) this.state.foldWritten(entry);
    if (read?.ragged) appendFileSync(path, '\n');
  }

  static begin(
    dataDir: string,
    opened: { id: string; lab: string; target: TargetFacts; at: string },
    files: SessionFiles,
  ): Session {
    const path = pathOf(dataDir, opened.id);
    mkdirSync(join(dataDir, 'sessions'), { recursive: true, mode: 0o700 });
    lock(path, files);
    const session = new Session(opened.id, path, files);
    session.record({
      t: 'open',
      version: 1,
      session: opened.id,
      lab: opened.lab,
      target: opened.target,
      at: opened.at,
    });
    return session;
  }

  /** Locks first and reads then, so that nothing is written in between. */
  static resume(dataDir: string, id: string, files: SessionFiles): Session {
    const path = pathOf(dataDir, id);
    lock(path, files);
    return new Session(id, path, files, readJournal(path));
  }

  onRecord(listener: () => void): void {
    this.#listener = listener;
  }

  /** The disk first: what is not written has not happened. */
  record(entry: Entry): void {
    appendEntry(this.#files, this.#path, entry);
    this.state.fold(entry);
    this.#listener();
  }

  release(): void {
    rmSync(`${this.#path}.lock`, { force: true });
  }
}

function pathOf(dataDir: string, id: string): string {
  if (!/^[A-Za-z0-9-]+$/.test(id))
    throw new LabRefusal('NoSuchSession', `${id} is no session.`, 'See `aws-labs list`.');
  return join(dataDir, 'sessions', `${id}.jsonl`);
}

function lock(path: string, files: SessionFiles): void {
  const lockPath = `${path}.lock`;
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(lockPath, `${files.pid}`, { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if (!isExisting(error)) throw error;
    }
    const found = readLock(lockPath);
    if (found === undefined) continue;
    const holder = holderIn(found, files);
    if (holder !== undefined) throw sessionLocked(holder);
    if (attempt > 10) throw new Error(`The lock ${lockPath} could not be taken.`);
    if (!takeAway(lockPath, found.text, files)) throw sessionLocked('one that is just beginning');
  }
}

function sessionLocked(holder: string): LabRefusal {
  return new LabRefusal(
    'SessionLocked',
    `This session is in use by another process (${holder}).`,
    'Close the lab in that window, or end that command, and try again.',
  );
}

interface Lock {
  readonly text: string;
  readonly since: number;
}

function readLock(lockPath: string): Lock | undefined {
  try {
    return { text: readFileSync(lockPath, 'utf8'), since: statSync(lockPath).mtimeMs };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Two windows may find the same dead lock, and a third may come meanwhile: only who has the right to break it removes it, and only
 * while it still says the same. False: another has that right now.
 */
function takeAway(lockPath: string, text: string, files: SessionFiles): boolean {
  const right = `${lockPath}.break`;
  try {
    writeFileSync(right, `${files.pid}`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isExisting(error)) throw error;
    // Whoever had the right and died with it had it for a moment only.
    const breaker = readLock(right);
    if (breaker === undefined) return true;
    if (holderIn(breaker, files) !== undefined) return false;
    rmSync(right, { force: true });
    return true;
  }
  try {
    if (readLock(lockPath)?.text === text) rmSync(lockPath, { force: true });
    return true;
  } finally {
    rmSync(right, { force: true });
  }
}

const isExisting = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';

/** How long a lock may be empty: its holder is just writing its number. */
const writing = 2000;

/** The process that holds the lock, if it lives: one from before this machine started does not. */
function holderIn({ text, since }: Lock, files: SessionFiles): string | undefined {
  if (text === '') return Date.now() - since < writing ? 'one that is just beginning' : undefined;
  if (since < Date.now() - uptime() * 1000) return undefined;
  const pid = Number(text);
  return Number.isInteger(pid) && pid > 0 && files.isAlive(pid) ? text : undefined;
}

function holderOf(lockPath: string, files: SessionFiles): string | undefined {
  const found = readLock(lockPath);
  return found && holderIn(found, files);
}

export interface SessionSummary {
  readonly id: string;
  readonly lab: string;
  readonly target: TargetFacts;
  readonly at: string;
  readonly closed: boolean;
  readonly stepsDone: number;
  readonly stepStatus: Readonly<Record<string, 'waiting' | 'running' | 'done' | 'failed'>>;
  readonly resources: number;
  readonly inputs: Readonly<Record<string, string>>;
  readonly names: Readonly<Record<string, string>>;
}

/** All sessions of a data directory, the newest first. Reads only; needs no lock. */
export function listSessions(dataDir: string): readonly SessionSummary[] {
  const folder = join(dataDir, 'sessions');
  const files = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
  return files
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => summary(join(folder, file)) ?? [])
    .sort((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id));
}

function summary(path: string): SessionSummary | undefined {
  const state = new SessionState();
  for (const entry of readJournal(path).entries) state.fold(entry);
  const { opened } = state;
  if (!opened) return undefined;
  // A step that nobody runs any more was interrupted, which is a way to fail.
  const held = holderOf(`${path}.lock`, diskFiles) !== undefined;
  const steps = [...state.steps].map(([id, { status }]) => {
    return [id, status === 'running' && !held ? 'failed' : status] as const;
  });
  return {
    id: opened.session,
    lab: opened.lab,
    target: opened.target,
    at: opened.at,
    closed: state.closed,
    stepsDone: steps.filter(([, status]) => status === 'done').length,
    stepStatus: Object.fromEntries(steps),
    resources: state.living().length,
    inputs: state.inputs,
    names: state.names,
  };
}

/** The newest session of a lab on a target that was not cleaned up. */
export function unfinishedSession(dataDir: string, lab: string, target: TargetFacts): SessionSummary | undefined {
  return listSessions(dataDir).find((each) => each.lab === lab && !each.closed && sameTarget(each.target, target));
}

/** The sandbox has a new port at each start, so its address is no part of what it is. */
export function sameTarget(left: TargetFacts, right: TargetFacts): boolean {
  const place = ({ kind, account, region, endpoint }: TargetFacts) =>
    JSON.stringify([kind, account, region, kind === 'sandbox' ? '' : (endpoint ?? '')]);
  return place(left) === place(right);
}

export const diskFiles: SessionFiles = {
  pid: process.pid,
  isAlive(pid) {
    try {
      return process.kill(pid, 0);
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EPERM';
    }
  },
  append(path, text, flush) {
    const file = openSync(path, 'a', 0o600);
    try {
      writeSync(file, text);
      if (flush) fsyncSync(file);
    } finally {
      closeSync(file);
    }
  },
};
