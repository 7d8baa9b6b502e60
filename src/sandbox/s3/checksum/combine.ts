// The checksum of two pieces put together, out of theirs: the first one's is moved on over the second's length, without its bytes.
// In the reflected notation that all three of S3's cyclic checksums use: the highest bit is x to the power of 0.
import type { Algorithm } from './checksums.ts';

interface Field {
  readonly polynomial: bigint;
  readonly width: bigint;
}

const fields: Readonly<Partial<Record<Algorithm, Field>>> = {
  CRC32: { polynomial: 0xedb88320n, width: 32n },
  CRC32C: { polynomial: 0x82f63b78n, width: 32n },
  CRC64NVME: { polynomial: 0x9a6c9329ac4bc9b5n, width: 64n },
};

export interface Piece {
  /** Base64. */
  readonly value: string;
  readonly size: number;
}

/** Undefined: no such thing can be said of this kind of checksum. */
export function combine(algorithm: Algorithm, pieces: readonly Piece[]): string | undefined {
  const field = fields[algorithm];
  if (!field) return undefined;
  const sum = pieces.reduce(
    (before, { value, size }) => multiply(field, powerOfX(field, BigInt(size) * 8n), before) ^ numberOf(value),
    0n,
  );
  const digits = sum.toString(16).padStart(Number(field.width) / 4, '0');
  return Buffer.from(digits, 'hex').toString('base64');
}

const numberOf = (base64: string): bigint => BigInt(`0x${Buffer.from(base64, 'base64').toString('hex')}`);

function powerOfX(field: Field, exponent: bigint): bigint {
  let power = 1n << (field.width - 1n);
  let square = power >> 1n;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) power = multiply(field, square, power);
    square = multiply(field, square, square);
  }
  return power;
}

function multiply({ polynomial, width }: Field, a: bigint, b: bigint): bigint {
  let product = 0n;
  let shifted = b;
  for (let bit = 1n << (width - 1n); bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n;
  }
  return product;
}
