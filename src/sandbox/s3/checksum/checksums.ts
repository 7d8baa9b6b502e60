// The checksums S3 knows, each as something that takes chunks and says its value in base64.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c, crc64nvme, type Crc64 } from './crc.ts';

export const algorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'SHA512', 'MD5'] as const;
export type Algorithm = (typeof algorithms)[number];
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export interface Checksum {
  readonly algorithm: Algorithm;
  /** Base64; of a composite one with '-' and the number of parts. */
  readonly value: string;
  readonly type: ChecksumType;
}

export interface Summing {
  update(chunk: Uint8Array): void;
  value(): string;
}

export const isAlgorithm = (text: string): text is Algorithm => algorithms.some((one) => one === text);

/** The one of this name in any spelling. */
export const algorithmOf = (text: string): Algorithm | undefined => {
  const name = text.toUpperCase();
  return isAlgorithm(name) ? name : undefined;
};

const bytes: Readonly<Record<Algorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
  SHA512: 64,
  MD5: 16,
};

/** Whether this could be such a checksum's value. */
export const isWellFormed = (algorithm: Algorithm, value: string): boolean =>
  /^[A-Za-z0-9+/]+={0,2}$/.test(value) && Buffer.from(value, 'base64').length === bytes[algorithm];

export const isCrc = (algorithm: Algorithm): boolean => algorithm.startsWith('CRC');

/** What stands in answers: `ChecksumCRC32`. */
export const memberOf = (algorithm: Algorithm): `Checksum${Algorithm}` => `Checksum${algorithm}`;

export function summing(algorithm: Algorithm): Summing {
  switch (algorithm) {
    case 'CRC32':
      return crc32s((data, before) => crc32(data, before));
    case 'CRC32C':
      return crc32s(crc32c);
    case 'CRC64NVME': {
      let state: Crc64 = [0, 0];
      return {
        update: (chunk) => (state = crc64nvme(chunk, state)),
        value: () => base64([...state]),
      };
    }
    default: {
      const hash = createHash(algorithm.toLowerCase());
      return { update: (chunk) => hash.update(chunk), value: () => hash.copy().digest('base64') };
    }
  }
}

function crc32s(step: (data: Uint8Array, before: number) => number): Summing {
  let state = 0;
  return { update: (chunk) => (state = step(chunk, state)), value: () => base64([state]) };
}

function base64(words: readonly number[]): string {
  const buffer = Buffer.alloc(4 * words.length);
  words.forEach((word, index) => buffer.writeUInt32BE(word >>> 0, 4 * index));
  return buffer.toString('base64');
}

/** The checksum of the parts' checksums. */
export function composite(algorithm: Algorithm, parts: readonly string[]): Checksum {
  const sum = summing(algorithm);
  for (const part of parts) sum.update(Buffer.from(part, 'base64'));
  return { algorithm, value: `${sum.value()}-${parts.length}`, type: 'COMPOSITE' };
}
