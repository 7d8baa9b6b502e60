// A request and its answer, freed of HTTP/1.1 and HTTP/2.
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { Seed } from './body.ts';

export interface WireRequest {
  readonly method: string;
  /** As sent: path and query. */
  readonly url: string;
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly host: string;
  /** The whole body; empty where `stream` is read instead. */
  body: Buffer;
  readonly stream: Readable;
  /** Fields of URL and body together, once somebody asked for them. */
  form?: Map<string, string>;
  /** What signed chunks go on from; set where the signature was verified. */
  seed?: Seed;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | Readable;
}

/** Headers may be said twice; the first is meant. */
export const header = (request: WireRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** Objects may be long: their bytes are read by whoever stores them, after what is known of them beforehand was verified. */
export const isStreamed = ({ method, headers, query }: WireRequest): boolean =>
  method === 'PUT' &&
  headers['x-amz-target'] === undefined &&
  (headers['x-amz-content-sha256'] !== undefined ||
    /(?:^|&)AWSAccessKeyId=|X-Amz-Credential=[^&]*(?:%2F|\/)s3(?:%2F|\/)/.test(query));
