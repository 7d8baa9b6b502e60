// What a setting may be, so that it is said before AWS refuses it.
import { isObject, type Json } from './json.ts';

export type Rule = (
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly unit: string }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'text'; readonly longest?: number }
  | { readonly kind: 'object' }
) & {
  /** null takes it away. */
  readonly removable?: true;
  /** One line. */
  readonly what: string;
};

export type Rules = Readonly<Record<string, Rule>>;

/** What is wrong with a value, as advice; undefined where nothing is. */
export function checkRule(rule: Rule, value: Json): string | undefined {
  if (value === null) return rule.removable ? undefined : 'It cannot be taken away. Give it a value.';
  return fits(rule, value) ? undefined : `It is ${describeRule(rule)}.`;
}

function fits(rule: Rule, value: Json): boolean {
  switch (rule.kind) {
    case 'number':
      return typeof value === 'number' && Number.isInteger(value) && value >= rule.min && value <= rule.max;
    case 'flag':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && rule.of.includes(value);
    case 'text':
      return typeof value === 'string' && value.length <= (rule.longest ?? Infinity);
    case 'object':
      return isObject(value);
  }
}

export function describeRule(rule: Rule): string {
  switch (rule.kind) {
    case 'number':
      return `a whole number from ${rule.min} to ${rule.max}${rule.unit === '' ? '' : ` (${rule.unit})`}`;
    case 'flag':
      return 'true or false';
    case 'choice':
      return rule.of.map((each) => `"${each}"`).join(' or ');
    case 'text':
      return rule.longest === undefined ? 'a text in double quotes' : `a text of at most ${rule.longest} characters`;
    case 'object':
      return 'an object in { }';
  }
}
