// Constraints as the query services tell of them: counted, each value named with the rule it breaks.
import { AwsError } from '../service.ts';

export interface Constraint {
  /** Of a text's length, or of a number itself. */
  readonly min?: number;
  readonly max?: number;
  /** As AWS prints it; the whole text has to match. */
  readonly pattern?: string;
}

export type Constrained = readonly (readonly [
  name: string,
  value: string | number | undefined,
  constraint: Constraint,
])[];

export function checkConstraints(rows: Constrained): void {
  const broken = brokenConstraints(rows);
  if (broken !== undefined) throw new AwsError('ValidationError', broken);
}

/** What AWS says of them, in its words; undefined: all hold. The values of `hidden` names are not repeated. */
export function brokenConstraints(rows: Constrained, hidden?: RegExp): string | undefined {
  const broken = rows.flatMap(([name, value, constraint]) => {
    if (value === undefined) return [];
    const said = hidden?.test(name) ? '' : ` '${value}'`;
    return brokenRules(value, constraint).map(
      (rule) => `Value${said} at '${name}' failed to satisfy constraint: Member must ${rule}`,
    );
  });
  const found = `${broken.length} validation error${broken.length === 1 ? '' : 's'} detected`;
  return broken.length === 0 ? undefined : `${found}: ${broken.join('; ')}`;
}

export function brokenRules(value: string | number, { min, max, pattern }: Constraint): string[] {
  const [size, what] = typeof value === 'number' ? [value, 'have value'] : [value.length, 'have length'];
  return [
    ...(max !== undefined && size > max ? [`${what} less than or equal to ${max}`] : []),
    ...(min !== undefined && size < min ? [`${what} greater than or equal to ${min}`] : []),
    ...(pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(String(value))
      ? [`satisfy regular expression pattern: ${pattern}`]
      : []),
  ];
}
