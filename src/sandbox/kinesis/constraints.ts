// What the API's model says of values: AWS refuses all that break it at once, in one message.
import { notValid } from './refusals.ts';

/** What is wrong with a value; undefined: nothing. */
export type Complaint = string | undefined;

export const namePattern = '[a-zA-Z0-9_.-]+';
export const hashKeyPattern = '0|([1-9]\\d{0,38})';
export const sequencePattern = '0|([1-9]\\d{0,128})';

const complain = (value: unknown, at: string, rule: string): string =>
  `Value ${typeof value === 'object' ? '' : `'${String(value)}' `}at '${at}' failed to satisfy constraint: ${rule}`;

export function insist(...complaints: readonly Complaint[]): void {
  const all = complaints.filter((complaint) => complaint !== undefined);
  if (all.length === 0) return;
  throw notValid(`${all.length} validation error${all.length > 1 ? 's' : ''} detected: ${all.join('; ')}`);
}

export const missing = (at: string): Complaint =>
  `Value null at '${at}' failed to satisfy constraint: Member must not be null`;

export function within(value: number | undefined, at: string, least: number, most: number): Complaint {
  if (value === undefined) return undefined;
  if (value < least) return complain(value, at, `Member must have value greater than or equal to ${least}`);
  if (value > most) return complain(value, at, `Member must have value less than or equal to ${most}`);
  return undefined;
}

export function matching(value: string | undefined, at: string, pattern: string): Complaint {
  if (value === undefined || new RegExp(`^(?:${pattern})$`).test(value)) return undefined;
  return complain(value, at, `Member must satisfy regular expression pattern: ${pattern}`);
}

export function sized(value: string | undefined, at: string, least: number, most: number): Complaint {
  if (value === undefined) return undefined;
  if (value.length < least) return complain(value, at, `Member must have length greater than or equal to ${least}`);
  if (value.length > most) return complain(value, at, `Member must have length less than or equal to ${most}`);
  return undefined;
}

export function oneOf(value: string | undefined, at: string, values: readonly string[]): Complaint {
  if (value === undefined || values.includes(value)) return undefined;
  return complain(value, at, `Member must satisfy enum value set: [${values.join(', ')}]`);
}

export const named = (value: string | undefined, at: string): Complaint =>
  sized(value, at, 1, 128) ?? matching(value, at, namePattern);

export const atMost = (length: number, at: string, most: number): Complaint =>
  length > most ? complain({}, at, `Member must have length less than or equal to ${most}`) : undefined;

export const atLeastOne = (length: number, at: string): Complaint =>
  length < 1 ? complain({}, at, 'Member must have length greater than or equal to 1') : undefined;
