/** Text that others chose as one line, without what breaks the line or turns the text round. */
export function shownText(text: string, most = 400): string {
  return atMost(plainLine(text), most);
}

export function plainLine(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
      .replaceAll(/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]+/g, ' ')
      .trim()
  );
}

export function atMost(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
