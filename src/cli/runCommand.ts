// `run` and `check`: a lab in the terminal, a line a step. Out: those lines, or one JSON object; exit code 0 only if all held and nothing is left.
import type { CallRecord, Target } from '../aws/target.ts';
import { sayDuration } from '../lab/duration.ts';
import type { LabRun } from '../lab/labRun.ts';
import type { Lab } from '../lab/model.ts';
import type { ActOptions, Confirmation } from '../lab/runOptions.ts';
import type { RunSnapshot, StepSnapshot, TeardownPlan, TeardownResult } from '../lab/snapshot.ts';
import { isRealAccount } from '../aws/realAccount.ts';
import { confirmReal, openChosenTarget, sayTarget, type CliContext, type ExitCode } from './context.ts';
import { findLab, loadLab } from './labFiles.ts';
import { UsageError } from './options.ts';

interface Call {
  readonly operation: string;
  readonly ms: number;
  readonly error: string | null;
}

interface Ran {
  readonly context: CliContext;
  readonly lab: Lab;
  readonly target: Target;
  readonly run: LabRun;
  readonly calls: Map<string, Call[]>;
  /** Lines for people: on stdout, or with --json on stderr. */
  say(line: string): void;
}

export function runCommand(context: CliContext): Promise<ExitCode> {
  return withLab(context, async (ran) => {
    const ok = await runSteps(ran);
    const teardown = await endRun(ran);
    return { ok: ok && (context.options.keep || teardown.left.length === 0), teardown };
  });
}

export function checkCommand(context: CliContext): Promise<ExitCode> {
  return withLab(context, async (ran) => {
    let ok = true;
    for (const { id, kind } of ran.lab.steps) {
      if (kind === 'read') continue;
      const result = await ran.run.checkStep(id, actOptions(ran));
      ok &&= result.ok;
      sayStep(ran, id, result.ok ? '✓' : '✗');
    }
    return { ok, teardown: kept(ran.run.snapshot()) };
  });
}

type Outcome = { ok: boolean; teardown: TeardownResult };

async function withLab(context: CliContext, act: (ran: Ran) => Promise<Outcome>): Promise<ExitCode> {
  const began = performance.now();
  const { options, terminal } = context;
  const file = findLab(options.lab ?? '', context.labs);
  const say = options.json ? terminal.err : terminal.out;
  const loading = loadLab(file, terminal.err);
  // A lab with errors is told at once; what was opened meanwhile is closed.
  const opening = openChosenTarget(context);
  const lab = await loading.catch(async (error: unknown) => {
    await opening.then(({ close }) => close()).catch(() => undefined);
    throw error;
  });
  const { target, close } = await opening;
  try {
    return await onTarget(context, { lab, target, say, began }, act);
  } finally {
    close();
  }
}

async function onTarget(
  context: CliContext,
  { lab, target, say, began }: { lab: Lab; target: Target; say: (line: string) => void; began: number },
  act: (ran: Ran) => Promise<Outcome>,
): Promise<ExitCode> {
  const { options, clock, id, dataDir } = context;
  say(`${lab.title}  (${sayTarget(target.facts)})`);
  if (isRealAccount(target))
    say(
      'This is a real account. What this lab makes costs $0.00 an hour while it lies idle; calls are billed as AWS lists them.',
    );
  if (!(await confirmReal(context, target, 'The lab will create resources there.')))
    throw new UsageError('Not confirmed; nothing was done.');
  const { LabRun } = await import('../lab/labRun.ts');
  const run = await LabRun.open({ lab, target, dataDir, inputs: options.inputs, clock, id });
  const ran: Ran = { context, lab, target, run, say, calls: new Map() };
  const stopCalls = target.onCall((call) => noteCall(ran, call));
  const asked = new Set<string>();
  run.onChange((snapshot) => {
    watch(context, snapshot);
    heedQuestion(ran, snapshot, asked);
  });
  try {
    const { notice } = run.snapshot();
    if (notice !== undefined) say(notice);
    const { ok, teardown } = await act(ran);
    context.terminal.status('');
    if (options.json) context.terminal.out(JSON.stringify(reportOf(ran, ok, teardown, began)));
    else say(`${ok ? 'Done' : 'Not done'} in ${sayDuration(performance.now() - began)}.`);
    return context.signal.aborted ? 130 : ok ? 0 : 1;
  } finally {
    stopCalls();
    run.dispose();
  }
}

