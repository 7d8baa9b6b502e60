// A request with its values put in: as it is sent, and as it is shown.
import { effectOf, type OperationName } from '../aws/operations.ts';
import { kinds } from '../aws/resources/kinds.ts';
import { cliLine } from './cliLine.ts';
import { resolve, resolveWhatIsKnown } from './expression.ts';
import type { Action, Request } from './model.ts';
import { redact } from './redact.ts';
import type { RequestSnapshot } from './snapshot.ts';
import { tagsOf, type StepContext } from './stepContext.ts';

export interface Prepared {
  readonly input: object;
  readonly snapshot: RequestSnapshot;
}

type Needs = Pick<StepContext, 'session' | 'lab' | 'target' | 'shapes' | 'scope'>;

/** Throws UnknownName where a value is not known yet. */
export function prepare(context: Needs, { operation, with: template }: Request): Prepared {
  const input = coerce(context, operation, resolve(template, context.scope()));
  return { input, snapshot: show(context, operation, input, []) };
}

/** For showing before the run: what is not known yet stays as `${...}`. */
export function preview(context: Needs, { operation, with: template }: Request): RequestSnapshot {
  const { value, unresolved } = resolveWhatIsKnown(template, context.scope());
  return show(context, operation, coerce(context, operation, value), unresolved);
}

function coerce({ shapes }: Needs, operation: OperationName, input: unknown): object {
  const shape = shapes.get(operation);
  if (shape) return shape.coerce(input);
  return typeof input === 'object' && input !== null ? input : {};
}

/** With the tags that it will carry, so that what is shown is what is sent. */
function show(context: Needs, operation: OperationName, input: object, unresolved: readonly string[]): RequestSnapshot {
  const effect = effectOf(operation);
  const whole = effect.effect === 'create' ? kinds[effect.kind].withTags(input, tagsOf(context)) : input;
  return { operation, input: redact(whole), cli: cliLine(operation, whole, context.target.facts), unresolved };
}

/** The call that an action makes, if it makes one. */
export function requestIn(action: Action): Request | undefined {
  if (action.kind === 'call' || action.kind === 'until') return action.request;
  return action.kind === 'ask' ? action.until?.request : undefined;
}
