// JSON as documents hold it: read with a place for each error, written so that people can read it, compared by its meaning.
import { readTree } from '../../../aws/iamPolicy/tree.ts';
import { DocumentProblem } from './problem.ts';

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Any value as JSON has it: what an answer of AWS holds, dates as text, without what is not there. */
export function asJson(value: unknown): Json {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? null : (JSON.parse(text) as Json); // JSON text can be nothing else
}

/** @throws DocumentProblem */
export function parseObject(text: string): JsonObject {
  const { errors } = readTree(text);
  const [first] = errors;
  const value = first === undefined ? parse(text) : undefined;
  if (isObject(value)) return value;
  if (first === undefined) throw new DocumentProblem('refused', 'This is no JSON object.', 'Write it in { }.');
  const before = text.slice(0, first.offset).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  throw new DocumentProblem(
    'refused',
    `This is not JSON: there is an error at ${place}.`,
    'Correct it, and save again.',
  );
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json; // JSON text can be nothing else
  } catch {
    return undefined;
  }
}

/** Text of JSON that a service holds as an attribute; what cannot be read stays text. */
export function parseAttribute(text: string): Json {
  return parse(text) ?? text;
}

export const pretty = (value: Json): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** The same for two values of the same meaning: members in the order of their names. */
export function canonical(value: Json): string {
  return JSON.stringify(value, (_key, each: Json) =>
    isObject(each) ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}
