// SQS and SNS hold every attribute as text; people read numbers, truths and objects.
import { parseAttribute, type Json } from './json.ts';
import type { Rule, Rules } from './rules.ts';

type Attributes = Readonly<Partial<Record<string, string>>>;

/** Those that can be changed, in the order of the rules; what can be taken away and is not there is null. */
export function editableOf(attributes: Attributes, rules: Rules): Readonly<Record<string, Json>> {
  const shown = Object.entries(rules).flatMap(([name, rule]): [string, Json][] => {
    const text = attributes[name];
    if (text !== undefined && (text !== '' || rule.kind === 'text')) return [[name, valueOf(rule, text)]];
    return rule.removable ? [[name, null]] : [];
  });
  return Object.fromEntries(shown);
}

function valueOf(rule: Rule, text: string): Json {
  switch (rule.kind) {
    case 'number':
      return /^-?\d+$/.test(text) ? Number(text) : text;
    case 'flag':
      return text === 'true' || text === 'false' ? text === 'true' : text;
    case 'object':
      return parseAttribute(text);
    default:
      return text;
  }
}

/** All but the policy, which is a document of its own. */
export function readOnlyOf(attributes: Attributes, rules: Rules): Readonly<Record<string, Json>> {
  const rest = Object.entries(attributes).filter(([name]) => name !== 'Policy' && !Object.hasOwn(rules, name));
  return Object.fromEntries(
    rest.map(([name, text = '']) => [name, text.startsWith('{') ? parseAttribute(text) : text]),
  );
}

export function attributeText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
