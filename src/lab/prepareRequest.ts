// A request with its values put in: as it is sent, and as it is shown.
import { effectOf, type OperationName } from '../aws/operations.ts';
import { kinds } from '../aws/resources/kinds.ts';
import { cliLine, FileName, kebab } from './cliLine.ts';
import { resolve, resolveWhatIsKnown } from './expression.ts';
import { textOrBytes } from './labFiles.ts';
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
  return { input, snapshot: show(context, { operation, with: template }, input, []) };
}

/** For showing before the run: what is not known yet stays as `${...}`. */
export function preview(context: Needs, { operation, with: template }: Request): RequestSnapshot {
  const { value, unresolved } = resolveWhatIsKnown(template, context.scope());
  return show(context, { operation, with: template }, coerce(context, operation, value), unresolved);
}

function coerce({ shapes, target }: Needs, operation: OperationName, input: unknown): object {
  const shape = shapes.get(operation);
  const fit = shape ? shape.coerce(input) : { ...(typeof input === 'object' && input) };
  const effect = effectOf(operation);
  return (effect.effect === 'create' && kinds[effect.kind].forRegion?.(fit, target.region)) || fit;
}

/** With the tags that it will carry, so that what is shown is what is sent. */
function show(context: Needs, request: Request, input: object, unresolved: readonly string[]): RequestSnapshot {
  const { operation } = request;
  const whole = tagged(context, operation, input);
  const told = redact(readable(whole));
  return {
    operation,
    input: told,
    cli: cliLine(
      operation,
      { ...whole, ...withoutBytes(told, whole), ...longDocuments(whole), ...filesByName(context, request) },
      context.target.facts,
    ),
    unresolved,
  };
}

function tagged(context: Needs, operation: OperationName, input: object): object {
  const effect = effectOf(operation);
  return effect.effect === 'create' ? kinds[effect.kind].withTags(input, tagsOf(context)) : input;
}

/** What the line shows is redacted too; bytes the line spells in its own way. */
function withoutBytes(told: unknown, whole: object): object {
  const members = typeof told === 'object' && told !== null ? Object.entries(told) : [];
  const bytes = new Set(Object.entries(whole).flatMap(([key, value]) => (value instanceof Uint8Array ? [key] : [])));
  return Object.fromEntries(members.filter(([key]) => !bytes.has(key)));
}

/** Bytes that are text are shown as text. */
function readable(input: object): object {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, value instanceof Uint8Array ? textOrBytes(value) : value]),
  );
}

/** An XML document is no word of a command line: it is told of by a file one would make for it. */
function longDocuments(input: object): Readonly<Record<string, FileName>> {
  return Object.fromEntries(
    Object.entries(input).flatMap(([key, value]: readonly [string, unknown]) => {
      if (isDocument(value)) return [[key, new FileName(`${kebab(key)}.xml`)] as const];
      const holds = typeof value === 'object' && value !== null && Object.values(value).some(isDocument);
      return holds ? [[key, new FileName(`${kebab(key)}.json`)] as const] : [];
    }),
  );
}

const isDocument = (value: unknown): boolean =>
  typeof value === 'string' && value.length > 1000 && value.startsWith('<');

/** The parameters that are a whole file of the lab, as the CLI is told of them: by the file's name. */
function filesByName({ lab }: Needs, { with: template }: Request): Readonly<Record<string, FileName>> {
  if (typeof template !== 'object' || template === null || Array.isArray(template)) return {};
  return Object.fromEntries(
    Object.entries(template).flatMap(([key, value]: readonly [string, unknown]) => {
      const name = typeof value === 'string' ? /^\$\{files\."([^"]+)"\}$/.exec(value)?.[1] : undefined;
      return name === undefined ? [] : [[key, new FileName(`labs/${lab.id}/files/${name}`)] as const];
    }),
  );
}

/** The call that an action makes, if it makes one. */
export function requestIn(action: Action): Request | undefined {
  if (action.kind === 'call' || action.kind === 'until') return action.request;
  return action.kind === 'ask' ? action.until?.request : undefined;
}
