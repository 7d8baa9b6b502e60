// The sandbox as a process: found if it runs, started if not, noticed when it ends.
// In: its script and its data folder. Out: where it answers and with which keys. It outlives us while others use it, and ends soon after the last has gone.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';

export interface SandboxFacts {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly account: string;
  readonly pid: number;
}

export interface SandboxConnection extends SandboxFacts {
  /** Whether this call started it, or found it running. */
  readonly started: boolean;
  /** Called once if it ends, or is killed, while we use it. */
  onExit(listener: () => void): () => void;
  /** We use it no more. */
  dispose(): void;
}

export interface SandboxOptions {
  /** `dist/sandbox.js`. */
  readonly script: string;
  /** The sandbox's own folder: state, keys, and where it runs. */
  readonly dataDir: string;
  readonly execPath?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

const startWithin = 15_000;

export async function connectSandbox(options: SandboxOptions): Promise<SandboxConnection> {
  const running = readRunning(options.dataDir);
  const joined = running && (await hold(running, false));
  if (joined) return joined;
  const started = await start(options);
  const held = await hold(started, true);
  if (!held) throw new Error(`It started at ${started.endpoint} but does not answer there.`);
  return held;
}

/** The one that runs on this folder, by what it wrote there; it may be dead. */
function readRunning(dataDir: string): SandboxFacts | undefined {
  try {
    return parseFacts(readFileSync(join(dataDir, 'sandbox.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

function start({
  script,
  dataDir,
  execPath = process.execPath,
  env = {},
  args = [],
}: SandboxOptions): Promise<SandboxFacts> {
  const child = spawn(execPath, [script, '--json', '--data-dir', dataDir, '--exit-when-unused', ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    windowsHide: true,
  });
  const { stdout, stderr } = child;
  return new Promise<SandboxFacts>((resolve, reject) => {
    let said = '';
    let complaints = '';
    const timer = setTimeout(() => child.kill(), startWithin);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      stdout.destroy();
      stderr.destroy();
      child.unref();
      act();
    };
    stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const line = said.slice(0, said.indexOf('\n'));
      if (line === '' || !said.includes('\n')) return;
      const facts = parseFacts(line);
      // What it said is not repeated: it may hold its key.
      settle(() => (facts ? resolve(facts) : reject(new Error('Its first line does not say where it answers.'))));
    });
    child.on('error', (error) => settle(() => reject(error)));
    child.on('exit', (code) =>
      settle(() => reject(new Error(complaints.trim() || `It ended with code ${code ?? 'none'}.`))),
    );
  });
}

/** Opens the lease: while it is open the sandbox stays, and when it breaks the sandbox is gone. */
function hold(facts: SandboxFacts, started: boolean): Promise<SandboxConnection | undefined> {
  return new Promise((settle) => {
    const resolve = (held: SandboxConnection | undefined) => {
      clearTimeout(timer);
      settle(held);
    };
    const request = get(`${facts.endpoint}/_sandbox/lease`, { agent: false }, (answer) => {
      if (answer.statusCode !== 200) {
        answer.destroy();
        return resolve(undefined);
      }
      // Another server may have the port of one that was killed.
      answer.once('data', (chunk: Buffer) => {
        if (chunk.toString().startsWith('{"lease":true}')) return resolve(connection(facts, started, answer));
        answer.destroy();
        resolve(undefined);
      });
      answer.once('close', () => resolve(undefined));
    });
    const timer = setTimeout(() => {
      request.destroy();
      resolve(undefined);
    }, 5000);
    request.on('error', () => resolve(undefined));
  });
}

function connection(facts: SandboxFacts, started: boolean, lease: IncomingMessage): SandboxConnection {
  const listeners = new Set<() => void>();
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    for (const listener of listeners) listener();
  };
  lease.on('error', end);
  lease.on('close', end);
  lease.resume();
  return {
    ...facts,
    started,
    onExit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      ended = true;
      listeners.clear();
      lease.destroy();
    },
  };
}

/** Undefined: not a sandbox's facts. They come from outside, so the address is held to be this machine's. */
function parseFacts(text: string): SandboxFacts | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { endpoint, accessKeyId, secretAccessKey, region, account, pid } =
    typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  const texts = [endpoint, accessKeyId, secretAccessKey, region, account];
  if (!texts.every((text) => typeof text === 'string') || typeof pid !== 'number') return undefined;
  if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(endpoint)) return undefined;
  return { endpoint, accessKeyId, secretAccessKey, region, account, pid };
}
