// Constraints as the query services tell of them: counted, each value named with the rule it breaks.
import { AwsError } from '../service.ts';

export interface Constraint {
  /** Of a text's length, or of a number itself. */
  readonly min?: number;
  readonly max?: number;
  /** As AWS prints it; the whole text has to match. */
  readonly pattern?: string;
}

export function checkConstraints(
  rows: readonly (readonly [name: string, value: string | number | undefined, constraint: Constraint])[],
): void {
  const broken = rows.flatMap(([name, value, constraint]) =>
    value === undefined
      ? []
      : brokenRules(value, constraint).map(
          (rule) => `Value '${value}' at '${name}' failed to satisfy constraint: Member must ${rule}`,
        ),
  );
  if (broken.length === 0) return;
  const found = `${broken.length} validation error${broken.length === 1 ? '' : 's'} detected`;
  throw new AwsError('ValidationError', `${found}: ${broken.join('; ')}`);
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
