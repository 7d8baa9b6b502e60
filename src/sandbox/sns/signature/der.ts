/** The few forms of DER that a certificate is made of. https://www.itu.int/rec/T-REC-X.690 */
export function tagged(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag), length(content.length), content]);
}

export const sequence = (...items: readonly Uint8Array[]) => tagged(0x30, ...items);
export const set = (...items: readonly Uint8Array[]) => tagged(0x31, ...items);
export const nothing = () => tagged(0x05);
export const utf8 = (text: string) => tagged(0x0c, Buffer.from(text));
export const octets = (...contents: readonly Uint8Array[]) => tagged(0x04, ...contents);
export const bits = (bytes: Uint8Array) => tagged(0x03, Buffer.of(0), bytes);
/** Explicit context tag. */
export const context = (number: number, ...items: readonly Uint8Array[]) => tagged(0xa0 + number, ...items);

/** A number of 0 or more, as big-endian bytes. */
export function integer(bytes: Uint8Array): Buffer {
  const sign = (bytes[0] ?? 0) >= 0x80 ? [Buffer.of(0)] : [];
  return tagged(0x02, ...sign, bytes);
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.of(first * 40 + second, ...rest.flatMap(base128)));
}

/** Years up to 2049 have two digits, later ones four. */
export function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  const late = Number(digits.slice(0, 4)) > 2049;
  return late ? tagged(0x18, Buffer.from(digits)) : tagged(0x17, Buffer.from(digits.slice(2)));
}

function length(size: number): Buffer {
  if (size < 0x80) return Buffer.of(size);
  const bytes: number[] = [];
  for (let rest = size; rest > 0; rest >>= 8) bytes.unshift(rest & 0xff);
  return Buffer.of(0x80 + bytes.length, ...bytes);
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}
