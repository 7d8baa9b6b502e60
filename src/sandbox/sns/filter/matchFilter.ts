import { matchesPattern } from '../../policy/pattern.ts';
import { isInCidr } from './cidr.ts';
import type { Entries, Entry } from './entries.ts';
import type { Condition, Field, Filter, NumericRange, Scalar } from './filter.ts';

/** Whether a message's values pass. Values out of lists must come from the same element of each list. */
export function matchesFilter(filter: Filter, entries: Entries): boolean {
  return filter.alternatives.some((fields) => {
    const fitting = fields.map((field) => fittingPlaces(field, entries));
    return fitting.every((places) => places.length > 0) && agreeFrom(withoutRepeats(fitting), 0, nowhere);
  });
}

/** By list the index within it. */
type Place = Entry['within'];
const nowhere: Place = new Map();

/** Where the values stand that this field takes; none: it takes no value of this message. */
function fittingPlaces(field: Field, entries: Entries): readonly Place[] {
  const found = entries.get(field.path);
  if (found === undefined || found.length === 0) return field.conditions.some(isAbsence) ? [nowhere] : [];
  return found
    .filter(({ value }) => field.conditions.some((condition) => matchesValue(condition, value)))
    .map(({ within }) => within);
}

/** Elements of a list that only one field looks into are all the same to the others: else long lists would be tried in every pairing. */
function withoutRepeats(fitting: readonly (readonly Place[])[]): readonly (readonly Place[])[] {
  if (fitting.every(([place]) => place?.size === 0)) return fitting;
  const lists = fitting.map((places) => new Set(places.flatMap((place) => [...place.keys()])));
  return fitting.map((places, at) => {
    const isShared = (list: number) => lists.some((others, other) => other !== at && others.has(list));
    const shared = places.map((place) => [...place].filter(([list]) => isShared(list)));
    return [...new Map(shared.map((place) => [place.join(' '), new Map(place)])).values()];
  });
}

function agreeFrom(fitting: readonly (readonly Place[])[], index: number, chosen: Place): boolean {
  const places = fitting[index];
  if (places === undefined) return true;
  return places.some(
    (place) =>
      agrees(place, chosen) &&
      agreeFrom(fitting, index + 1, place.size === 0 ? chosen : new Map([...chosen, ...place])),
  );
}

const isAbsence = (condition: Condition) => condition.kind === 'exists' && !condition.present;

function agrees(place: Place, chosen: Place): boolean {
  for (const [list, index] of place) {
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
