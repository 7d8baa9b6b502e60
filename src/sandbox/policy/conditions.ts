import { parseOperator } from './operators.ts';
import type { Operator } from './operators.ts';
import { valueOf } from './pattern.ts';
import type { Condition, Policy } from './policy.ts';
import type { PolicyRequest } from './request.ts';

/** All of a statement's conditions must hold. */
export function holdConditions(conditions: readonly Condition[], policy: Policy, request: PolicyRequest): boolean {
  return conditions.every((condition) => holds(condition, policy, request));
}

function holds(condition: Condition, policy: Policy, request: PolicyRequest): boolean {
  const { context } = request;
  const operator = parseOperator(condition.operator);
  if (operator === undefined) return false;
  const found = valueOf(context, condition.key) ?? timeFor(condition.key, request.now);
  const values = found === undefined ? [] : typeof found === 'string' ? [found] : found;
  if (operator.asksForKey) {
    const absent = String(values.length === 0);
    return condition.values.some((value) => value.toLowerCase() === absent);
  }
  if (values.length === 0) return holdsWithoutKey(operator);
  // Policies of 2008 know no variables: a ${…} in them is plain text.
  const variables = policy.version === '2012-10-17' ? context : undefined;
  const matches = (value: string) => condition.values.some((wanted) => operator.compare(wanted, value, variables));
  if (operator.each === 'all') return values.every((value) => matches(value) !== operator.negated);
  if (operator.each === 'any') return values.some((value) => matches(value) !== operator.negated);
  return operator.negated ? !values.some(matches) : values.some(matches);
}

/** A key the request does not have: only negations, `…IfExists` and `ForAllValues` hold. */
function holdsWithoutKey(operator: Operator): boolean {
  if (operator.ifExists || operator.each === 'all') return true;
  return operator.negated && operator.each === undefined;
}

function timeFor(key: string, now: number | undefined): string | undefined {
  if (now === undefined) return undefined;
  const name = key.toLowerCase();
  if (name === 'aws:currenttime') return new Date(now).toISOString();
  return name === 'aws:epochtime' ? String(Math.floor(now / 1000)) : undefined;
}