async function runSteps(ran: Ran): Promise<boolean> {
  const { lab, run, context } = ran;
  const last = lastStep(ran);
  for (const { id, number } of lab.steps) {
    if (number > last) break;
    const status = stepOf(run, id)?.status;
    const result = status === 'done' ? { ok: true } : await run.runStep(id, actOptions(ran));
    sayStep(ran, id, result.ok ? '✓' : '✗');
    if (!result.ok || context.signal.aborted) return false;
  }
  return true;
}

function lastStep({ lab, context }: Ran): number {
  const { step } = context.options;
  if (step === undefined) return lab.steps.length;
  const found = lab.steps.find(({ id, number }) => id === step || String(number) === step);
  if (!found) throw new UsageError(`The lab has no step ${step}. It has ${lab.steps.map(({ id }) => id).join(', ')}.`);
  return found.number;
}

function actOptions(ran: Ran): ActOptions {
  const { context, target } = ran;
  const { yes, adopt } = context.options;
  return {
    signal: context.signal,
    answers: yes ? 'yes' : target.kind === 'sandbox' ? 'sandbox' : 'human',
    confirm: async (question) => (adopt ? 'adopt' : askConfirmation(ran, question)),
  };
}

/** What the tags of another lab's session name is taken over without a question where nobody is there to be asked, or it is the sandbox. */
async function askConfirmation(
  { context: { terminal, signal }, target, lab, say }: Ran,
  { kind, text, choices, resources }: Confirmation,
): Promise<string | undefined> {
  if (kind === 'take-over' && (!terminal.interactive || !isRealAccount(target))) {
    const names = resources.map((each) => `${each.kind} ${each.name}`).join(', ');
    say(`Starts from what ${lab.buildsOn ?? 'another lab'} has left: ${names}. Cleaning up removes it too.`);
    return 'adopt';
  }
  if (!terminal.interactive) terminal.err('Nobody can answer here; --adopt adopts, and --input gives another name.');
  const answer = await terminal.ask(`${text} [${choices.map(({ id }) => id).join('/')}]`, signal);
  return choices.find(({ id }) => id === answer)?.id;
}

/** What nobody answers by itself is asked here, once; what ends by its own condition is only said. */
function heedQuestion({ context, run, target }: Ran, { steps }: RunSnapshot, asked: Set<string>): void {
  const question = steps.find(({ status }) => status === 'asking')?.question;
  if (!question || asked.has(question.id) || context.options.yes || target.kind === 'sandbox') return;
  asked.add(question.id);
  context.terminal.err(`→ ${question.text}`);
  if (question.kind === 'confirm') void askHuman(context, run, question.id);
}

async function askHuman({ terminal, signal }: CliContext, run: LabRun, id: string): Promise<void> {
  if (!terminal.interactive) terminal.err('Nobody can answer here; --yes takes it as done.');
  const answer = await terminal.ask('Press Enter when it is done, or type skip:', signal).catch(() => 'skip');
  run.answer(id, answer === '' ? 'done' : 'give-up');
}

