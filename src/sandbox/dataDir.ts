// The folder of a sandbox that is kept: its keys, its state, and the file that tells others where it runs. One process a folder.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credentials } from './wire/authenticate.ts';

/** What a user of the process must know; the first line it prints. */
export interface RunningSandbox {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly account: string;
  readonly pid: number;
}

export interface DataDir {
  readonly credentials: Credentials;
  readonly stateFile: string;
  /** Where the last process answered: addresses that people have copied stay right when this one takes it again. */
  readonly lastPort: number | undefined;
  announce(running: RunningSandbox): void;
  /** Others shall no longer come; the next one may start. */
  leave(): void;
}

/** How often a lock is looked at, a tenth of a second apart, before it is taken from one that lives but does not answer. */
const patience = 50;

/** Either this process has the folder now, or another one has and is told. */
export async function enterDataDir(dir: string): Promise<DataDir | RunningSandbox> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const lock = join(dir, 'sandbox.lock');
  const announced = join(dir, 'sandbox.json');
  // Long enough for another one that is just starting to answer.
  for (let waits = 0; !takeLock(lock);) {
    const running = await findRunning(announced);
    if (running) return running;
    const owner = ownerOf(lock);
    const dead = owner !== undefined && (waits >= patience || (owner !== '' && !isAlive(Number(owner))));
    if (dead && takeAway(lock, owner, waits)) continue;
    await new Promise((done) => setTimeout(done, 100));
    waits++;
  }
  rmSync(announced, { force: true });
  const port = join(dir, 'port');
  return {
    credentials: keysOf(join(dir, 'keys.json')),
    stateFile: join(dir, 'state.bin'),
    lastPort: portOf(port),
    announce(running) {
      replaceFile(port, new URL(running.endpoint).port);
      replaceFile(announced, `${JSON.stringify(running)}\n`);
    },
    leave() {
      rmSync(announced, { force: true });
      if (ownerOf(lock) === String(process.pid)) rmSync(lock, { force: true });
    },
  };
}

/** False: another has it. Throws where nobody could have it, as in a folder that cannot be written. */
function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

/** What the lock says: '' while its owner is just writing it; undefined: there is none any more. */
function ownerOf(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}

/**
 * Two may find the same dead lock, and a third may come meanwhile: only who has the right to break it removes it, and only while it
 * still says the dead owner. False: it was not for this process to remove.
 */
function takeAway(lock: string, owner: string, waits: number): boolean {
  const right = `${lock}.break`;
  if (!takeLock(right)) {
    // Whoever had the right and died with it had it for a moment only.
    const breaker = ownerOf(right);
    const dead = breaker === '' ? waits > 2 * patience : breaker !== undefined && !isAlive(Number(breaker));
    if (dead) rmSync(right, { force: true });
    return false;
  }
  try {
    if (ownerOf(lock) !== owner) return false;
    rmSync(lock, { force: true });
    return true;
  } finally {
    rmSync(right, { force: true });
  }
}

export const codeOf = (thrown: unknown): unknown =>
  thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return codeOf(thrown) === 'EPERM';
  }
}

async function findRunning(file: string): Promise<RunningSandbox | undefined> {
  try {
    const running = JSON.parse(readFileSync(file, 'utf8')) as RunningSandbox;
    // Written by nobody but a sandbox; whoever changed it shall not lead others elsewhere.
    if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(running.endpoint)) return undefined;
    const response = await fetch(`${running.endpoint}/_sandbox/health`, { signal: AbortSignal.timeout(1000) });
    const health = (await response.json()) as { readonly pid?: unknown };
    return health.pid === running.pid ? running : undefined;
  } catch {
    return undefined;
  }
}

function portOf(file: string): number | undefined {
  try {
    const port = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}

function keysOf(file: string): Credentials {
  try {
    const keys = JSON.parse(readFileSync(file, 'utf8')) as Partial<Credentials>;
    if (keys.accessKeyId && keys.secretAccessKey) {
      return { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey };
    }
  } catch {
    // New ones are made below.
  }
  const made = generateKeys();
  replaceFile(file, `${JSON.stringify(made)}\n`);
  return made;
}

export function generateKeys(): Credentials {
  const letters = [...randomBytes(16)].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(byte % 32));
  return { accessKeyId: `AKIA${letters.join('')}`, secretAccessKey: randomBytes(30).toString('base64') };
}

function replaceFile(file: string, text: string): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text, { mode: 0o600 });
  renameSync(temporary, file);
}
