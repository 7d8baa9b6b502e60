#!/usr/bin/env node
// The command line's composition root: words -> options -> one command of the table. In: process. Out: an exit code.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { realClock } from './cli/realClock.ts';
import { defaultDataDir, type CliContext, type Command } from './cli/context.ts';
import { parseOptions, usage, UsageError, type CommandName } from './cli/options.ts';
import { openTerminal } from './cli/terminal.ts';

const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  run: async () => (await import('./cli/runCommand.ts')).runCommand,
  check: async () => (await import('./cli/runCommand.ts')).checkCommand,
  list: async () => (await import('./cli/listCommand.ts')).listCommand,
  cleanup: async () => (await import('./cli/cleanupCommand.ts')).cleanupCommand,
  sweep: async () => (await import('./cli/cleanupCommand.ts')).sweepCommand,
  sandbox: async () => hostSandbox,
};

/** Bundled this file is dist/cli.js; run from its source it stands beside dist/. */
const here = import.meta.url.endsWith('.ts') ? '../dist/' : './';
const pathTo = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The sandbox takes over this process: its options, its output, its signals. */
async function hostSandbox({ options, sandboxScript }: CliContext): Promise<number> {
  process.argv = [process.execPath, sandboxScript, ...options.rest];
  await import(pathToFileURL(sandboxScript).href);
  return Number(process.exitCode ?? 0);
}

function openContext(args: readonly string[], signal: AbortSignal): CliContext {
  const options = parseOptions(args);
  return {
    options,
    signal,
    terminal: openTerminal(process),
    clock: realClock,
    id: () =>
      BigInt(`0x${randomBytes(8).toString('hex')}`)
        .toString(36)
        .padStart(13, '0')
        .slice(-10),
    dataDir: options.dataDir ?? defaultDataDir(process.env),
    labs: options.labs ?? pathTo('../labs'),
    sandboxScript: pathTo(`${here}sandbox.js`),
  };
}

async function main(args: readonly string[]): Promise<number> {
  const broken = new AbortController();
  const context = openContext(args, broken.signal);
  const { command } = context.options;
  if (command === 'help') return say(usage);
  if (command === 'version') return say(version());
  if (command !== 'sandbox') process.once('SIGINT', () => broken.abort(new Error('Broken off.')));
  return (await commands[command]())(context);
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(pathTo('../package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '?';
}

/** What could not start is told in a sentence; only what nobody foresaw shows where it happened. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const foreseen = error instanceof UsageError || ['LabRefusal', 'AwsFailure'].includes(error.name);
  return foreseen ? error.message : `${error.message}\n${error.stack ?? ''}`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 2;
}
