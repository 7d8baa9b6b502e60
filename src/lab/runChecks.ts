// The checks of a step. In: what should hold. Out: whether each does, with its hint where it does not; a check changes nothing.
import { AwsFailure } from '../aws/errors.ts';
import { bindExpression, evaluate, isTrue, resolve, resolveWhatIsKnown, UnknownName } from './expression.ts';
import { explainError } from './explainError.ts';
import type { CheckRecord } from './journal.ts';
import type { Check, Request, Template } from './model.ts';
import { prepare } from './prepareRequest.ts';
import { redact, shown } from './redact.ts';
import { matches, repeatUntil } from './runAction.ts';
import { isLeftOut, type StepContext } from './stepContext.ts';

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
  if (isLeftOut(context, check)) return { ok: true, leftOut: true };
  try {
    return await judge(context, check);
  } catch (error) {
    const failure = explain(error, context);
    if (!failure) throw error;
    return { ok: false, hint: hintOf(context, check), error: failure };
  }
}

async function judge(context: StepContext, check: Check): Promise<CheckRecord> {
  if (check.of.kind === 'show') return judgeValue(context, check, check.of.value);
  const { request: asked } = check.of;
  const prepared = prepare(context, asked);
  const request = prepared.snapshot;
  if (check.expectError) return { request, ...(await judgeError(context, check, asked, prepared.input)) };
  const patience = check.patience ?? { withinMs: 0, everyMs: 1 };
  const { held, output } = await repeatUntil(context, asked, prepared, { expression: check.expect, patience });
  if (held && check.save !== undefined) context.save(check.save, output);
  return { request, response: shown(output), ok: held, ...(!held && { hint: hintOf(context, check) }) };
}

/** What was saved before; nobody is asked. */
function judgeValue(context: StepContext, check: Check, value: Template): CheckRecord {
  const scope = context.scope();
  const found = resolve(value, scope);
  const held = isTrue(evaluate(bindExpression(check.expect, scope), found));
  return { response: shown(brief(found)), ok: held, ...(!held && { hint: hintOf(context, check) }) };
}

const longestText = 1000;

/** Whole documents among what was saved were shown where they were saved. */
function brief(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: readonly [string, unknown]) => [
      key,
      typeof inner === 'string' && inner.length > longestText && redact(inner) === inner
        ? `${inner.slice(0, longestText)}…`
        : inner,
    ]),
  );
}

async function judgeError(
  context: StepContext,
  check: Check,
  { operation }: Request,
  input: object,
): Promise<CheckRecord> {
  try {
    const response = await context.target.sendAny(operation, input, { signal: context.signal });
    return { ok: false, hint: hintOf(context, check), response: shown(response) };
  } catch (error) {
    if (!(error instanceof AwsFailure) || !check.expectError || !matches(error, check.expectError)) throw error;
    return { ok: true, error: { code: error.code, what: error.what, advice: error.advice } };
  }
}

/** "There is no such queue" is a check that does not hold; "no network" is none. */
function explain(error: unknown, context: StepContext): CheckRecord['error'] {
  if (error instanceof UnknownName) return explainError(error, context);
  if (!(error instanceof AwsFailure) || beyondTheLearner.has(error.kind)) return undefined;
  return { code: error.code, what: error.what, advice: error.advice };
}

function hintOf(context: StepContext, check: Check): string {
  return String(resolveWhatIsKnown(check.else, context.scope()).value);
}
