// The sandbox as its own process, from a bundle as it is shipped: for what only a process can show.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface SandboxProcess {
  readonly child: ChildProcess;
  /** The first line, and when it came (ms after the start). */
  readonly line: Readonly<Record<'endpoint' | 'accessKeyId' | 'secretAccessKey' | 'region' | 'account', string>> & {
    readonly pid: number;
  };
  readonly complaints: () => string;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'aws-labs-sandbox-'));

/** Where the bundle is; to be removed afterwards. */
export async function bundleSandbox(): Promise<{ readonly script: string; remove(): void }> {
  const outdir = temporaryFolder();
  await build({
    entryPoints: [{ in: 'src/sandbox/main.ts', out: 'sandbox' }],
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.mjs' },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  return { script: join(outdir, 'sandbox.mjs'), remove: () => rmSync(outdir, { recursive: true, force: true }) };
}

/** Its first line of JSON, or what it said when it ended without one. */
export async function startProcess(script: string, ...args: string[]): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [script, '--json', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null));
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await Promise.race([
    ended,
    new Promise<void>((done) => child.stdout.on('data', () => said.includes('\n') && done())),
  ]);
  if (!said.includes('\n')) throw new Error(`ended with ${await ended}: ${complaints}`);
  return {
    child,
    line: JSON.parse(said) as SandboxProcess['line'],
    complaints: () => complaints,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
