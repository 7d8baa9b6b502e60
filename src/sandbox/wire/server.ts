// HTTP/1.1 and HTTP/2 with prior knowledge on one loopback port. The first bytes of a connection tell which; the rest is Node's.
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer as createNet, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { isStreamed, type WireAnswer, type WireRequest } from './exchange.ts';
import { isFromAnyPage, isFromWebPage, isLoopbackHost } from './hosts.ts';
import type { Connection, Outcome } from './dispatch.ts';
import { createOutbox, keepExemplars } from './outbox.ts';

export type Serve = (request: WireRequest, connection: Connection) => Promise<Outcome>;

export interface ServerOptions {
  /** AWS's requests. */
  readonly serve: Serve;
  /** Requests under /_sandbox/. */
  readonly admin: Serve;
  /** Requests that web pages may make: of websites and APIs which the sandbox itself serves. */
  readonly isPublic?: (request: WireRequest) => boolean;
  /** 0: a free one. */
  readonly port: number;
  readonly log: (line: string) => void;
}

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

type In = IncomingMessage | Http2ServerRequest;
/** HTTP/2's compatible response has all that is used of this one. */
type Out = ServerResponse;

const preface = Buffer.from('PRI * HTTP/2.0');

/** A body read as a whole; objects come as streams. */
const longestBody = 128 * 1024 * 1024;

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const leave = createOutbox<Exchange>(
    ({ response, wire }, answer) => send(response, wire, answer),
    ({ request }, thrown) => fail(request, thrown, options.log),
  );
  const rim: Rim = { ...options, leave, keep: keepExemplars() };
  const listener = (request: In, response: Out | Http2ServerResponse): void =>
    void handle(rim, request, response as Out);
  const http = createHttp({ noDelay: true, keepAliveTimeout: 75_000, requestTimeout: 0 }, listener);
  const http2 = createHttp2({}, listener);
  http2.on('sessionError', () => undefined);
  const sockets = new Set<Socket>();
  const net = createNet({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    sniff(socket, (isHttp2) => (isHttp2 ? http2 : http).emit('connection', socket));
  });
  await new Promise<void>((done, failed) => {
    net.once('error', failed).listen(options.port, '127.0.0.1', () => done());
  });
  return {
    port: (net.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        net.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Waits until the first bytes tell the protocol, and puts them back. */
function sniff(socket: Socket, decide: (isHttp2: boolean) => void): void {
  let seen: Buffer = Buffer.alloc(0);
  const look = (chunk: Buffer): void => {
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const length = Math.min(seen.length, preface.length);
    const like = seen.subarray(0, length).equals(preface.subarray(0, length));
    if (like && seen.length < preface.length) return;
    socket.off('data', look).pause();
    socket.unshift(seen);
    decide(like);
    // An HTTP/2 session takes what was read already by itself.
    if (!like) socket.resume();
  };
  socket.on('data', look);
}

interface Rim extends ServerOptions {
  readonly leave: (exchange: Exchange, answer: WireAnswer) => void;
  readonly keep: (exchange: Exchange) => void;
}

/** One request on its way. */
interface Exchange {
  readonly request: In;
  readonly response: Out;
  readonly wire: WireRequest;
}

async function handle(options: Rim, request: In, response: Out): Promise<void> {
  try {
    const wire = wireRequest(request);
    const exchange = { request, response, wire };
    const refused = refusedByGate(wire, options.isPublic);
    if (refused) return options.leave(exchange, refused);
    if (!isStreamed(wire)) {
      const body = await collect(request);
      if (!body) return options.leave(exchange, plain(413, 'The request body is too long for the sandbox.'));
      wire.body = body;
    }
    options.keep(exchange);
    const serve = isAdmin(wire) ? options.admin : options.serve;
    const outcome = await serve(wire, { onGone: (gone) => response.on('close', gone) });
    if (outcome === 'drop') return void drop(request);
    options.leave(exchange, outcome);
  } catch (thrown) {
    fail(request, thrown, options.log);
  }
}

function fail(request: In, thrown: unknown, log: ServerOptions['log']): void {
  log(`A connection failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  drop(request);
}

function drop(request: In): void {
  if ('stream' in request) request.stream.session?.destroy();
  request.socket.destroy();
}

function wireRequest(request: In): WireRequest {
  const url = request.url ?? '/';
  const question = url.indexOf('?');
  const { headers } = request;
  const authority = headers[':authority'];
  return {
    method: request.method ?? 'GET',
    url,
    path: question < 0 ? url : url.slice(0, question),
    query: question < 0 ? '' : url.slice(question + 1),
    headers,
    host: headers.host ?? (typeof authority === 'string' ? authority : ''),
    body: empty,
    stream: request,
  };
}

const empty = Buffer.alloc(0);

const isAdmin = ({ path }: WireRequest): boolean => path.startsWith('/_sandbox');

function refusedByGate(request: WireRequest, isPublic: ServerOptions['isPublic']): WireAnswer | undefined {
  const { method, host, headers } = request;
  // HTTP/2 may name its host twice.
  const authority = headers[':authority']?.toString();
  const stranger = !isLoopbackHost(host) ? host : authority && !isLoopbackHost(authority) ? authority : undefined;
  if (stranger !== undefined) return plain(403, `The sandbox answers to loopback's names only, not to ${stranger}.`);
  const fromPage = isAdmin(request) ? isFromAnyPage(method, headers) : isFromWebPage(method, headers);
  if (fromPage && (isAdmin(request) || !isPublic?.(request)))
    return plain(403, 'The sandbox does not answer requests of web pages.');
  return undefined;
}

const plain = (status: number, text: string): WireAnswer => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: `${text}\n`,
});

/** Undefined: too long. */
function collect(request: In): Promise<Buffer | undefined> {
  return new Promise((done, failed) => {
    let first: Buffer | undefined;
    let more: Buffer[] | undefined;
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > longestBody) {
        request.removeAllListeners('data').resume();
        done(undefined);
      } else if (first) (more ??= [first]).push(chunk);
      else first = chunk;
    });
    request.on('end', () => done(more ? Buffer.concat(more) : (first ?? empty)));
    request.on('error', failed);
  });
}

function send(response: Out, request: WireRequest, answer: WireAnswer): void {
  if (response.destroyed || response.writableEnded) return;
  const { status, body } = answer;
  const headers = writable(answer.headers);
  if (body instanceof Readable) {
    response.writeHead(status, headers);
    body.on('error', () => response.destroy()).pipe(response);
    return;
  }
  const length = Buffer.byteLength(body);
  if (headers['Content-Length'] === undefined && status !== 204 && status !== 304) {
    headers['Content-Length'] = String(length);
  }
  response.writeHead(status, headers);
  if (request.method === 'HEAD' || body.length === 0) response.end();
  // Plain ASCII needs no encoding: head and body leave as they are, in one write.
  else response.end(body, length === body.length ? 'latin1' : 'utf8');
}

/** Behind a Content-Length Node refuses a Content-Disposition beyond ASCII, which it would write well enough. */
function writable(headers: WireAnswer['headers']): WireAnswer['headers'] {
  const disposition = headers['Content-Disposition'];
  return disposition === undefined ? headers : { 'Content-Disposition': disposition, ...headers };
}
