// The bytes of an upload: stored while their MD5 and checksum are made, and kept only if both are what the client said.
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Body } from '../bodies/body.ts';
import {
  algorithmOf,
  algorithms,
  isWellFormed,
  memberOf,
  summing,
  type Algorithm,
  type Checksum,
} from '../checksum/checksums.ts';
import { invalidRequest, refuse } from '../errors.ts';
import type { S3 } from '../s3.ts';

export interface IntakeInput {
  readonly Body?: unknown;
  readonly ContentLength?: number | undefined;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
}

export interface Intake {
  readonly body: Body;
  /** MD5 in hexadecimal. */
  readonly etag: string;
  readonly checksum: Checksum;
  /** Whether the client named the checksum's algorithm. */
  readonly named: boolean;
}

const largest = 5 * 1024 ** 3;
const supported = '[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]';

/** @throws EntityTooLarge, InvalidDigest, BadDigest, InvalidRequest, and what the wire finds wrong with chunks */
export async function takeIn(s3: S3, input: IntakeInput, byDefault: Algorithm = 'CRC64NVME'): Promise<Intake> {
  checkSize(input.ContentLength);
  const wantedMd5 = wellFormedMd5(input.ContentMD5);
  const said = saidChecksum(input);
  const named = said?.algorithm ?? namedAlgorithm(input.ChecksumAlgorithm);
  const source = sourceOf(input.Body);
  const hash = createHash('md5');
  const algorithm = named ?? byDefault;
  const sum = summing(algorithm);
  const body = await s3.store.take(source, (chunk) => {
    hash.update(chunk);
    sum.update(chunk);
  });
  try {
    const digest = hash.digest();
    if (wantedMd5 !== undefined && digest.toString('base64') !== wantedMd5) throw badMd5(wantedMd5, digest);
    const trailing = trailingChecksum(source);
    const expected = said ?? trailing;
    const value =
      expected && expected.algorithm !== algorithm ? await sumOf(s3, body, expected.algorithm) : sum.value();
    if (expected && expected.value !== value) throw badChecksum(expected.algorithm);
    const used = expected?.algorithm ?? algorithm;
    return {
      body,
      etag: digest.toString('hex'),
      checksum: { algorithm: used, value, type: 'FULL_OBJECT' },
      named: expected !== undefined || named !== undefined,
    };
  } catch (thrown) {
    s3.store.release(body);
    throw thrown;
  }
}

/** The checksum of bytes that are stored already. */
export async function sumOf(s3: S3, body: Body, algorithm: Algorithm): Promise<string> {
  const sum = summing(algorithm);
  const read = s3.store.read(body);
  if (read instanceof Uint8Array) sum.update(read);
  else for await (const chunk of read as AsyncIterable<Uint8Array>) sum.update(chunk);
  return sum.value();
}

export const badChecksum = (algorithm: string) =>
  refuse('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);

function checkSize(length: number | undefined): void {
  if (length === undefined || length <= largest) return;
  throw refuse('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
    ProposedSize: String(length),
    MaxSizeAllowed: String(largest),
  });
}

function wellFormedMd5(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 16 && bytes.toString('base64') === text) return text;
  throw refuse('InvalidDigest', 'The Content-MD5 you specified was invalid.', 400, { 'Content-MD5': text });
}

const badMd5 = (wanted: string, digest: Buffer) =>
  refuse('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400, {
    ExpectedDigest: Buffer.from(wanted, 'base64').toString('hex'),
    CalculatedDigest: digest.toString('base64'),
  });

/** The checksum in the request's headers. */
export function saidChecksum(input: IntakeInput): Checksum | undefined {
  const [first, ...others] = algorithms.flatMap((algorithm) => {
    const value = input[memberOf(algorithm)];
    return value === undefined ? [] : [{ algorithm, value, type: 'FULL_OBJECT' as const }];
  });
  if (others.length > 0) {
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  if (first && !isWellFormed(first.algorithm, first.value)) {
    throw invalidRequest(`Value for x-amz-checksum-${first.algorithm.toLowerCase()} header is invalid.`);
  }
  return first;
}

/** @throws InvalidRequest */
export function namedAlgorithm(name: string | undefined): Algorithm | undefined {
  if (name === undefined) return undefined;
  const algorithm = algorithmOf(name);
  if (algorithm) return algorithm;
  throw invalidRequest(
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: ${supported}`,
  );
}

/** The checksum that came after the body. */
function trailingChecksum(source: unknown): Checksum | undefined {
  if (typeof source !== 'object' || source === null || !('trailers' in source)) return undefined;
  const trailers = Object.entries(source.trailers as Readonly<Record<string, string>>);
  for (const [name, value] of trailers) {
    const algorithm = name.startsWith('x-amz-checksum-') ? algorithmOf(name.slice(15)) : undefined;
    if (!algorithm) continue;
    if (!isWellFormed(algorithm, value)) throw invalidRequest(`Value for ${name} trailing header is invalid.`);
    return { algorithm, value, type: 'FULL_OBJECT' };
  }
  return undefined;
}

/** The wire gives a stream; requests without a body have none. */
function sourceOf(body: unknown): Readable | Uint8Array {
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body) return body as Readable;
  return typeof body === 'string' ? Buffer.from(body) : new Uint8Array();
}
