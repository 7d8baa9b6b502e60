// Keys are ordered by their UTF-8 bytes. JavaScript compares UTF-16 units, which differs only where surrogates meet U+E000 and above.

export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (x === y) continue;
    // Surrogates stand for code points above all others.
    const [highX, highY] = [isSurrogate(x), isSurrogate(y)];
    return highX === highY ? x - y : highX ? 1 : -1;
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** Greater than every key that begins with this text. */
export const afterAll = (prefix: string): string => `${prefix}\u{10ffff}\u{10ffff}`;
