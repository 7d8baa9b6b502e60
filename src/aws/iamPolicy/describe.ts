// What words of a policy mean, one line each.
import { expandAction } from './actions.ts';
import { hasWildcard } from './arn.ts';
import { findKey } from './conditionKeys.ts';
import { documentElements, statementElements } from './elements.ts';
import { readOperator } from './operators.ts';
import { isPrincipalType, principalTypes, servicePrincipals } from './principals.ts';

/** Markdown of a name in its place; undefined where there is nothing to say. */
export function describeElement(name: string, inStatement: boolean): string | undefined {
  const table = inStatement ? statementElements : documentElements;
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

export function describeOperator(name: string): string | undefined {
  const operator = readOperator(name);
  if (operator === undefined) return undefined;
  const each = {
    ForAllValues: ' For all values of the request; also where it has none.',
    ForAnyValue: ' For at least one value of the request.',
  };
  const ifExists = operator.ifExists ? ' Holds too where the request lacks the key.' : '';
  return `${operator.what}${operator.each === undefined ? '' : each[operator.each]}${ifExists}`;
}

export function describeKey(name: string): string | undefined {
  const key = findKey(name);
  return key && `${key.what} (${key.many ? 'many values, ' : ''}${key.type})`;
}

export function describeAction(name: string): string | undefined {
  const meant = expandAction(name);
  if (name === '*') return 'Every action of every service.';
  if (!hasWildcard(name)) return meant[0]?.what;
  const shown = meant.slice(0, 8).map((each) => `\`${each.name}\``);
  const more = meant.length - shown.length;
  return meant.length === 0 ? undefined : `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export function describePrincipal(type: string, name: string): string | undefined {
  if (name === '*') return 'Everybody, also without an account.';
  if (type === 'Service') return servicePrincipals.find((each) => each.name === name)?.what;
  if (/^\d{12}$/.test(name)) return `Account ${name}: whoever it lets.`;
  return isPrincipalType(type) ? principalTypes[type] : undefined;
}

export const describeType = (name: string): string | undefined =>
  isPrincipalType(name) ? principalTypes[name] : undefined;
