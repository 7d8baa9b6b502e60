/** A name that others chose, as menus and the status bar may show it: one line, no icons, no links, nothing that turns the text round. */
export function shownName(name: string, most = 60): string {
  const plain = name
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    .replaceAll(/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]+/g, ' ')
    .replaceAll('$(', '$ (')
    .replaceAll('](', '] (')
    .trim();
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain || '(no name)';
}
