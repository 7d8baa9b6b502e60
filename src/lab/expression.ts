// `${...}`: JMESPath over what a session knows. In: a template and a scope. Out: plain JSON.
// Never: runs code, or reads anything but the scope.
import { ExpressionError, evaluate, mapTexts, parseExpression, pathsOf, type Expression } from './jmespath.ts';
import type { Template } from './model.ts';

/** inputs, names, target, session and what was saved. */
export type Scope = Readonly<Record<string, unknown>>;

export interface Hole {
  /** Of `${`, and of what follows `}`. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Piece =
  { readonly kind: 'text'; readonly text: string; readonly start: number } | ({ readonly kind: 'hole' } & Hole);

/** More in one text are nobody's lesson, and each is looked at in the light of all before it. */
const mostHoles = 200;
/** Characters that one text may become: four times what a message of AWS may hold. */
const longestResolved = 4 * 1_048_576;

/** Throws ExpressionError where a `${` is not closed. `$${` stands for `${` itself. */
export function splitTemplate(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let plain = '';
  let plainStart = 0;
  const flush = () => {
    if (plain) pieces.push({ kind: 'text', text: plain, start: plainStart });
    plain = '';
  };
  while (at < text.length) {
    if (text.startsWith('$${', at)) {
      plain += '${';
      at += 3;
    } else if (text.startsWith('${', at)) {
      flush();
      const end = closingBrace(text, at + 2);
      pieces.push({ kind: 'hole', start: at, end: end + 1, text: text.slice(at + 2, end) });
      if (pieces.length > 2 * mostHoles) throw new ExpressionError(`One text may hold ${mostHoles} expressions.`, at);
      at = plainStart = end + 1;
    } else {
      plain += text.charAt(at++);
    }
  }
  flush();
  return pieces;
}

export function holesOf(text: string): readonly Hole[] {
  return splitTemplate(text).filter((piece) => piece.kind === 'hole');
}

/** All that the expressions in a text read, those inside other expressions included. Throws ExpressionError for bad syntax. */
export function pathsInText(text: string): readonly (readonly string[])[] {
  if (!text.includes('${')) return [];
  return holesOf(text).flatMap((hole) => [...pathsOf(parseBoundExpression(hole.text)), ...pathsInText(hole.text)]);
}

/** Expressions hold braces and quotes of their own. */
function closingBrace(text: string, from: number): number {
  let depth = 0;
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote) {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (character === "'" || character === '"' || character === '`') quote = character;
    else if (character === '{') depth++;
    else if (character === '}' && depth-- === 0) return at;
  }
  throw new ExpressionError('This ${ is never closed by }.', from - 2);
}

/** What a template needs and the scope does not have. */
export class UnknownName extends Error {
  readonly expression: string;
  constructor(expression: string) {
    super(`Nothing is known yet for \${${expression}}.`);
    this.expression = expression;
  }
}

/** Throws UnknownName where an expression finds nothing. */
export function resolve(template: Template, scope: Scope): unknown {
  return walk(template, (text) => resolveText(text, scope));
}

/** For showing what is not known yet: `${...}` stays where it cannot be resolved. */
export function resolveWhatIsKnown(
  template: Template,
  scope: Scope,
): { value: unknown; unresolved: readonly string[] } {
  const unresolved: string[] = [];
  const value = walk(template, (text) => {
    try {
      return resolveText(text, scope);
    } catch (error) {
      unresolved.push(error instanceof UnknownName ? error.expression : text);
      return text;
    }
  });
  return { value, unresolved };
}

export function resolveToText(template: Template, scope: Scope): string {
  return asText(resolve(template, scope));
}

function walk(template: Template, text: (text: string) => unknown): unknown {
  if (typeof template === 'string') return text(template);
  if (Array.isArray(template)) return template.map((item) => walk(item, text));
  if (template === null || typeof template !== 'object') return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [textOf(key, text), walk(value, text)]));
}

function textOf(key: string, text: (text: string) => unknown): string {
  return key.includes('${') ? asText(text(key)) : key;
}

function resolveText(text: string, scope: Scope): unknown {
  if (!text.includes('${')) return text;
  const pieces = splitTemplate(text);
  const [only] = pieces;
  if (only?.kind === 'hole' && pieces.length === 1) return valueOf(only.text, scope);
  let whole = '';
  for (const piece of pieces) {
    whole += piece.kind === 'text' ? piece.text : asText(valueOf(piece.text, scope));
    if (whole.length > longestResolved)
      throw new ExpressionError(`One text may become ${longestResolved} characters long.`, piece.start);
  }
  return whole;
}

function valueOf(expression: string, scope: Scope): unknown {
  const bound = expression.includes('${') ? bindExpression(expression, scope) : parseExpression(expression);
  const value = evaluate(bound, scope);
  if (value === null || value === undefined) throw new UnknownName(expression);
  return value;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * An expression may itself hold `${...}` for what the session knows, bare or inside '...'. It is put in after parsing,
 * so no value can change the expression's meaning.
 */
export function bindExpression(text: string, scope: Scope): Expression {
  let bound = '';
  for (const piece of splitTemplate(text)) {
    if (piece.kind === 'text') bound += piece.text.replaceAll('${', '$${');
    else if (insideRawString(bound)) bound += `\${${piece.text}}`;
    else bound += `\`${JSON.stringify(`\${${piece.text}}`).replaceAll('`', '\\u0060')}\``;
  }
  return mapTexts(parseExpression(bound), (literal) => resolveText(literal, scope));
}

/** With placeholders as long as the holes: enough to check the syntax, and offsets hold. */
export function parseBoundExpression(text: string): Expression {
  let bound = '';
  for (const piece of splitTemplate(text)) {
    const length = piece.kind === 'text' ? 0 : piece.end - piece.start;
    if (piece.kind === 'text') bound += piece.text;
    else bound += insideRawString(bound) ? 'x'.repeat(length) : '`1`'.padEnd(length);
  }
  return parseExpression(bound);
}

function insideRawString(text: string): boolean {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (quote) quote = character === quote ? '' : quote;
    else if (character === "'" || character === '"' || character === '`') quote = character;
  }
  return quote === "'";
}

export { ExpressionError, evaluate, isTrue, pathsOf, parseExpression } from './jmespath.ts';
