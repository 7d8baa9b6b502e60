// Whatever ended a step, in words: what happened, what to do.
import { AwsFailure } from '../aws/errors.ts';
import { ExpressionError, UnknownName } from './expression.ts';
import type { Lab } from './model.ts';
import { LabRefusal } from './refusal.ts';
import type { ErrorSnapshot } from './snapshot.ts';
import { stepThatSaves } from './usedNames.ts';

interface Where {
  readonly lab: Lab;
  readonly signal: AbortSignal;
  readonly session?: { readonly state: { readonly forgotten: ReadonlySet<string> } };
}

export function explainError(error: unknown, { lab, signal, session }: Where): ErrorSnapshot {
  if (signal.aborted)
    return {
      code: 'Stopped',
      what: 'This was stopped.',
      advice: 'Run the step again when you like; nothing is lost.',
    };
  if (error instanceof AwsFailure || error instanceof LabRefusal) {
    const { code, what, advice } = error;
    return { code, what, advice };
  }
  if (error instanceof UnknownName) return explainUnknown(lab, error, session?.state.forgotten);
  if (error instanceof ExpressionError)
    return {
      code: 'BadExpression',
      what: `An expression of this lab fails: ${error.message}`,
      advice: 'Look at the answer it reads, or correct the lab.',
    };
  const [code, what] = error instanceof Error ? [error.name, error.message] : ['Error', String(error)];
  return { code, what, advice: 'Run the step again; nothing is lost.' };
}

function explainUnknown(
  lab: Lab,
  { expression, message }: UnknownName,
  forgotten: ReadonlySet<string> | undefined,
): ErrorSnapshot {
  const name = /^\w+/.exec(expression)?.[0] ?? '';
  const step = stepThatSaves(lab, name);
  if (step && forgotten?.has(name))
    return {
      code: 'SecretGone',
      what: `\${${expression}} is a secret: it is never written down, and was gone when the lab was left.`,
      advice: `Run step ${step.number}, "${step.title}", again: it gets a new one.`,
    };
  const advice = step ? `Run step ${step.number}, "${step.title}", first.` : 'Run the steps before this one first.';
  return { code: 'NotKnownYet', what: message, advice };
}
