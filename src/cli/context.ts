// What every command is given: options, a terminal, a clock, where things are, and how to reach a target.
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { TargetChoice } from '../aws/targetChoice.ts';
import { isRealAccount } from '../aws/realAccount.ts';
import type { Target, TargetFacts } from '../aws/target.ts';
import type { RunClock } from '../lab/runOptions.ts';
import { UsageError, type CliOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

export interface CliContext {
  readonly options: CliOptions;
  readonly terminal: Terminal;
  readonly clock: RunClock;
  readonly id: () => string;
  readonly signal: AbortSignal;
  readonly dataDir: string;
  readonly labs: string;
  /** `dist/sandbox.js`. */
  readonly sandboxScript: string;
}

/** 0, 1, 2 or 130: see the usage. */
export type ExitCode = number;
export type Command = (context: CliContext) => Promise<ExitCode>;

export function defaultDataDir(env: NodeJS.ProcessEnv): string {
  return env['AWS_LABS_HOME'] ?? join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'aws-labs');
}

export interface OpenedTarget {
  readonly target: Target;
  close(): void;
}

export function openChosenTarget(context: CliContext): Promise<OpenedTarget> {
  const { target, profile, region } = context.options;
  if (target === 'sandbox') return openSandbox(context);
  const place = { ...(profile !== undefined && { profile }), ...(region !== undefined && { region }) };
  if (target === 'aws') return openOther(context, { kind: 'aws', ...place });
  if (/^https?:\/\//.test(target)) return openOther(context, { kind: 'endpoint', url: target, ...place });
  throw new UsageError(`--target is sandbox, aws or an address that begins with http, not ${target}.`);
}

/** The target that a session was begun on. */
export function openTargetOf(
  context: CliContext,
  { kind, endpoint, region, profile: pinned }: TargetFacts,
): Promise<OpenedTarget> {
  const profile = context.options.profile ?? pinned;
  const place = { region, ...(profile !== undefined && { profile }) };
  if (kind === 'sandbox') return openSandbox(context, region);
  return openOther(
    context,
    kind === 'endpoint' && endpoint !== undefined ? { kind, url: endpoint, ...place } : { kind: 'aws', ...place },
  );
}

async function openSandbox(context: CliContext, region?: string): Promise<OpenedTarget> {
  const [{ connectSandbox }, { openTarget }] = await Promise.all([
    import('../aws/sandboxProcess.ts'),
    import('../aws/openTarget.ts'),
  ]);
  const connection = await connectSandbox({ script: context.sandboxScript, dataDir: join(context.dataDir, 'sandbox') });
  const { endpoint, accessKeyId, secretAccessKey } = connection;
  const at = region ?? context.options.region ?? connection.region;
  const choice = { kind: 'sandbox', endpoint, region: at, credentials: { accessKeyId, secretAccessKey } } as const;
  const target = await openTarget(choice, context.clock, context.signal);
  return {
    target,
    close() {
      target.dispose();
      connection.dispose();
    },
  };
}

type OtherChoice = Exclude<TargetChoice, { kind: 'sandbox' }>;

async function openOther(context: CliContext, choice: OtherChoice): Promise<OpenedTarget> {
  const { openTarget } = await import('../aws/openTarget.ts');
  const { terminal, signal } = context;
  const askMfa = (serial: string) => terminal.ask(`The code that the MFA device ${serial} shows:`, signal);
  const help = terminal.interactive ? { askMfa } : {};
  const target = await openTarget(choice, context.clock, signal, help);
  return { target, close: () => target.dispose() };
}

/** On a real account: shown first, and confirmed by typing. Elsewhere yes. */
export async function confirmReal(context: CliContext, target: Target, what: string): Promise<boolean> {
  if (!isRealAccount(target) || context.options.yes) return true;
  const { terminal, signal } = context;
  const answer = await terminal.ask(`${what} Type the account number ${target.account} to go on:`, signal);
  if (answer === undefined)
    throw new UsageError('This is a real account: give --yes, or run it where you can be asked.');
  return answer === target.account;
}

export function sayTarget({ label, account, region, endpoint }: TargetFacts): string {
  return `${label}: account ${account}, region ${region}${endpoint === undefined ? '' : `, ${endpoint}`}`;
}
