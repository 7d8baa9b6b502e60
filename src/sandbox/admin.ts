// The sandbox's own requests, under /_sandbox/: for tests, the command line and the editor. JSON in, JSON out.
// They need no signature; what keeps web pages away is the server's gate, and that a body must say it is JSON.
import type { CallLog } from './calls.ts';
import type { Clock } from './clock.ts';
import { parseDuration } from './duration.ts';
import { faultKinds, type FaultRule, type Faults } from './faults.ts';
import type { Hosting } from './hosting.ts';
import type { Mailbox } from './mailbox.ts';
import type { ResourceFact } from './service.ts';
import type { Connection, Outcome } from './wire/dispatch.ts';
import { header, type WireAnswer, type WireRequest } from './wire/exchange.ts';
import { openLease } from './lease.ts';

export interface AdminParts {
  readonly clock: Clock;
  readonly mailbox: Mailbox;
  readonly hosting: Hosting;
  readonly faults: Faults;
  readonly calls: CallLog;
  reset(): void;
  changed(): void;
  leases(count: number): void;
}

interface AdminRequest {
  /** What follows the route's own name in the path. */
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What is wrong with a request, for whoever made it. */
class Wrong extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type Route = (parts: AdminParts, request: AdminRequest) => unknown;

const routes: Readonly<Record<string, Route>> = {
  'GET health': ({ clock, hosting }) => ({
    ok: true,
    pid: process.pid,
    now: new Date(clock.now()).toISOString(),
    services: hosting.descriptions.map(({ name }) => name),
  }),
  'POST reset': ({ reset }) => {
    reset();
    return { ok: true };
  },
  'GET clock': ({ clock }) => timeFacts(clock),
  'POST clock': advance,
  'GET mailbox': ({ mailbox }) => ({ messages: mailbox.list() }),
  'DELETE mailbox': ({ mailbox }, { rest: [id = ''] }) => {
    if (!mailbox.remove(id)) throw new Wrong(404, `There is no mail ${id}.`);
    return { ok: true };
  },
  'POST mailbox': ({ mailbox }, { rest: [id = '', act] }) => {
    const mail = act === 'read' ? mailbox.read(id) : undefined;
    if (!mail) throw new Wrong(404, `There is no mail ${id}.`);
    return mail;
  },
  'GET state': state,
  'GET faults': ({ faults }) => ({ rules: faults.list() }),
  'POST faults': ({ faults }, { body }) => {
    faults.add(parseRules(body['rules']));
    return { rules: faults.list() };
  },
  'DELETE faults': ({ faults }) => {
    faults.clear();
    return { rules: [] };
  },
  'GET calls': ({ calls }, { query }) => ({ calls: calls.after(Number(query.get('after') ?? 0) || 0) }),
  'GET peek': peek,
  'POST peek': byHand,
};

export function createAdmin(parts: AdminParts): (request: WireRequest, connection: Connection) => Promise<Outcome> {
  let leases = 0;
  const count = (change: 1 | -1): void => parts.leases((leases += change));
  return async (request, connection) => {
    try {
      if (request.method === 'GET' && request.path === '/_sandbox/lease') return openLease(connection, count);
      return json(200, await answer(parts, request));
    } catch (thrown) {
      if (thrown instanceof Wrong) return json(thrown.status, { error: thrown.message });
      throw thrown;
    }
  };
}

async function answer(parts: AdminParts, request: WireRequest): Promise<unknown> {
  const [, , name = '', ...rest] = request.path.split('/');
  const route =
    routes[`${request.method} ${name}`] ??
    (parts.hosting.descriptions.some((one) => one.name === name) ? ownOf(request.method, name) : undefined);
  if (!route) {
    const known = Object.keys(routes).map((one) => one.replace(' ', ' /_sandbox/'));
    throw new Wrong(404, `There is no ${request.method} ${request.path}. There is: ${known.join(', ')}.`);
  }
  return route(parts, {
    rest: rest.map(decoded),
    query: new URLSearchParams(request.query),
    body: bodyOf(request),
  });
}

/** What a service does at requests of the sandbox's own: its local identity provider has switches, for one. */
const ownOf =
  (method: string, name: string): Route =>
  async ({ hosting }, { rest, body }) => {
    const service = (await hosting.load(name))?.service;
    const done: unknown = await service?.admin?.(method, rest, body);
    if (done === undefined) throw new Wrong(404, `There is no ${method} /_sandbox/${[name, ...rest].join('/')}.`);
    // What a service says is wrong with the request.
    if (typeof done === 'object' && done !== null && 'error' in done) throw new Wrong(400, String(done.error));
    return done;
  };

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Wrong(400, `${part} is not encoded as a part of a path.`);
  }
}

