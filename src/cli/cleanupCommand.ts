// `cleanup` and `sweep`: remove what sessions, or the tags of labs, name. Out: what went, and "0 left" or what is left and why.
import { isRealAccount } from '../aws/realAccount.ts';
import type { Target } from '../aws/target.ts';
import { LabRefusal } from '../lab/refusal.ts';
import { listSessions, type SessionSummary } from '../lab/session.ts';
import { confirmReal, openChosenTarget, openTargetOf, sayTarget, type CliContext, type ExitCode } from './context.ts';
import { saySession } from './listCommand.ts';
import { UsageError } from './options.ts';
import { sayPlan } from './runCommand.ts';

interface Cleaned {
  readonly session: string;
  readonly planned: number;
  readonly removed: number;
  readonly left: readonly object[];
}

export async function cleanupCommand(context: CliContext): Promise<ExitCode> {
  const { terminal, options, dataDir } = context;
  const sessions = chosen(
    context,
    listSessions(dataDir).filter(({ closed }) => !closed),
  );
  const say = options.json ? terminal.err : terminal.out;
  if (sessions.length === 0) say('Nothing to clean up: 0 left.');
  const results: Cleaned[] = [];
  for (const session of sessions) results.push(await cleanOne(context, session, say));
  if (options.json)
    terminal.out(JSON.stringify({ ok: results.every(({ left }) => left.length === 0), sessions: results }));
  return results.every(({ left }) => left.length === 0) ? 0 : 1;
}

/** One, or all, but never several by accident. */
function chosen({ options }: CliContext, sessions: readonly SessionSummary[]): readonly SessionSummary[] {
  const fitting =
    options.lab === undefined ? sessions : sessions.filter(({ id, lab }) => id === options.lab || lab === options.lab);
  if (options.all || options.lab !== undefined || fitting.length <= 1) return fitting;
  throw new UsageError(
    [
      'There are several sessions; say which, or --all:',
      ...fitting.map((session) => `  ${session.lab}  ${saySession(session)}`),
    ].join('\n'),
  );
}

async function cleanOne(context: CliContext, session: SessionSummary, say: (line: string) => void): Promise<Cleaned> {
  const { clock, dataDir, signal, options } = context;
  say(`${session.lab}, ${saySession(session)}`);
  const { target, close } = await openTargetOf(context, session.target);
  try {
    if (isRealAccount(target)) say(sayTarget(target.facts));
    const { cleanSession } = await import('../lab/cleanSession.ts');
    const agree = async (plan: Parameters<typeof sayPlan>[1]) => {
      sayPlan(say, plan);
      return !options.dryRun && (plan.total === 0 || confirmReal(context, target, 'All this will be removed.'));
    };
    const result = await cleanSession({ dataDir, sessionId: session.id, target, clock, signal, agree });
    say(result?.sentence ?? 'Nothing was removed.');
    const { planned = 0, removed = 0, left = [{ why: 'not confirmed' }] } = result ?? {};
    return { session: session.id, planned, removed, left };
  } catch (error) {
    if (!(error instanceof LabRefusal)) throw error;
    say(error.message);
    return { session: session.id, planned: session.resources, removed: 0, left: [{ why: error.message }] };
  } finally {
    close();
  }
}

export async function sweepCommand(context: CliContext): Promise<ExitCode> {
  const { target, close } = await openChosenTarget(context);
  try {
    return await sweepTarget(context, target);
  } finally {
    close();
  }
}

async function sweepTarget(context: CliContext, target: Target): Promise<ExitCode> {
  const { terminal, options, signal, clock } = context;
  const say = options.json ? terminal.err : terminal.out;
  say(`Looking for what labs left behind. ${sayTarget(target.facts)}`);
  const [{ sweep }, { planTeardown }, { runTeardown }, { resultOf }, { kinds }] = await Promise.all([
    import('../lab/sweep.ts'),
    import('../lab/planTeardown.ts'),
    import('../lab/runTeardown.ts'),
    import('../lab/runClean.ts'),
    import('../aws/resources/kinds.ts'),
  ]);
  const unseen: string[] = [];
  const leftovers = await sweep({ target, signal }, undefined, ({ kind, failure }) => {
    unseen.push(kind.plural);
    say(`  ${kind.plural} could not be looked at: ${failure.what}`);
  });
  for (const { found, session, lab } of leftovers)
    say(`  ${kinds[found.kind].label} ${found.name} (lab ${lab}, session ${session})`);
  const entries = await Promise.all(
    leftovers.map(async ({ found }, n) => ({
      ...found,
      n,
      contents: await kinds[found.kind].contents({ target, signal }, found),
    })),
  );
  const go =
    !options.dryRun && (entries.length === 0 || (await confirmReal(context, target, 'All this will be removed.')));
  const waves = planTeardown(entries);
  const left = go
    ? await runTeardown(waves, { target, clock, signal, progress: () => undefined })
    : entries.map((item) => ({ item, why: 'not confirmed' }));
  const result = resultOf(entries.length, left);
  const sentence = `${result.sentence}${unseen.length === 0 ? '' : ` Not looked at: ${unseen.join(', ')}.`}`;
  if (options.json) terminal.out(JSON.stringify({ ...result, sentence, ...(unseen.length > 0 && { unseen }) }));
  else say(options.dryRun ? `${entries.length} found; nothing was removed.` : sentence);
  // An endpoint may lack a service altogether; in an account, what one may not see proves nothing.
  const proven = result.left.length === 0 && (unseen.length === 0 || target.kind === 'endpoint');
  return proven || options.dryRun ? 0 : 1;
}
