// A step, run or judged. In: its context. Out: whether it holds; each action and check is journalled as it ends.
import { explainError } from './explainError.ts';
import { findHandwork, type FoundByHand } from './handwork.ts';
import type { ActionRecord } from './journal.ts';
import type { Action, Step } from './model.ts';
import { adopt } from './ownership.ts';
import { preview, requestIn } from './prepareRequest.ts';
import { NotInTime, runAction } from './runAction.ts';
import { runCheck } from './runChecks.ts';
import type { Confirmation, StepResult } from './runOptions.ts';
import type { ErrorSnapshot } from './snapshot.ts';
import type { StepContext } from './stepContext.ts';
import { isLeftBy, sayNames, takeOver, withDrafts } from './takeOver.ts';

export function ok(sentence: string): StepResult {
  return { ok: true, status: 'done', sentence };
}

/** All its actions, then all its checks. */
export async function performStep(context: StepContext, step: Step): Promise<StepResult> {
  const { session, clock } = context;
  const began = clock.now();
  const ended = (error?: ErrorSnapshot): StepResult => {
    const status = error ? 'failed' : 'done';
    session.record({ t: 'step', step: step.id, status, ms: clock.now() - began, ...(error && { error }) });
    return error ? { ok: false, status: 'failed', sentence: sentenceOf(error) } : ok(`"${step.title}" is done.`);
  };
  session.record({ t: 'step', step: step.id, status: 'running' });
  try {
    await takeOver(context, step);
    for (const [index, action] of step.actions.entries()) await performAction(context, action, index);
    context.acting(undefined);
    const failed = await performChecks(context, step);
    return ended(failed === undefined ? undefined : checkFailed(failed));
  } catch (error) {
    return ended(explainError(error, context));
  }
}

async function performAction(context: StepContext, action: Action, index: number): Promise<void> {
  const { session, clock, stepId } = context;
  context.acting(index);
  const began = clock.now();
  const record = (done: ActionRecord) => session.record({ t: 'action', step: stepId, index, record: done });
  try {
    record(await runAction(context, action));
  } catch (error) {
    const seen = error instanceof NotInTime ? error.seen : requestOf(context, action);
    record({ ...seen, status: 'failed', error: explainError(error, context), ms: clock.now() - began });
    throw error;
  }
}

function requestOf(context: StepContext, action: Action): Pick<ActionRecord, 'request'> {
  const request = requestIn(action);
  return request ? { request: preview(context, request) } : {};
}

/** The hint of the first that does not hold. */
async function performChecks(context: StepContext, step: Step): Promise<string | undefined> {
  let failed: string | undefined;
  for (const [index, check] of step.checks.entries()) {
    const record = await runCheck(context, check);
    context.session.record({ t: 'check', step: step.id, index, record });
    if (!record.ok) failed ??= record.hint ?? '';
  }
  return failed;
}

/** Judged without running: what the learner made by hand is found, and taken into the session if the learner agrees. */
export async function judgeStep(context: StepContext, step: Step): Promise<StepResult> {
  const { session } = context;
  const wasDone = session.state.steps.get(step.id)?.status === 'done';
  const drafts = new Map<string, unknown>();
  const draft = withDrafts(context, drafts);
  try {
    const { found } = wasDone ? { found: [] } : await findHandwork(draft, step);
    const failed = await performChecks(draft, step);
    if (failed !== undefined) return judgedNot(context, step, { wasDone, hint: failed });
    await adoptHandwork(context, step, found);
    for (const [name, value] of drafts) context.save(name, value);
    if (!wasDone) session.record({ t: 'step', step: step.id, status: 'done', byHand: true });
    return ok(step.checks.length === 0 ? 'There is nothing to check here.' : 'All checks hold.');
  } catch (error) {
    return { ok: false, status: wasDone ? 'done' : 'failed', sentence: sentenceOf(explainError(error, context)) };
  }
}

/** What does not hold of a step not begun leaves it as it was; a step done before is no longer. */
function judgedNot(
  { session }: StepContext,
  step: Step,
  { wasDone, hint }: { wasDone: boolean; hint: string },
): StepResult {
  if (wasDone) session.record({ t: 'step', step: step.id, status: 'failed', error: checkFailed(hint) });
  return { ok: false, status: wasDone ? 'failed' : 'waiting', sentence: hint };
}

async function adoptHandwork(context: StepContext, step: Step, found: readonly FoundByHand[]): Promise<void> {
  const { session, options } = context;
  const foreign = found.filter(({ owner }) => owner?.session !== session.id);
  const answer = foreign.length === 0 ? undefined : await options.confirm?.(adoptQuestion(context, step, foreign));
  await adopt(context, answer === 'adopt' ? found : found.filter((each) => !foreign.includes(each)));
}

function adoptQuestion(context: StepContext, step: Step, found: readonly FoundByHand[]): Confirmation {
  const left = found.every((each) => isLeftBy(context, each));
  const said = left
    ? `The lab ${context.lab.buildsOn} has left ${sayNames(found)}. Shall this lab take them over?`
    : `You made ${sayNames(found)} by hand. Shall the lab adopt what you made?`;
  return {
    kind: left ? 'take-over' : 'adopt',
    stepId: step.id,
    text: `${said} Cleaning up will then remove it.`,
    resources: found.map(({ resource: { kind, name, arn } }) => ({ kind, name, ...(arn !== undefined && { arn }) })),
    choices: [
      { id: 'adopt', label: left ? 'Take over' : 'Adopt' },
      { id: 'use', label: 'Use it, but leave it when cleaning up' },
    ],
  };
}

function checkFailed(hint: string): ErrorSnapshot {
  return { code: 'CheckFailed', what: hint, advice: '' };
}

function sentenceOf({ what, advice }: ErrorSnapshot): string {
  return `${what} ${advice}`.trim();
}
