/** JSON with its lines broken and indented. Only spaces change: numbers and names stay letter for letter as they were typed. */
export type Pretty = { readonly text: string } | { readonly mistake: string };

export function prettyJson(text: string): Pretty {
  try {
    JSON.parse(text);
  } catch (error) {
    return { mistake: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  return { text: indent(text) };
}

const tokens = /"(?:[^"\\]+|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

function indent(text: string): string {
  const found = text.match(tokens) ?? [];
  let depth = 0;
  let written = '';
  const line = () => `\n${'  '.repeat(depth)}`;
  for (const [place, token] of found.entries()) {
    const before = found[place - 1] ?? '';
    if ('}]'.includes(token)) depth--;
    const opens = before === '{' || before === '[';
    const closes = token === '}' || token === ']';
    if ((opens && !closes) || before === ',' || (closes && !opens)) written += line();
    else if (before === ':') written += ' ';
    written += token;
    if ('{['.includes(token)) depth++;
  }
  return written;
}
