import { parseOperator } from './operators.ts';
import type { Condition } from './policy.ts';
import { isObject } from './problems.ts';
import type { Json, Path, Problems } from './problems.ts';

/** `{ "ArnLike": { "aws:SourceArn": ["…"] } }` as a list of operator, key and values. */
export function parseConditions(json: Json, path: Path, problems: Problems): readonly Condition[] {
  if (json === undefined) return [];
  if (!isObject(json)) return problems.add(path, 'Syntax errors in policy: Condition is a JSON object.') ?? [];
  return Object.entries(json).flatMap(([operator, keys]) => {
    const place = [...path, operator];
    if (parseOperator(operator) === undefined) problems.add(place, `Invalid Condition type : ${operator}.`);
    if (isObject(keys))
      return Object.entries(keys).map(([key, values]) => readKey(operator, key, values, [...place, key], problems));
    problems.add(place, 'Syntax errors in policy: an operator holds an object of condition keys.');
    return [];
  });
}

function readKey(operator: string, key: string, json: Json, path: Path, problems: Problems): Condition {
  if (!/^[\w-]+:.+/.test(key))
    problems.add(path, 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  const list: readonly Json[] = Array.isArray(json) ? json : [json];
  const values = list.flatMap((value, index) => {
    if (typeof value === 'string') return [value];
    if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
    problems.add(Array.isArray(json) ? [...path, index] : path, 'Syntax errors in policy: this must be a string.');
    return [];
  });
  return { operator, key, values };
}