/** Unless told to keep it, everything goes: after a failure and after Ctrl-C too. */
async function endRun(ran: Ran): Promise<TeardownResult> {
  const { run, context, target, lab, say } = ran;
  if (context.options.keep) {
    const result = kept(run.snapshot());
    say(
      `Kept ${result.planned === 1 ? '1 resource' : `${result.planned} resources`}. \`aws-labs cleanup ${lab.id}\` removes them.`,
    );
    return result;
  }
  const second = new AbortController();
  if (context.signal.aborted) say('Broken off; cleaning up. Press Ctrl-C again to leave it.');
  const stop = () => second.abort();
  process.once('SIGINT', stop);
  try {
    const plan = await run.planTeardown(second.signal);
    sayPlan(say, plan);
    if (
      plan.total > 0 &&
      !(await confirmReal({ ...context, signal: second.signal }, target, 'All this will be removed.'))
    )
      return kept(run.snapshot());
    const result = await run.teardown({ signal: second.signal });
    say(result.sentence);
    return result;
  } catch (error) {
    context.terminal.err(
      `${error instanceof Error ? error.message : String(error)} \`aws-labs cleanup ${lab.id}\` removes what is left.`,
    );
    return kept(run.snapshot());
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

export function sayPlan(say: (line: string) => void, plan: TeardownPlan): void {
  if (plan.total === 0) return;
  say(`Clean-up removes ${plan.total}:`);
  for (const item of plan.waves.flat()) {
    const contents = item.contents.map(({ what, count }) => `${count} ${what}`).join(', ');
    say(`  ${item.kindLabel} ${item.name}${contents === '' ? '' : ` (with ${contents})`}`);
  }
}

/** What is there and was not removed. */
function kept({ resources }: RunSnapshot): TeardownResult {
  const left = resources
    .filter(({ state }) => state !== 'removed')
    .map(({ kind, name, arn }) => ({ kind, name, why: 'kept', ...(arn !== undefined && { arn }) }));
  return { planned: left.length, removed: 0, left, sentence: `${left.length} left.` };
}

function stepOf(run: LabRun, stepId: string): StepSnapshot | undefined {
  return run.snapshot().steps.find(({ id }) => id === stepId);
}

function sayStep({ run, lab, calls, say }: Ran, stepId: string, sign: string): void {
  const step = stepOf(run, stepId);
  if (!step) return;
  const width = String(lab.steps.length).length;
  const place = `${String(step.number).padStart(width)}/${lab.steps.length}`;
  const count = calls.get(stepId)?.length ?? 0;
  const held = step.checks.filter(({ ok }) => ok).length;
  const facts = [
    step.kind === 'read' ? 'read' : '',
    count > 0 ? `${count} call${count === 1 ? '' : 's'}` : '',
    step.checks.length > 0
      ? `${held} of ${step.checks.length} ${step.checks.length === 1 ? 'check holds' : 'checks hold'}`
      : '',
    step.ms !== undefined && step.kind === 'do' ? sayDuration(step.ms) : '',
  ].filter((fact) => fact !== '');
  say(`${place} ${sign} ${step.title}${facts.length > 0 ? `  (${facts.join(', ')})` : ''}`);
  if (sign === '✗') for (const line of whyNot(step)) say(`${' '.repeat(place.length)}   ${line}`);
}

function whyNot(step: StepSnapshot): readonly string[] {
  const action = step.actions.find(({ status }) => status === 'failed');
  const hints = step.checks.filter(({ ok }) => ok === false).map(({ title, hint }) => `${title}: ${hint ?? ''}`);
  const error =
    step.error && step.error.code !== 'CheckFailed'
      ? [`${action ? `${action.title}: ` : ''}${step.error.what} ${step.error.advice}`.trim()]
      : [];
  return [...error, ...hints];
}

/** A spinner's text: the step, and what it does or waits for. */
function watch({ terminal }: CliContext, snapshot: RunSnapshot): void {
  const step = snapshot.steps.find(({ status }) => status === 'running' || status === 'asking');
  if (!step) {
    const { teardown } = snapshot;
    const gone = teardown?.waves.flat().filter(({ state }) => state === 'removed').length ?? 0;
    return terminal.status(teardown?.status === 'running' ? `Cleaning up: ${gone} of ${teardown.total} removed` : '');
  }
  const action = step.actions.find(({ status }) => status === 'running');
  terminal.status(
    `${step.number}/${snapshot.steps.length} ${step.title}: ${action?.note ?? action?.title ?? 'checking'} …`,
  );
}

function noteCall({ run, calls }: Ran, { operation, ms, error }: CallRecord): void {
  const step = run.snapshot().steps.find(({ status }) => status === 'running' || status === 'asking');
  if (!step) return;
  const list = calls.get(step.id) ?? [];
  list.push({ operation, ms: Math.round(ms * 10) / 10, error: error?.code ?? null });
  calls.set(step.id, list);
}

/** The object that scripts rely on: its keys stay. */
function reportOf(
  { run, lab, target, calls }: Ran,
  ok: boolean,
  { planned, removed, left }: TeardownResult,
  began: number,
) {
  const { kind, account, region, endpoint } = target.facts;
  return {
    lab: lab.id,
    target: { kind, account, region, endpoint: endpoint ?? null },
    ok,
    steps: run.snapshot().steps.map((step) => ({
      id: step.id,
      title: step.title,
      status: step.status,
      checks: step.checks
        .filter((check) => check.ok !== undefined)
        .map((check) => ({ ok: check.ok, hint: check.hint ?? null })),
      calls: calls.get(step.id) ?? [],
    })),
    teardown: { planned, removed, left },
    ms: Math.round(performance.now() - began),
  };
}
