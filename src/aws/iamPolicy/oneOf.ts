import type { Node } from 'jsonc-parser';
import type { Findings } from './findings.ts';
import { memberOf, type Member } from './tree.ts';

/** `Action` or `NotAction`: the one that is there; both are an error. */
export function oneOf(statement: Node, plain: string, not: string, findings: Findings): Member | undefined {
  const first = memberOf(statement, plain);
  const second = memberOf(statement, not);
  if (first !== undefined && second !== undefined)
    findings.error('both', second.key, `A statement has ${plain} or ${not}, not both. Take one away.`);
  return first ?? second;
}
