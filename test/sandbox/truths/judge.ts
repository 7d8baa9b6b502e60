// Compares an answer with what a truth says of it. Every function returns sentences of complaint: none means it holds.
import { isDeepStrictEqual } from 'node:util';
import { search } from 'jmespath';
import type { Refusal } from './refusal.ts';
import { isObject, type Failure } from './truth.ts';

const test: Readonly<Record<string, (actual: unknown, wanted: unknown) => boolean>> = {
  $like: (actual, wanted) =>
    (typeof actual === 'string' || typeof actual === 'number') && new RegExp(String(wanted)).test(String(actual)),
  $absent: (actual) => actual === undefined || actual === null,
  $present: (actual) => actual !== undefined && actual !== null && actual !== '',
  $not: (actual, wanted) => !isDeepStrictEqual(actual, wanted),
  $has: (actual, wanted) =>
    typeof actual === 'string'
      ? actual.includes(String(wanted))
      : Array.isArray(actual) && actual.some((item) => isDeepStrictEqual(item, wanted)),
  $in: (actual, wanted) => Array.isArray(wanted) && wanted.some((item) => isDeepStrictEqual(item, actual)),
  $sorted: (actual, wanted) =>
    Array.isArray(actual) && Array.isArray(wanted) && isDeepStrictEqual(actual.toSorted(), wanted.toSorted()),
};

export function judgeExpectations(expect: unknown, look: (path: string) => unknown): string[] {
  return Object.entries(isObject(expect) ? expect : {}).flatMap(([path, wanted]) => {
    const actual = look(path);
    return matches(actual, wanted) ? [] : [`${path} is ${show(actual)}, expected ${show(wanted)}`];
  });
}

export function judgeFailure(fails: Failure, refusal: Refusal | undefined): string[] {
  if (refusal === undefined) return [`accepted, expected ${fails.code}`];
  const complaints: string[] = [];
  const complain = (what: string, actual: unknown, wanted: unknown) =>
    complaints.push(`${what} is ${show(actual)}, expected ${show(wanted)}`);
  if (refusal.code !== fails.code) complain('error code', refusal.code, fails.code);
  if (fails.message !== undefined && refusal.message !== fails.message)
    complain('error message', refusal.message, fails.message);
  if (fails.matches !== undefined && !new RegExp(fails.matches).test(refusal.message))
    complain('error message', refusal.message, fails.matches);
  if (fails.status !== undefined && refusal.status !== fails.status) complain('status', refusal.status, fails.status);
  return complaints;
}

/** `$variable.path` looks into a parsed variable, everything else into the answer. */
export function lookInto(answer: unknown, parsed: ReadonlyMap<string, unknown>): (path: string) => unknown {
  return (path) => {
    const [, name, rest] = /^\$(\w+)\.?(.*)$/s.exec(path) ?? [];
    const value: unknown = name === undefined ? answer : parsed.get(name);
    const expression = name === undefined ? path : rest;
    return expression === '' || expression === undefined ? value : search(value ?? null, expression);
  };
}

function matches(actual: unknown, wanted: unknown): boolean {
  const [only, ...more] = isObject(wanted) ? Object.entries(wanted) : [];
  if (only !== undefined && more.length === 0 && only[0].startsWith('$')) {
    const holds = test[only[0]];
    if (holds === undefined) throw new Error(`unknown expectation ${only[0]}`);
    return holds(actual, only[1]);
  }
  return isDeepStrictEqual(actual ?? null, wanted);
}

export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 600 ? `${text.slice(0, 600)}...` : text;
}
