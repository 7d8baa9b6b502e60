import type { PolicyRequest } from './request.ts';

/** What a pattern may hold in place of a character: any run of characters, or any one. */
const ANY = -1;
const ONE = -2;

/** A text with wildcards, as character codes: a `*` that came out of a variable is a plain star, not a wildcard. */
type Pattern = readonly number[];

type Context = PolicyRequest['context'];

export function matchesPattern(pattern: string, text: string, context?: Context): boolean {
  if (!/[*?$]/.test(pattern)) return pattern === text;
  if (pattern === '*') return true;
  const compiled = compile(pattern, context, true);
  return compiled !== undefined && matchesCodes(compiled, text);
}

/** The text with its variables filled in and wildcards taken literally; none when a variable has no value. */
export function fillIn(text: string, context: Context | undefined): string | undefined {
  if (context === undefined || !text.includes('${')) return text;
  const codes = compile(text, context, false);
  return codes === undefined ? undefined : String.fromCharCode(...codes);
}

/**
 * ARNs are compared part by part, so that a wildcard never reaches across a colon of the first five;
 * an ARN that stops early goes on in wildcards.
 */
export function matchesArn(pattern: string, arn: string, context?: Context): boolean {
  if (pattern === '*' || pattern === arn) return true;
  const want = splitArn(pattern);
  const have = splitArn(arn);
  if (have.length < 6) return want.length < 6 && matchesPattern(pattern, arn, context);
  return have.every((part, index) => matchesPattern(want[index] ?? '*', part, context));
}

/** Splits at the first five colons outside of `${…}`. */
function splitArn(arn: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let inside = false;
  for (let at = 0; at < arn.length && parts.length < 5; at++) {
    if (arn.startsWith('${', at)) inside = true;
    else if (arn[at] === '}') inside = false;
    else if (arn[at] === ':' && !inside) {
      parts.push(arn.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, arn.slice(start)];
}

export function valueOf(context: Context, key: string): string | readonly string[] | undefined {
  const exact = context[key];
  if (exact !== undefined) return exact;
  const lower = key.toLowerCase();
  const found = Object.keys(context).find((each) => each.toLowerCase() === lower);
  return found === undefined ? undefined : context[found];
}

function compile(text: string, context: Context | undefined, wildcards: boolean): Pattern | undefined {
  const codes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const end = context !== undefined && text.startsWith('${', at) ? text.indexOf('}', at) : -1;
    if (context !== undefined && end > 0) {
      const value = variable(text.slice(at + 2, end), context);
      if (value === undefined) return undefined;
      for (let index = 0; index < value.length; index++) codes.push(value.charCodeAt(index));
      at = end;
    } else if (wildcards && text[at] === '*') codes.push(ANY);
    else if (wildcards && text[at] === '?') codes.push(ONE);
    else codes.push(text.charCodeAt(at));
  }
  return codes;
}

/** `aws:username`, `aws:username, 'nobody'`, or one of the escapes `*`, `?` and `$`. */
function variable(expression: string, context: Context): string | undefined {
  if (expression === '*' || expression === '?' || expression === '$') return expression;
  const [, key, fallback] = /^\s*([^,]+?)\s*(?:,\s*'(.*)')?\s*$/.exec(expression) ?? [];
  const value = key === undefined ? undefined : valueOf(context, key);
  if (typeof value === 'string') return value;
  return value?.length === 1 ? value[0] : fallback;
}

/** Linear in practice: on a mismatch only the last star is tried one character further. */
function matchesCodes(pattern: Pattern, text: string): boolean {
  let at = 0;
  let star = -1;
  let retry = 0;
  let index = 0;
  while (index < text.length) {
    const code = pattern[at];
    if (code === ANY) {
      star = at++;
      retry = index;
    } else if (code === ONE || code === text.charCodeAt(index)) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++retry;
    } else return false;
  }
  while (pattern[at] === ANY) at++;
  return at === pattern.length;
}