function bodyOf(request: WireRequest): Readonly<Record<string, unknown>> {
  if (request.body.length === 0) return {};
  // A web form cannot say this type, so no page can post here without asking first.
  if (!header(request, 'content-type')?.includes('json'))
    throw new Wrong(415, 'Send JSON, with content-type application/json.');
  try {
    const body: unknown = JSON.parse(request.body.toString('utf8'));
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new Wrong(400, 'The body is not a JSON object.');
}

const timeFacts = (clock: Clock): object => ({
  now: new Date(clock.now()).toISOString(),
  offset: Math.round(clock.offset()),
});

async function advance({ clock, changed }: AdminParts, { body }: AdminRequest): Promise<unknown> {
  const ms = parseDuration(body['advance']);
  if (ms === undefined)
    throw new Wrong(400, 'Say how far: { "advance": "30s" }. Units are ms, s, m, h, d, w; time never goes back.');
  await clock.advance(ms);
  changed();
  return timeFacts(clock);
}

async function state({ hosting }: AdminParts): Promise<unknown> {
  await hosting.loadSaved();
  const key = (fact: ResourceFact): string => `${fact.service}\0${fact.type}\0${fact.arn}`;
  const resources = hosting.services().flatMap((service) => service.resources());
  return { resources: resources.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)) };
}

async function peek({ hosting }: AdminParts, { rest: [name = ''], query }: AdminRequest): Promise<unknown> {
  const service = (await hosting.load(name))?.service;
  if (!service?.peek) throw new Wrong(404, `There is nothing to look into in ${name}.`);
  const found = await service.peek(query);
  if (found === undefined) throw new Wrong(404, 'There is no such resource.');
  return found;
}

async function byHand({ hosting }: AdminParts, { rest: [name = '', act = ''], body }: AdminRequest): Promise<unknown> {
  const service = (await hosting.load(name))?.service;
  const done = await service?.byHand?.(act, body);
  if (done === undefined) throw new Wrong(404, 'There is no such resource, or nothing like that can be done to it.');
  return done;
}

function parseRules(rules: unknown): FaultRule[] {
  if (!Array.isArray(rules))
    throw new Wrong(400, 'Say what is to happen: { "rules": [{ "operation": "sqs.*", "kind": "throttle" }] }.');
  return rules.map((rule: unknown) => {
    const { operation, kind } = (rule ?? {}) as { readonly operation?: unknown; readonly kind?: unknown };
    const known = faultKinds.find((one) => one === kind);
    if (typeof operation !== 'string')
      throw new Wrong(400, 'A rule names an operation: "sqs.SendMessage", "sqs.*" or "*".');
    if (!known) throw new Wrong(400, `A rule's kind is one of ${faultKinds.join(', ')}.`);
    return { ...numbersOf(rule as object), operation, kind: known };
  });
}

function numbersOf(rule: object): Pick<FaultRule, 'status' | 'code' | 'ms' | 'times' | 'skip'> {
  const given = rule as Readonly<Record<string, unknown>>;
  const numbers = ['status', 'ms', 'times', 'skip'].flatMap((name) =>
    typeof given[name] === 'number' ? [[name, given[name]]] : [],
  );
  return { ...Object.fromEntries(numbers), ...(typeof given['code'] === 'string' && { code: given['code'] }) };
}

const json = (status: number, value: unknown): WireAnswer => ({
  status,
  headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  body: `${JSON.stringify(value)}\n`,
});
