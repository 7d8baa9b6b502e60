// What a lab that builds on another finds of it. In: a step about to be run. Out: what the other lab's session left, taken into this session
// if the learner agrees; what is missing the step then makes itself. Never: takes what no session of that lab has made.
import { kinds } from '../aws/resources/kinds.ts';
import { findHandwork, type FoundByHand } from './handwork.ts';
import type { Step } from './model.ts';
import { adopt } from './ownership.ts';
import { LabRefusal } from './refusal.ts';
import type { Confirmation } from './runOptions.ts';
import type { StepContext } from './stepContext.ts';

/** Throws LabRefusal where the learner does not agree. */
export async function takeOver(context: StepContext, step: Step): Promise<void> {
  const { lab, options } = context;
  if (lab.buildsOn === undefined) return;
  const { found } = await findHandwork(withDrafts(context), step);
  const left = found.filter((each) => isLeftBy(context, each));
  if (left.length === 0) return;
  const names = sayNames(left);
  if ((await options.confirm?.(question(context, left))) !== 'adopt')
    throw new LabRefusal(
      'NotTakenOver',
      `The lab ${lab.buildsOn} has left ${names}, and this lab may not use them.`,
      'Run the step again and start from them, clean that lab up first, or give this lab other names.',
    );
  await adopt(context, left);
}

export function isLeftBy({ lab, session }: StepContext, { owner }: FoundByHand): boolean {
  return lab.buildsOn !== undefined && owner?.lab === lab.buildsOn && owner.session !== session.id;
}

export function sayNames(found: readonly FoundByHand[]): string {
  return found.map(({ resource: { kind, name } }) => `${kinds[kind].label} ${name}`).join(', ');
}

function question({ lab, stepId }: StepContext, left: readonly FoundByHand[]): Confirmation {
  return {
    kind: 'take-over',
    stepId,
    text: `The lab ${lab.buildsOn} has left ${sayNames(left)}. Start from them? They then belong to this lab, and its clean-up removes them.`,
    resources: left.map(({ resource: { kind, name, arn } }) => ({ kind, name, ...(arn !== undefined && { arn }) })),
    choices: [
      { id: 'adopt', label: 'Start from them' },
      { id: 'no', label: 'Leave them alone' },
    ],
  };
}

/** Values found on the way count for what is looked for after them, and for nothing else. */
export function withDrafts(context: StepContext, drafts = new Map<string, unknown>()): StepContext {
  return {
    ...context,
    scope: () => ({ ...context.scope(), ...Object.fromEntries(drafts) }),
    save: (name, value) => void drafts.set(name, value),
  };
}
