#!/usr/bin/env node
// The command line's composition root: words -> options -> one command of the table. In: process. Out: an exit code.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { realClock } from './cli/realClock.ts';
import { defaultDataDir, type CliContext, type Command } from './cli/context.ts';
import { parseOptions, usage, UsageError, type CommandName } from './cli/options.ts';
import { openTerminal, printable } from './cli/terminal.ts';

const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  run: async () => (await import('./cli/runCommand.ts')).runCommand,
  check: async () => (await import('./cli/runCommand.ts')).checkCommand,
  list: async () => (await import('./cli/listCommand.ts')).listCommand,
  cleanup: async () => (await import('./cli/cleanupCommand.ts')).cleanupCommand,
  sweep: async () => (await import('./cli/cleanupCommand.ts')).sweepCommand,
  sandbox: async () => hostSandbox,
  saml: async () => (await import('./cli/samlCommand.ts')).samlCommand,
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

/** What happened and what to do. Where it happened is for whoever asks: people are not shown a stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof UsageError || ['LabRefusal', 'AwsFailure'].includes(error.name)) return error.message;
  if (process.env['AWS_LABS_DEBUG']) return error.stack ?? error.message;
  return `That did not work: ${error.message}\nTry it again; what was done so far is kept. AWS_LABS_DEBUG=1 shows where it happened.`;
}

// On Node 20 the AWS SDK tells that its later versions will want a newer one: of no concern to who runs this bundle.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

// Whoever reads may have read enough (`aws-labs run ... | head`): the command goes on to its end, so that it still cleans up.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${printable(explain(error))}\n`);
  process.exitCode = 2;
}
