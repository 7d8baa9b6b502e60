// What names, paths and numbers must look like. IAM names the parameter that breaks a rule, and keeps its value to itself.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
import { brokenRules, type Constraint } from '../sts/constraints.ts';
import { invalid } from './refusals.ts';

type Row = readonly [name: string, value: string | number | undefined, constraint: Constraint];

/** @throws ValidationError */
export function checkConstraints(rows: readonly Row[]): void {
  const broken = rows.flatMap(([name, value, constraint]) =>
    value === undefined ? [] : brokenRules(value, constraint).map((rule) => violation(name, `Member must ${rule}`)),
  );
  if (broken.length > 0) throw violations(broken);
}

export const violation = (name: string, rule: string): string =>
  `Value at '${name}' failed to satisfy constraint: ${rule}`;

export const violations = (broken: readonly string[]) =>
  invalid(`${broken.length} validation error${broken.length === 1 ? '' : 's'} detected: ${broken.join('; ')}`);

/** @throws ValidationError */
export function checkName(parameter: string, name: string, max: number): void {
  checkConstraints([[parameter, name, { min: 1, max }]]);
  if (/^[\w+=,.@-]+$/.test(name)) return;
  throw invalid(
    `The specified value for ${parameter} is invalid. ` +
      'It must contain only alphanumeric characters and/or the following: +=,.@_-',
  );
}

/** The path, '/' where none is given. */
export function readPath(path = '/'): string {
  checkConstraints([['path', path, { min: 1, max: 512 }]]);
  if (/^\/(?:[\u0021-\u007e]+\/)?$/.test(path)) return path;
  throw invalid(
    'The specified value for path is invalid. ' +
      'It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  );
}

export const checkSessionDuration = (seconds: number | undefined): void =>
  checkConstraints([['maxSessionDuration', seconds, { min: 3600, max: 43_200 }]]);

export const checkVersionId = (versionId: string): void =>
  checkConstraints([['versionId', versionId, { pattern: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?' }]]);

/** @throws ValidationError */
export function checkPolicyArn(arn: string): void {
  checkConstraints([['policyArn', arn, { min: 20, max: 2048 }]]);
  if (!arn.startsWith('arn:')) throw invalid('Invalid ARN:  Could not be parsed!');
  if (!isPolicyArn(arn)) throw invalid(`ARN ${arn} is not valid.`);
}

export const isPolicyArn = (arn: string): boolean => /^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/.+$/.test(arn);
