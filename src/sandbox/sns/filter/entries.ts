import type { Scalar } from './filter.ts';

/** A value of a message, and of which element of which list it is a part. */
export interface Entry {
  readonly value: Scalar;
  /** By list (a number of its own) the index within it; values of one object agree in all of them. */
  readonly within: ReadonlyMap<number, number>;
}

export type Entries = ReadonlyMap<string, readonly Entry[]>;

const nowhere: ReadonlyMap<number, number> = new Map();

export interface FilterAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
}

/** Attributes as values: numbers as numbers, each element of a `String.Array`; binary ones are not looked at. */
export function attributeEntries(attributes: Readonly<Record<string, FilterAttribute>>): Entries {
  const entries = new Map<string, readonly Entry[]>();
  for (const [name, { DataType, StringValue = '' }] of Object.entries(attributes)) {
    if (DataType === 'String.Array') entries.set(name, elements(StringValue));
    else if (DataType === 'Number' || DataType.startsWith('Number.'))
      entries.set(name, [{ value: Number(StringValue), within: nowhere }]);
    else if (!DataType.startsWith('Binary')) entries.set(name, [{ value: StringValue, within: nowhere }]);
  }
  return entries;
}

function elements(json: string): readonly Entry[] {
  const parsed = parse(json);
  const list: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  return list.filter(isScalar).map((value) => ({ value, within: nowhere }));
}

/** A body's values by path; none where it is no JSON object. */
export function bodyEntries(body: string): Entries | undefined {
  const parsed = parse(body);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const entries = new Map<string, Entry[]>();
  let lists = 0;
  const walk = (value: unknown, path: string, within: ReadonlyMap<number, number>): void => {
    if (Array.isArray(value)) {
      const list = lists++;
      value.forEach((each, index) => walk(each, path, new Map(within).set(list, index)));
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, each] of Object.entries(value)) walk(each, path === '' ? name : `${path}.${name}`, within);
    } else if (isScalar(value)) {
      const found = entries.get(path);
      if (found === undefined) entries.set(path, [{ value, within }]);
      else found.push({ value, within });
    }
  };
  walk(parsed, '', nowhere);
  return entries;
}

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
