// The actions that deal with SAML. Apart from runAction.ts, because most labs need none of it.
import { resolveWhatIsKnown } from './expression.ts';
import type { ActionRecord } from './journal.ts';
import type { Action } from './model.ts';
import { readMetadata } from './readMetadata.ts';
import { shown } from './redact.ts';
import { LabRefusal } from './refusal.ts';
import { relyingParty } from './relyingParty.ts';
import { signIn } from './signIn.ts';
import type { CopyText, Fact } from './snapshot.ts';
import type { StepContext } from './stepContext.ts';

type Result = Omit<ActionRecord, 'status' | 'ms'>;
type Looking = Extract<Action, { kind: 'metadata' | 'relying-party' }>;
export type SamlAction = Looking | Extract<Action, { kind: 'sign-in' }>;

export function runSaml(context: StepContext, action: SamlAction): Promise<Result> {
  return action.kind === 'sign-in' ? runSignIn(context, action) : lookUp(context, action);
}

/** Changes nothing, so it is also done for whoever only checks. */
export async function lookUp(context: StepContext, action: Looking): Promise<Result> {
  const found: { readonly answer: object; readonly facts: readonly Fact[]; readonly texts?: readonly CopyText[] } =
    action.kind === 'metadata' ? await readMetadata(context, action) : relyingParty(context, action);
  if (action.save !== undefined) context.save(action.save, found.answer);
  const note = 'from' in found.answer ? { note: `Read from ${String(found.answer.from)}.` } : {};
  return {
    ...note,
    response: shown(withoutTexts(found.answer)),
    facts: found.facts,
    ...(found.texts && { texts: found.texts }),
  };
}

/** Whole documents are shown by themselves, or not at all. */
function withoutTexts(answer: object): object {
  return Object.fromEntries(
    Object.entries(answer).filter(([key]) => !['text', 'metadata', 'claimRules'].includes(key)),
  );
}

async function runSignIn(context: StepContext, action: Extract<Action, { kind: 'sign-in' }>): Promise<Result> {
  const { answer, facts, refused } = await signIn(context, action);
  const { expectError: expected } = action;
  const seen = { response: shown(answer), facts };
  if (refused) {
    const fits = expected?.code === refused.code && refused.what.includes(expected.message ?? '');
    if (!fits) throw refused;
    if (action.save !== undefined) context.save(action.save, answer);
    const { code, what, advice } = refused;
    return { ...seen, error: { code, what, advice }, expectedError: true };
  }
  if (expected) {
    const who = String(resolveWhatIsKnown(action.user, context.scope()).value);
    throw new LabRefusal(
      'NoError',
      `${who} should have been refused with ${expected.code}, but was let in.`,
      expected.hint ?? 'Look what is different here, and run the step again.',
    );
  }
  if (action.save !== undefined) context.save(action.save, answer);
  return seen;
}
