// Filter policies: JSON text in, a compiled filter or AWS's refusal out. Refusals say the place as AWS's reader counts it,
// which is why the text is read token by token and not through JSON.parse.
import { checkComplexity } from './complexity.ts';
import type { Condition, Field, Filter } from './filter.ts';
import { jsonSyntaxProblem } from './jsonSyntax.ts';
import { parseConditions } from './parseConditions.ts';
import { TokenReader, FilterProblem } from './tokenReader.ts';

export type FilterScope = 'MessageAttributes' | 'MessageBody';
export type CompiledFilter =
  { readonly filter: Filter; readonly problem?: undefined } | { readonly filter?: undefined; readonly problem: string };

export function compileFilter(given: string, scope: FilterScope): CompiledFilter {
  const text = withoutSpaces(given);
  const syntax = jsonSyntaxProblem(text);
  if (syntax !== undefined) return { problem: `FilterPolicy: ${syntax}` };
  try {
    const rules = readPolicy(new TokenReader(text));
    const filter = { alternatives: alternativesOf(rules, '', 0), nested: isNested(rules) };
    const problem = checkComplexity(filter, scope);
    if (problem !== undefined) return { problem: `FilterPolicy: ${problem}` };
    if (scope === 'MessageAttributes' && filter.nested)
      return { problem: 'Filter policy scope MessageAttributes does not support nested filter policy' };
    return { filter };
  } catch (problem) {
    if (problem instanceof FilterProblem) return { problem: `FilterPolicy: ${problem.message}` };
    throw problem;
  }
}

/** AWS reads a policy, and cites it in its messages, without the spaces between. */
const withoutSpaces = (json: string): string => json.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');

type Rule =
  | { readonly kind: 'conditions'; readonly name: string; readonly conditions: readonly Condition[] }
  | { readonly kind: 'object'; readonly name: string; readonly rules: readonly Rule[] }
  | { readonly kind: 'or'; readonly choices: readonly (readonly Rule[])[] };

function readPolicy(reader: TokenReader): readonly Rule[] {
  if (reader.next().kind !== '{') reader.fail('Filter is not an object');
  return readRules(reader);
}

/** What follows a `{`, up to its `}`. */
function readRules(reader: TokenReader): readonly Rule[] {
  const rules: Rule[] = [];
  for (let token = reader.next(); token.kind === 'field'; token = reader.next()) {
    const name = token.text;
    const value = reader.next();
    if (value.kind === '{') rules.push({ kind: 'object', name, rules: readRules(reader) });
    else if (value.kind !== '[') reader.fail(`"${name}" must be an object or an array`);
    else if (name === '$or' && reader.peek().kind === '{' && reader.isListOfObjects())
      rules.push({ kind: 'or', choices: readChoices(reader) });
    else rules.push({ kind: 'conditions', name, conditions: parseConditions(reader) });
  }
  return rules;
}

function readChoices(reader: TokenReader): readonly (readonly Rule[])[] {
  const choices: (readonly Rule[])[] = [];
  while (reader.next().kind === '{') choices.push(readRules(reader));
  return choices;
}

/** Multiplies `$or` out, so that matching knows only alternatives. */
function alternativesOf(rules: readonly Rule[], prefix: string, depth: number): readonly (readonly Field[])[] {
  return rules.reduce<readonly (readonly Field[])[]>(
    (found, rule) => {
      const own = alternativesOfRule(rule, prefix, depth);
      return found.flatMap((left) => own.map((right) => [...left, ...right]));
    },
    [[]],
  );
}

function alternativesOfRule(rule: Rule, prefix: string, depth: number): readonly (readonly Field[])[] {
  switch (rule.kind) {
    case 'conditions':
      return [[{ path: prefix + rule.name, depth: depth + 1, conditions: rule.conditions }]];
    case 'object':
      return alternativesOf(rule.rules, `${prefix}${rule.name}.`, depth + 1);
    case 'or':
      return rule.choices.flatMap((choice) => alternativesOf(choice, prefix, depth));
  }
}

function isNested(rules: readonly Rule[]): boolean {
  return rules.some((rule) => rule.kind === 'object' || (rule.kind === 'or' && rule.choices.some(isNested)));
}
