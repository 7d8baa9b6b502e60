/** What a filter policy is made of. `at` is what AWS's messages count columns by: the place read up to. */
export type Token =
  | { readonly kind: '{' | '}' | '[' | ']' | 'true' | 'false' | 'null' | 'end'; readonly at: number }
  | { readonly kind: 'number'; readonly at: number; readonly text: string }
  | { readonly kind: 'string' | 'field'; readonly at: number; readonly end: number; readonly text: string };

const colon = /\s*:/y;
const pattern = /\s*(?:[,:]\s*)?("(?:[^"\\]|\\.)*"|[{}[\]]|true|false|null|-?\d[\d.eE+-]*)/y;

/** The tokens of a text that is known to be JSON, with where each ends. */
export function tokensOf(json: string): readonly Token[] {
  const raw: { text: string; start: number; end: number }[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(json); match?.[1] !== undefined; match = pattern.exec(json)) {
    raw.push({ text: match[1], start: pattern.lastIndex - match[1].length, end: pattern.lastIndex });
  }
  const tokens: Token[] = [{ kind: 'end', at: json.length }];
  // Backwards: a name counts as read up to where its value is, for the reader looks one token ahead.
  for (const { text, start, end } of raw.toReversed()) {
    const next = tokens[tokens.length - 1];
    colon.lastIndex = end;
    const isName = text.startsWith('"') && colon.test(json);
    if (isName) tokens.push({ kind: 'field', at: next?.at ?? end, end, text: JSON.parse(text) as string });
    else if (text.startsWith('"'))
      tokens.push({ kind: 'string', at: start + 1, end, text: JSON.parse(text) as string });
    else tokens.push(plain(text, end));
  }
  return tokens.toReversed();
}

function plain(text: string, at: number): Token {
  switch (text) {
    case '{':
    case '}':
    case '[':
    case ']':
    case 'true':
    case 'false':
    case 'null':
      return { kind: text, at };
    default:
      return { kind: 'number', at, text };
  }
}

/** `line: 1, column: 8` of an offset. */
export function position(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `line: ${line}, column: ${offset - before.lastIndexOf('\n')}`;
}
