import type { Filter } from './filter.ts';

const keys = 5;
const combinations = 150;

/** AWS's limits: five keys (of nested ones only the outermost count) and 150 combinations of values. */
export function checkComplexity(filter: Filter, scope: 'MessageAttributes' | 'MessageBody'): string | undefined {
  const names = new Set(
    filter.alternatives.flatMap((fields) => fields.map((field) => outermost(field.path, field.depth))),
  );
  if (names.size > keys) return `Filter policy can not have more than ${keys} keys`;
  let total = 0;
  for (const fields of filter.alternatives) {
    total += fields.reduce((product, { conditions, depth }) => {
      return product * conditions.length * (scope === 'MessageBody' ? depth : 1);
    }, 1);
  }
  return total > combinations ? 'Filter policy is too complex' : undefined;
}

const outermost = (path: string, depth: number) => (depth > 1 ? (path.split('.')[0] ?? path) : path);
