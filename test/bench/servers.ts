// Starts the servers that are compared, each in a process of its own, and reads what they cost from the kernel's books.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Running {
  readonly name: string;
  readonly endpoint: string;
  readonly pid: number;
  /** From the start of the process to its first answer. */
  readonly startMs: number;
  readonly startCpuMs: number | undefined;
  /** Ends it by SIGTERM and gives the time it took. */
  stop(): Promise<number>;
}
export interface Launch {
  readonly name: string;
  args(port: number): string[];
}

/** In Node's own flags: `BENCH_NODE_OPTIONS='--cpu-prof'` profiles the sandbox. */
const extra = (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter((flag) => flag !== '');

/** As `npm run sandbox` starts it. */
const nursery = ['--min-semi-space-size=4', '--max-semi-space-size=4'];

export const sandbox: Launch = {
  name: 'sandbox',
  args: (port) => [...nursery, ...extra, 'dist/sandbox.js', '--port', String(port), '--any-credentials', '--json'],
};

export function sandboxWith(...options: string[]): Launch {
  return { name: 'sandbox', args: (port) => [...sandbox.args(port), ...options] };
}

/** Without its log of every request, which would slow it down. */
export const fauxqs: Launch = {
  name: 'fauxqs',
  args: (port) => [
    '--input-type=module',
    '--eval',
    `import { startFauxqs } from 'fauxqs'; const server = await startFauxqs({ port: ${port}, logger: false });
     process.on('SIGTERM', async () => { await server.stop(); process.exit(0); });`,
  ],
};

export async function start(launch: Launch): Promise<Running> {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, launch.args(port), { stdio: ['ignore', 'ignore', 'inherit'] });
  const killNow = (): unknown => child.kill('SIGKILL');
  process.once('exit', killNow);
  child.once('exit', () => process.removeListener('exit', killNow));
  const endpoint = `http://127.0.0.1:${port}`;
  await untilAnswered(port, endpoint, child);
  const startMs = performance.now() - begun;
  const pid = child.pid ?? 0;
  return {
    name: launch.name,
    endpoint,
    pid,
    startMs,
    startCpuMs: cpuMs(pid),
    stop: () => stop(child),
  };
}

async function untilAnswered(port: number, endpoint: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await connects(port))) {
    if (child.exitCode !== null || Date.now() > end) throw new Error(`it does not start: ${child.spawnargs.join(' ')}`);
    await sleep(2);
  }
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.ListQueues',
      'x-amz-date': '20260101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: '{}',
  });
  if (!answer.ok) throw new Error(`${endpoint}: ${answer.status} ${await answer.text()}`);
}

async function stop(child: ChildProcess): Promise<number> {
  const begun = performance.now();
  if (child.exitCode !== null) return 0;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(killer);
  return performance.now() - begun;
}

function connects(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      answer(true);
    });
    socket.once('error', () => answer(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

/** Processor time that a process has used, in milliseconds; nothing where the kernel does not tell (it does on Linux). */
export function cpuMs(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

/** Resident memory in MB: now, and at its highest. */
export function memoryMb(pid: number): { readonly now?: number; readonly highest?: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kb = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]);
    return { now: kb('VmRSS') / 1024, highest: kb('VmHWM') / 1024 };
  } catch {
    return {};
  }
}
