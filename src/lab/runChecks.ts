// The checks of a step. In: what should hold. Out: whether each does, with its hint where it does not; a check changes nothing.
import { AwsFailure } from '../aws/errors.ts';
import { resolveWhatIsKnown, UnknownName } from './expression.ts';
import type { CheckRecord } from './journal.ts';
import type { Check } from './model.ts';
import { prepare } from './prepareRequest.ts';
import { shown } from './redact.ts';
import { matches, repeatUntil } from './runAction.ts';
import type { StepContext } from './stepContext.ts';

/** Failures that say nothing about the learner's work: they end the step instead of failing a check. */
const beyondTheLearner = new Set([
  'credentials-missing',
  'credentials-expired',
  'credentials-invalid',
  'network',
  'wrong-region',
  'wrong-account',
  'clock-skew',
  'throttled',
  'service',
]);

export async function runCheck(context: StepContext, check: Check): Promise<CheckRecord> {
  try {
    return await judge(context, check);
  } catch (error) {
    const failure = explain(error);
    if (!failure) throw error;
    return { ok: false, hint: hintOf(context, check), error: failure };
  }
}

async function judge(context: StepContext, check: Check): Promise<CheckRecord> {
  const prepared = prepare(context, check.request);
  const request = prepared.snapshot;
  if (check.expectError) return { request, ...(await judgeError(context, check, prepared.input)) };
  const patience = check.patience ?? { withinMs: 0, everyMs: 1 };
  const { held, output } = await repeatUntil(context, check.request, prepared, { expression: check.expect, patience });
  if (held && check.save !== undefined) context.save(check.save, output);
  return { request, response: shown(output), ok: held, ...(!held && { hint: hintOf(context, check) }) };
}

async function judgeError(context: StepContext, check: Check, input: object): Promise<CheckRecord> {
  try {
    const response = await context.target.sendAny(check.request.operation, input, { signal: context.signal });
    return { ok: false, hint: hintOf(context, check), response: shown(response) };
  } catch (error) {
    if (!(error instanceof AwsFailure) || !check.expectError || !matches(error, check.expectError)) throw error;
    return { ok: true, error: { code: error.code, what: error.what, advice: error.advice } };
  }
}

/** "There is no such queue" is a check that does not hold; "no network" is none. */
function explain(error: unknown): CheckRecord['error'] {
  if (error instanceof UnknownName)
    return { code: 'NotKnownYet', what: error.message, advice: 'Run the steps before this one.' };
  if (!(error instanceof AwsFailure) || beyondTheLearner.has(error.kind)) return undefined;
  return { code: error.code, what: error.what, advice: error.advice };
}

function hintOf(context: StepContext, check: Check): string {
  return String(resolveWhatIsKnown(check.else, context.scope()).value);
}
