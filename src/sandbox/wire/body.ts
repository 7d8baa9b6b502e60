// A REST request's body: as sent, or in AWS's chunks (signed or not, with trailing headers). Bytes are passed on as they come;
// a hash or signature that does not fit ends the stream with AWS's error instead of its end.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { AwsError } from '../service.ts';
import { header, type WireRequest } from './exchange.ts';
import { refusal, type Dialect } from './fault.ts';
import { hmacHex, type HmacKey } from './hmac.ts';
import { sha256 } from './sigv4.ts';

/** What the chunks' signatures go on from. */
export interface Seed {
  readonly key: HmacKey;
  readonly time: string;
  readonly scope: string;
  readonly signature: string;
}

/** A streaming member as handlers get it. `trailers` is filled when the stream has ended. */
export class RequestBody extends Readable {
  readonly trailers: Record<string, string> = {};
  readonly #source: AsyncIterator<Buffer>;

  constructor(request: WireRequest, dialect: Dialect) {
    super();
    this.#source = verified(request, dialect, this.trailers);
  }

  override _read(): void {
    this.#source.next().then(
      ({ done, value }) => this.push(done ? null : value),
      (thrown: unknown) => this.destroy(thrown instanceof Error ? thrown : new Error(String(thrown))),
    );
  }
}

export async function readWhole(request: WireRequest, dialect: Dialect): Promise<Buffer> {
  if (request.body.length > 0 && !isChunked(request)) return request.body;
  const parts: Buffer[] = [];
  for await (const part of verified(request, dialect, {})) parts.push(part);
  return Buffer.concat(parts);
}

export const isChunked = (request: WireRequest): boolean =>
  (header(request, 'x-amz-content-sha256')?.startsWith('STREAMING-') ?? false) ||
  (header(request, 'content-encoding')?.includes('aws-chunked') ?? false);

async function* verified(
  request: WireRequest,
  dialect: Dialect,
  trailers: Record<string, string>,
): AsyncGenerator<Buffer> {
  const source = request.body.length > 0 ? Readable.from([request.body]) : request.stream;
  if (isChunked(request)) return yield* unchunked(new ByteReader(source), request, dialect, trailers);
  const said = header(request, 'x-amz-content-sha256');
  const hash = request.seed && said && /^[0-9a-f]{64}$/.test(said) ? createHash('sha256') : undefined;
  for await (const part of source as AsyncIterable<Buffer>) {
    hash?.update(part);
    yield part;
  }
  if (hash && hash.digest('hex') !== said) throw refusal('wrongHash', dialect);
}

async function* unchunked(
  bytes: ByteReader,
  request: WireRequest,
  dialect: Dialect,
  trailers: Record<string, string>,
): AsyncGenerator<Buffer> {
  const said = header(request, 'x-amz-content-sha256') ?? '';
  const seed = said.startsWith('STREAMING-AWS4-HMAC') ? request.seed : undefined;
  const expected = header(request, 'x-amz-decoded-content-length');
  let previous = seed?.signature ?? '';
  let total = 0;
  for (;;) {
    const [size = '', extension = ''] = (await bytes.line()).split(';');
    const length = /^[0-9a-fA-F]+$/.test(size) ? Number.parseInt(size, 16) : Number.NaN;
    if (Number.isNaN(length)) throw incomplete();
    const hash = seed && createHash('sha256');
    for (let left = length; left > 0;) {
      const part = await bytes.upTo(left);
      left -= part.length;
      hash?.update(part);
      yield part;
    }
    total += length;
    if (seed && hash) previous = checkChunk(seed, previous, hash.digest('hex'), extension, dialect);
    if (length === 0) break;
    if ((await bytes.line()) !== '') throw incomplete();
  }
  await readTrailers(bytes, trailers);
  if (seed && said.endsWith('-TRAILER')) checkTrailers(seed, previous, trailers, dialect);
  delete trailers['x-amz-trailer-signature'];
  if (expected !== undefined && Number(expected) !== total) throw incomplete();
}

const incomplete = (): AwsError =>
  new AwsError('IncompleteBody', 'The request body terminated unexpectedly', { status: 400 });

const emptyHash = sha256('');

/** Gives the chunk's own signature: the next one goes on from it. */
function checkChunk(seed: Seed, previous: string, hash: string, extension: string, dialect: Dialect): string {
  const said = /^chunk-signature=([0-9a-f]{64})$/.exec(extension)?.[1];
  const text = `AWS4-HMAC-SHA256-PAYLOAD\n${seed.time}\n${seed.scope}\n${previous}\n${emptyHash}\n${hash}`;
  const signature = hmacHex(seed.key, text);
  if (said !== signature) throw refusal('wrongSignature', dialect);
  return signature;
}

async function readTrailers(bytes: ByteReader, trailers: Record<string, string>): Promise<void> {
  for (let line = await bytes.line(true); line !== ''; line = await bytes.line(true)) {
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
}

function checkTrailers(seed: Seed, previous: string, trailers: Record<string, string>, dialect: Dialect): void {
  const { 'x-amz-trailer-signature': said, ...others } = trailers;
  const canonical = Object.entries(others)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`);
  const text = `AWS4-HMAC-SHA256-TRAILER\n${seed.time}\n${seed.scope}\n${previous}\n${sha256(canonical.join(''))}`;
  if (said !== hmacHex(seed.key, text)) throw refusal('wrongSignature', dialect);
}

/** Lines and runs of bytes out of a stream. */
class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: Readable) {
    this.#source = (source as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#source.next();
    if (done) return false;
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
    return true;
  }

  /** Without its line break. At the end of the bytes: an empty one where that is `allowed`. */
  async line(allowed = false): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf('\n');
      if (end >= 0) {
        const text = this.#rest.toString('latin1', 0, end).replace(/\r$/, '');
        this.#rest = this.#rest.subarray(end + 1);
        return text;
      }
      if (this.#rest.length > 16_384) throw incomplete();
      if (!(await this.#more())) {
        if (allowed && this.#rest.length === 0) return '';
        throw incomplete();
      }
    }
  }

  async upTo(length: number): Promise<Buffer> {
    if (this.#rest.length === 0 && !(await this.#more())) throw incomplete();
    const part = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(part.length);
    return part;
  }
}
