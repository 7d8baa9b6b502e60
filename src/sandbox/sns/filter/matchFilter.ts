import { matchesPattern } from '../../policy/pattern.ts';
import { isInCidr } from './cidr.ts';
import type { Entries, Entry } from './entries.ts';
import type { Condition, Field, Filter, NumericRange, Scalar } from './filter.ts';

/** Whether a message's values pass. Values out of lists must come from the same element of each list. */
export function matchesFilter(filter: Filter, entries: Entries): boolean {
  return filter.alternatives.some((fields) => holdFrom(fields, 0, entries, new Map()));
}

function holdFrom(
  fields: readonly Field[],
  index: number,
  entries: Entries,
  chosen: ReadonlyMap<number, number>,
): boolean {
  const field = fields[index];
  if (field === undefined) return true;
  const found = entries.get(field.path);
  if (found === undefined || found.length === 0)
    return field.conditions.some(isAbsence) && holdFrom(fields, index + 1, entries, chosen);
  return found.some(
    (entry) =>
      agrees(entry, chosen) &&
      field.conditions.some((condition) => matchesValue(condition, entry.value)) &&
      holdFrom(fields, index + 1, entries, entry.within.size === 0 ? chosen : new Map([...chosen, ...entry.within])),
  );
}

const isAbsence = (condition: Condition) => condition.kind === 'exists' && !condition.present;

function agrees({ within }: Entry, chosen: ReadonlyMap<number, number>): boolean {
  for (const [list, index] of within) {
    const other = chosen.get(list);
    if (other !== undefined && other !== index) return false;
  }
  return true;
}

function matchesValue(condition: Condition, value: Scalar): boolean {
  switch (condition.kind) {
    case 'equals':
      return condition.value === value;
    case 'exists':
      return condition.present;
    case 'numeric':
      return typeof value === 'number' && condition.ranges.every((range) => isWithin(range, value));
    case 'anything-but':
      return value !== null && !condition.values.some((each) => each === value);
    case 'anything-but-matching':
      return typeof value === 'string' && !matchesValue(condition.condition, value);
    default:
      return typeof value === 'string' && matchesText(condition.kind, condition.text, value);
  }
}

function matchesText(
  kind: 'prefix' | 'suffix' | 'wildcard' | 'equals-ignore-case' | 'cidr',
  text: string,
  value: string,
) {
  switch (kind) {
    case 'prefix':
      return value.startsWith(text);
    case 'suffix':
      return value.endsWith(text);
    case 'wildcard': // here a question mark is no wildcard
      return matchesPattern(text.replaceAll(/[?$]/g, '${$&}'), value, {});
    case 'equals-ignore-case':
      return value.toLowerCase() === text.toLowerCase();
    case 'cidr':
      return isInCidr(text, value);
  }
}

function isWithin({ operator, value: bound }: NumericRange, value: number): boolean {
  switch (operator) {
    case '=':
      return value === bound;
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
  }
}
