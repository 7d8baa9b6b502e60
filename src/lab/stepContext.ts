// What the parts of a running step share. Types only, and the one way to send a call.
import type { AwsFailure } from '../aws/errors.ts';
import type { OperationName } from '../aws/operations.ts';
import { labTag, sessionTag } from '../aws/resources/labTags.ts';
import type { Tags } from '../aws/resources/kind.ts';
import type { InputShape } from '../aws/shapes.ts';
import type { Target } from '../aws/target.ts';
import type { Scope } from './expression.ts';
import type { Lab } from './model.ts';
import type { ActOptions, RunClock } from './runOptions.ts';
import type { Session } from './session.ts';
import type { QuestionSnapshot } from './snapshot.ts';

export interface StepContext {
  readonly lab: Lab;
  readonly stepId: string;
  readonly session: Session;
  readonly target: Target;
  readonly clock: RunClock;
  readonly signal: AbortSignal;
  readonly options: ActOptions;
  readonly shapes: ReadonlyMap<OperationName, InputShape>;
  /** What expressions can read now. */
  scope(): Scope;
  /** Keeps a value for the expressions that follow; on disk without its secrets. */
  save(name: string, value: unknown): void;
  /** Shows a question, and what the learner answers; undefined takes it away. */
  ask(question: QuestionSnapshot | undefined): void;
  answer(): 'done' | 'sandbox' | 'give-up' | undefined;
  /** Shows which action runs now; none while the checks do. */
  acting(index: number | undefined): void;
  /** Shows what the running action is waiting for. */
  note(text: string): void;
}

export { labTag, sessionTag };

export function tagsOf({ session, lab }: Pick<StepContext, 'session' | 'lab'>): Tags {
  return { [sessionTag]: session.id, [labTag]: lab.id };
}

/** Whether a call that failed so may have made something all the same. */
export function mayHaveWorked(failure: AwsFailure): boolean {
  return failure.effect === 'unknown';
}

/** Only the sandbox has an identity provider of its own: what needs it is left out elsewhere, and said to be. */
export function isLeftOut({ target }: Pick<StepContext, 'target'>, { only }: { readonly only?: 'sandbox' }): boolean {
  return only === 'sandbox' && target.kind !== 'sandbox';
}
