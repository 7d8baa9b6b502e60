import { position } from './jsonTokens.ts';

const expected = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** What AWS says of a text that is no JSON; none for JSON. Its parser words this, so the common cases are worded alike. */
export function jsonSyntaxProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const { message, offset } = describe(text);
    const where = `\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); ${position(text, offset)}]`;
    return `failed to parse JSON. ${message}${where}`;
  }
}

function describe(text: string): { readonly message: string; readonly offset: number } {
  const start = text.length - text.trimStart().length;
  const word = /^[\w$]+/.exec(text.slice(start))?.[0];
  if (word !== undefined && !/^(true|false|null|-?\d.*)$/.test(word))
    return { message: `Unrecognized token '${word}': was expecting ${expected}`, offset: start + word.length };
  const name = /^\s*\{\s*/.exec(text)?.[0].length;
  const first = name === undefined ? undefined : text[name];
  if (name !== undefined && first !== undefined && first !== '"' && first !== '}')
    return {
      message: `Unexpected character (${character(first)}): was expecting double-quote to start field name`,
      offset: name,
    };
  return { message: 'Unexpected end-of-input', offset: text.length };
}

const character = (text: string) => `'${text}' (code ${text.charCodeAt(0)})`;
