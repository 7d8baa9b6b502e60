import type { NumericRange } from './filter.ts';
import type { Token } from './jsonTokens.ts';
import type { TokenReader } from './tokenReader.ts';

const lower = ['>', '>='] as const;
const upper = ['<', '<='] as const;

/** `["=", 1]`, `["<", 10]` or `[">=", 0, "<", 10]`: one bound, or a lower one and then an upper one. */
export function parseNumeric(reader: TokenReader): readonly NumericRange[] {
  if (reader.next().kind !== '[') reader.fail('Value of numeric must be an array.');
  const first = reader.next();
  if (first.kind !== 'string') return reader.fail(`Invalid member in numeric match: ${textOf(first)}`);
  const operator = [...lower, ...upper, '=' as const].find((known) => known === first.text);
  const value = reader.next();
  if (operator === undefined) return reader.fail(`Unrecognized numeric range operator: ${first.text}`);
  const range = { operator, value: numberOf(value, operator === '=' ? 'equals' : operator, reader) };
  const after = reader.next();
  if (after.kind === ']') return [range];
  if (!lower.some((known) => known === operator)) return reader.fail('Too many elements in numeric expression');
  return [range, parseTop(after, range.value, reader)];
}

function parseTop(token: Token, bottom: number, reader: TokenReader): NumericRange {
  if (token.kind !== 'string') return reader.fail(`Bad value in numeric range: ${textOf(token)}`);
  const operator = upper.find((known) => known === token.text);
  if (operator === undefined) return reader.fail(`Bad numeric range operator: ${token.text}`, token.end);
  const value = numberOf(reader.next(), operator, reader);
  if (reader.next().kind !== ']') reader.fail('Too many terms in numeric range expression');
  if (value <= bottom) reader.fail('Bottom must be less than top');
  return { operator, value };
}

function numberOf(token: Token, name: string, reader: TokenReader): number {
  return token.kind === 'number' ? Number(token.text) : reader.fail(`Value of ${name} must be numeric`);
}

const textOf = (token: Token) => ('text' in token ? token.text : token.kind);
