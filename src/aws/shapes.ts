// What an operation takes, read from the schemas that the SDK's own client ships.
// In: an operation's name. Out: whether an input fits it, and the input in the form the service wants.
import { NormalizedSchema } from '@smithy/core/schema';
import { loadModule } from './clients.ts';
import { splitOperation, type OperationName } from './operations.ts';

export interface InputProblem {
  /** Keys and indices from the input's root. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Members that would have been known at that place. */
  readonly known: readonly string[];
}

export interface InputShape {
  /** Problems of an input whose strings may still hold `${...}`. */
  check(input: unknown): readonly InputProblem[];
  /** Where the service wants text, an object becomes its JSON and a number its digits; where it wants a number, digits become one. */
  coerce(input: unknown): object;
}

export async function inputShape(operation: OperationName): Promise<InputShape> {
  const { service, command } = splitOperation(operation);
  const schema = operationInput((await loadModule(service)).schemas.get(command));
  return {
    check: (input) => (schema ? problemsOf(schema, input, []) : []),
    coerce: (input) => asObject(schema ? coerce(schema, input) : input),
  };
}

/** An operation's schema is `[9, namespace, name, traits, () => input, () => output]`. */
function operationInput(operation: unknown): NormalizedSchema | undefined {
  const input: unknown = Array.isArray(operation) ? operation[4] : undefined;
  if (typeof input !== 'function') return undefined;
  const schema = NormalizedSchema.of(() => input());
  return schema.isStructSchema() ? schema : undefined;
}

/** A structure's schema ends with the number of its members, from the first, that are required. */
function requiredMembers(schema: NormalizedSchema): readonly string[] {
  const raw: unknown = schema.getSchema();
  if (!Array.isArray(raw) || !Array.isArray(raw[4])) return [];
  const names: unknown[] = raw[4];
  return typeof raw[6] === 'number' ? names.slice(0, raw[6]).map(String) : [];
}

function problemsOf(schema: NormalizedSchema, value: unknown, path: readonly (string | number)[]): InputProblem[] {
  if (typeof value === 'string') return isHole(value) ? [] : problemOfText(schema, value, path);
  if (schema.isStructSchema()) {
    if (!isObject(value)) return [wrong(path, 'a map of parameters is wanted here')];
    const members = Object.fromEntries(schema.structIterator());
    const known = Object.keys(members);
    const missing = requiredMembers(schema).filter((name) => !Object.hasOwn(value, name));
    return [
      ...missing.map((name) => wrong(path, `${name} is missing: ${schema.getName() ?? 'the operation'} requires it`)),
      ...Object.entries(value).flatMap(([key, inner]) => {
        const member = Object.hasOwn(members, key) ? members[key] : undefined;
        return member
          ? problemsOf(member, inner, [...path, key])
          : [{ path: [...path, key], message: `there is no parameter ${key}`, known }];
      }),
    ];
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return [wrong(path, 'a list is wanted here')];
    return value.flatMap((item, index) => problemsOf(schema.getValueSchema(), item, [...path, index]));
  }
  if (schema.isMapSchema()) {
    if (!isObject(value)) return [wrong(path, 'a map is wanted here')];
    return Object.entries(value).flatMap(([key, inner]) => problemsOf(schema.getValueSchema(), inner, [...path, key]));
  }
  if (schema.isNumericSchema() && typeof value !== 'number') return [wrong(path, 'a number is wanted here')];
  if (schema.isBooleanSchema() && typeof value !== 'boolean') return [wrong(path, 'true or false is wanted here')];
  return [];
}

function problemOfText(schema: NormalizedSchema, value: string, path: readonly (string | number)[]): InputProblem[] {
  if (schema.isStructSchema() || schema.isMapSchema()) return [wrong(path, 'a map is wanted here, not text')];
  if (schema.isListSchema()) return [wrong(path, 'a list is wanted here, not text')];
  if (schema.isNumericSchema() && !isNumber(value)) return [wrong(path, 'a number is wanted here')];
  if (schema.isBooleanSchema() && !isBoolean(value)) return [wrong(path, 'true or false is wanted here')];
  return [];
}

function wrong(path: readonly (string | number)[], message: string): InputProblem {
  return { path, message, known: [] };
}

/** What `${...}` will be is not known before the run. */
function isHole(value: string): boolean {
  return value.includes('${');
}

function coerce(schema: NormalizedSchema, value: unknown): unknown {
  if (schema.isStructSchema() && isObject(value)) {
    const members = Object.fromEntries(schema.structIterator());
    return mapValues(value, (inner, key) => {
      const member = Object.hasOwn(members, key) ? members[key] : undefined;
      return member ? coerce(member, inner) : inner;
    });
  }
  if (schema.isListSchema() && Array.isArray(value)) return value.map((item) => coerce(schema.getValueSchema(), item));
  if (schema.isMapSchema() && isObject(value))
    return mapValues(value, (inner) => coerce(schema.getValueSchema(), inner));
  if (schema.isStringSchema() && typeof value !== 'string')
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (schema.isNumericSchema() && typeof value === 'string' && isNumber(value)) return Number(value);
  if (schema.isBooleanSchema() && typeof value === 'string' && isBoolean(value)) return value === 'true';
  if (schema.isBlobSchema() && typeof value === 'string') return new TextEncoder().encode(value);
  return value;
}

function mapValues(
  value: Readonly<Record<string, unknown>>,
  each: (inner: unknown, key: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, each(inner, key)]));
}

function isNumber(value: string): boolean {
  return value.trim() !== '' && Number.isFinite(Number(value));
}

function isBoolean(value: string): boolean {
  return value === 'true' || value === 'false';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): object {
  return isObject(value) ? value : {};
}
