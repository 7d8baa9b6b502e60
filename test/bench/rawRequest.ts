// The leanest HTTP client there can be, so that the server is what is measured: requests are bytes made beforehand, each socket
// has one request under way, and of an answer no more is read than where it ends.
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

export class RawConnection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #done: ((answer: RawAnswer) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  static open(endpoint: string): Promise<RawConnection> {
    const { hostname, port } = new URL(endpoint);
    return new Promise((done, failed) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true }, () =>
        done(new RawConnection(socket)),
      );
      socket.once('error', failed);
    });
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.removeAllListeners('error');
    socket.on('data', (data) => this.#read(data));
    socket.on('error', (error) => this.#failed?.(error));
    socket.on('close', () => this.#failed?.(new Error('the server closed the connection')));
  }

  send(request: Buffer): Promise<RawAnswer> {
    return new Promise((done, failed) => {
      this.#done = done;
      this.#failed = failed;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #read(data: Buffer): void {
    this.#received = this.#received.length === 0 ? data : Buffer.concat([this.#received, data]);
    const answer = readAnswer(this.#received);
    if (answer === undefined) return;
    this.#received = Buffer.alloc(0);
    this.#done?.(answer);
  }
}

/** The whole answer, or nothing while some of it is still to come. */
function readAnswer(bytes: Buffer): RawAnswer | undefined {
  const head = bytes.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const header = bytes.toString('latin1', 0, head);
  const status = Number(header.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(header)?.[1];
  if (length !== undefined) {
    const end = head + 4 + Number(length);
    return bytes.length < end ? undefined : { status, body: bytes.toString('utf8', head + 4, end) };
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(header)) return { status, body: '' };
  return bytes.indexOf('0\r\n\r\n', head) < 0 ? undefined : { status, body: bytes.toString('utf8', head + 4) };
}

const credential = 'Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1';
const signature = `SignedHeaders=content-type;host;x-amz-date, Signature=${'0'.repeat(64)}`;

/** SQS's protocol: JSON, the operation in a header. */
export function sqsRequest(endpoint: string, operation: string, input: object): Buffer {
  return httpRequest(endpoint, 'sqs', JSON.stringify(input), [
    'content-type: application/x-amz-json-1.0',
    `x-amz-target: AmazonSQS.${operation}`,
  ]);
}

/** SNS's protocol: a form. */
export function snsRequest(endpoint: string, operation: string, input: Readonly<Record<string, string>>): Buffer {
  const form = new URLSearchParams({ Action: operation, Version: '2010-03-31', ...input });
  return httpRequest(endpoint, 'sns', form.toString(), ['content-type: application/x-www-form-urlencoded']);
}

/** S3's protocol: the place is the address. */
export function s3Request(endpoint: string, path: string, body: string): Buffer {
  return httpRequest(endpoint, 's3', body, ['x-amz-content-sha256: UNSIGNED-PAYLOAD'], `PUT ${path}`);
}

/** What the SDK sends, header by header, but for the signature's value: signing would cost the client more than all the rest. */
function httpRequest(
  endpoint: string,
  service: string,
  body: string,
  headers: readonly string[],
  line = 'POST /',
): Buffer {
  const lines = [
    `${line} HTTP/1.1`,
    `host: ${new URL(endpoint).host}`,
    ...headers,
    `content-length: ${Buffer.byteLength(body)}`,
    'x-amz-date: 20260101T000000Z',
    `authorization: AWS4-HMAC-SHA256 ${credential}/${service}/aws4_request, ${signature}`,
    'user-agent: aws-sdk-js/3.1169.0 ua/2.1 os/linux lang/js md/nodejs#24.0.0 api/sqs#3.1169.0',
    'amz-sdk-invocation-id: 00000000-0000-4000-8000-000000000000',
    'amz-sdk-request: attempt=1; max=3',
    'connection: keep-alive',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
