// Places to go on from, as clients carry them: a few named texts in base64. Nothing in them is secret, and nothing is believed unchecked.

const mark = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]);

export const writeToken = (facts: Readonly<Record<string, string>>): string =>
  Buffer.concat([mark, Buffer.from(new URLSearchParams(facts).toString())]).toString('base64');

/** Undefined for what is no such token. */
export function readToken(text: string): Readonly<Record<string, string>> | undefined {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text || !bytes.subarray(0, mark.length).equals(mark)) return undefined;
  return Object.fromEntries(new URLSearchParams(bytes.subarray(mark.length).toString()));
}
