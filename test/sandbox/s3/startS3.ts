// A sandbox for tests of S3, with a client, buckets to hand, and plain HTTP as a browser speaks it.
import { randomBytes } from 'node:crypto';
import { request, type IncomingHttpHeaders } from 'node:http';
import { CreateBucketCommand, PutObjectCommand, S3Client, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { startTestSandbox, type ClientSettings, type TestSandbox } from '../start.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly host?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface S3Sandbox {
  readonly aws: TestSandbox;
  readonly s3: S3Client;
  client(changes?: Partial<ClientSettings>): S3Client;
  /** A new bucket's name. */
  bucket(): Promise<string>;
  put(
    bucket: string,
    key: string,
    body?: PutObjectCommandInput['Body'],
    more?: Partial<PutObjectCommandInput>,
  ): Promise<unknown>;
  http(path: string, asked?: Asked): Promise<Answer>;
}

export async function startS3(options: Parameters<typeof startTestSandbox>[0] = {}): Promise<S3Sandbox> {
  const aws = await startTestSandbox(options);
  const port = new URL(aws.endpoint).port;
  const client = (changes: Partial<ClientSettings> = {}): S3Client => {
    const settings = { ...aws.settings(changes), forcePathStyle: true };
    return new S3Client(settings);
  };
  const s3 = client();
  return {
    aws,
    s3,
    client,
    async bucket() {
      const name = `b-${randomBytes(6).toString('hex')}`;
      await s3.send(new CreateBucketCommand({ Bucket: name }));
      return name;
    },
    put: (Bucket, Key, Body = 'hello', more = {}) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more })),
    http: (path, { method = 'GET', host = 'localhost', headers = {}, body } = {}) =>
      new Promise((done, failed) => {
        const asked = { host: '127.0.0.1', port, path, method, headers: { host: `${host}:${port}`, ...headers } };
        request(asked, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            done({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks).toString(),
            }),
          );
        })
          .on('error', failed)
          .end(body);
      }),
  };
}

/** That this is refused with this code, and with these members. */
export async function expectRefusal(attempt: Promise<unknown>, code: string, members: object = {}): Promise<void> {
  const error: unknown = await attempt.then(
    () => new Error('it was accepted'),
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: code, ...members });
}
