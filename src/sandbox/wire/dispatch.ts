// One request from its bytes to its answer: route, verify, fault, read, handle, write. Knows every protocol's order of things,
// and nothing of what a service does.
import type { CallLog } from '../calls.ts';
import { faultError, type FaultRule, type Faults } from '../faults.ts';
import type { Hosting } from '../hosting.ts';
import { AwsError, type Call, type Caller } from '../service.ts';
import type { Authority, createAuthenticator, Identity } from './authenticate.ts';
import { authenticateForm } from './authenticateForm.ts';
import { header, isStreamed, type WireAnswer, type WireRequest } from './exchange.ts';
import { missingParameters, notImplemented, refusal, unknownOperation, type Dialect } from './fault.ts';
import { answerFormPost, isFormPost, readFormPost, type FormPost } from './formPost.ts';
import { hasPage } from './hosts.ts';
import { createJsonProtocol } from './jsonProtocol.ts';
import { isComplete, missingMembers } from './missing.ts';
import { Malformed, WrongType } from './parseError.ts';
import { findPage } from './pages.ts';
import { createPermit } from './permit.ts';
import type { Protocol } from './protocol.ts';
import { createQueryProtocol } from './queryProtocol.ts';
import { createRouter, type Route } from './route.ts';
import { claimOf, type Claimed } from './sigv4.ts';

/** 'drop': the connection is to be broken without an answer. */
export type Outcome = WireAnswer | 'drop';

export interface DispatchOptions {
  readonly hosting: Hosting;
  readonly authority: Authority;
  readonly authenticate: ReturnType<typeof createAuthenticator>;
  readonly faults: Faults;
  readonly calls: CallLog;
  readonly id: () => string;
  readonly endpoint: () => string;
  readonly log: (line: string) => void;
}

/** Lets a handler learn that its client is gone, without making an AbortController for each request. */
export interface Connection {
  onGone(gone: () => void): void;
}

class OpenCall implements Call {
  readonly account: string;
  readonly region: string;
  readonly caller: Caller;
  readonly requestId: string;
  readonly endpoint: string;
  readonly #connection: Connection;
  readonly #open: Set<AbortController>;
  #controller: AbortController | undefined;

  constructor(
    identity: Identity,
    account: string,
    requestId: string,
    endpoint: string,
    connection: Connection,
    open: Set<AbortController>,
  ) {
    this.account = account;
    this.region = identity.region;
    this.caller = identity.caller;
    this.requestId = requestId;
    this.endpoint = endpoint;
    this.#connection = connection;
    this.#open = open;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      const controller = (this.#controller = new AbortController());
      this.#open.add(controller);
      this.#connection.onGone(() => controller.abort());
    }
    return this.#controller.signal;
  }

  end(): void {
    if (this.#controller) this.#open.delete(this.#controller);
  }
}

export interface Dispatcher {
  answer(request: WireRequest, connection: Connection): Promise<Outcome>;
  /** Ends every long poll. */
  abortAll(): void;
}

export function createDispatcher(options: DispatchOptions): Dispatcher {
  const { hosting, authority, faults, calls, id } = options;
  const route = createRouter(hosting);
  const permit = createPermit(hosting);
  const open = new Set<AbortController>();
  // For requests that mean no service of the sandbox.
  const strangers = strangerProtocols();

  const identify = (request: WireRequest, claimed: Claimed, { hosted, protocol, name }: Route): Identity => {
    const { anonymous, bucket = false } = hosted.description;
    const unsigned = anonymous === 'all' || (anonymous?.includes(name) ?? false);
    // The body of an object is read after the head was verified.
    const streaming = isStreamed(request);
    return options.authenticate(request, claimed, protocol.dialect, { anonymous: unsigned, s3: bucket, streaming });
  };

  // Answers at once where reader and handler do: most requests need no turn of the event loop.
  const perform = (
    request: WireRequest,
    found: Route,
    identity: Identity,
    requestId: string,
    connection: Connection,
  ): WireAnswer | Promise<WireAnswer> => {
    const { hosted, protocol, operation, name } = found;
    const { description, model, service } = hosted;
    if (!operation) throw unknownOperation(description, protocol.dialect, name);
    const handler = service?.handlers[found.handler ?? operation.name];
    if (!handler) throw notImplemented(description.name, operation.name);
    const run = (input: unknown): WireAnswer | Promise<WireAnswer> => {
      if (!description.lenient && !isComplete(operation.input, input)) {
        throw missingParameters(description, protocol.dialect, missingMembers(operation.input, input));
      }
      const account = identity.caller.account || authority.account;
      const call = new OpenCall(identity, account, requestId, options.endpoint(), connection, open);
      const handle = (): WireAnswer | Promise<WireAnswer> => {
        // The handler's input type is its operation's, which the reader has just made it.
        const output = handler(input as never, call);
        if (!(output instanceof Promise)) return protocol.write(model, operation, output, requestId);
        return output
          .then((value: unknown) => protocol.write(model, operation, value, requestId))
          .finally(() => call.end());
      };
      // Only roles and users are held to identity policies: the learner's requests go straight on.
      if (identity.caller.kind !== 'role' && !identity.caller.held) return handle();
      const permitted = permit(hosted, operation.name, input, call);
      return permitted instanceof Promise ? permitted.then(handle) : handle();
    };
    const input = protocol.read(operation, request);
    return input instanceof Promise ? input.then(run) : run(input);
  };

  return {
    abortAll() {
      for (const controller of open) controller.abort();
      open.clear();
    },
    async answer(request, connection) {
      const page = findPage(hosting, request);
      if (page) return page;
      const began = performance.now();
      const requestId = id();
      let found: Route | undefined;
      let identity: Identity | undefined;
      let form: FormPost | undefined;
      let outcome: Outcome;
      let error: string | undefined;
      try {
        if (isFormPost(request)) {
          found = await formRoute(hosting);
          if (!found) throw noService({ kind: 'none' }, request);
          form = readFormPost(request);
          await Promise.all(['sts', 'iam'].map((name) => hosting.load(name)));
          identity = authenticateForm(form, authority, authority.anyCredentials && !hasPage(request.headers));
        } else {
          const claimed = claimOf(request);
          const routed = route(request, claimed);
          found = routed instanceof Promise ? await routed : routed;
          if (!found) throw noService(claimed, request);
          const keeper = keeperOf(claimed, authority);
          if (keeper !== undefined && !hosting.ready(keeper)) await hosting.load(keeper);
          identity = identify(request, claimed, found);
        }
        const rules = faults.take(`${found.hosted.description.name}.${found.name}`);
        const broken = rules.length > 0 ? await suffer(rules, found.protocol.dialect) : undefined;
        if (broken === 'drop') outcome = 'drop';
        else {
          const performed = perform(form?.request ?? request, found, identity, requestId, connection);
          const answer = performed instanceof Promise ? await performed : performed;
          outcome = form ? answerFormPost(form, answer, options.endpoint()) : answer;
          if (broken === 'drop-after') outcome = 'drop';
        }
      } catch (thrown) {
        const protocol = found?.protocol ?? strangerProtocol(strangers, request);
        const refused = asAwsError(thrown, protocol.dialect, options.log);
        error = refused.code;
        outcome = protocol.refuse(found?.hosted.model, refused, requestId);
      }
      calls.add({
        time: authority.now(),
        operation: found ? `${found.hosted.description.name}.${found.name}` : '',
        account: identity?.caller.account ?? '',
        region: identity?.region ?? '',
        status: outcome === 'drop' ? 0 : outcome.status,
        ms: Math.round((performance.now() - began) * 100) / 100,
        requestId,
        error,
      });
      return outcome;
    },
  };
}

/** The one service with buckets takes forms, as uploads. */
async function formRoute(hosting: Hosting): Promise<Route | undefined> {
  const hosted = await hosting.load(hosting.descriptions.find(({ bucket }) => bucket)?.name ?? '');
  if (!hosted) return undefined;
  const operation = hosted.model.operations.get('PutObject');
  return { hosted, protocol: hosted.protocol, name: 'PostObject', operation, handler: 'PostObject' };
}

/** The service that knows this key: STS those of sessions, IAM those of users. */
function keeperOf(claimed: Claimed, { credentials }: Authority): 'sts' | 'iam' | undefined {
  if (claimed.kind !== 'claim' && claimed.kind !== 'old') return undefined;
  const { accessKeyId } = claimed.claim;
  if (accessKeyId === credentials.accessKeyId) return undefined;
  return accessKeyId.startsWith('ASIA') ? 'sts' : accessKeyId.startsWith('AKIA') ? 'iam' : undefined;
}

async function suffer(rules: readonly FaultRule[], dialect: Dialect): Promise<'drop' | 'drop-after' | undefined> {
  for (const { ms = 0, kind } of rules) {
    if (kind === 'latency') await new Promise((done) => setTimeout(done, ms));
  }
  const rule = rules.find(({ kind }) => kind !== 'latency');
  const refused = rule && faultError(rule, dialect);
  if (refused) throw refused;
  return rule?.kind === 'drop-before' ? 'drop' : rule?.kind === 'drop-after' ? 'drop-after' : undefined;
}

function asAwsError(thrown: unknown, dialect: Dialect, log: (line: string) => void): AwsError {
  if (thrown instanceof AwsError) return thrown;
  if (thrown instanceof Malformed) return refusal('malformed', dialect, dialect === 'json' ? thrown.message : '');
  if (thrown instanceof WrongType) return refusal('wrongType', dialect, dialect === 'restXml' ? '' : thrown.message);
  log(`The sandbox failed: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
  const message = 'The sandbox failed at this request; its log says how. The request can be repeated.';
  return new AwsError('InternalFailure', message, { status: 500, fault: 'server' });
}

function noService(claimed: Claimed, request: WireRequest): AwsError {
  const target = header(request, 'x-amz-target');
  if (claimed.kind !== 'claim') return refusal('unsigned', target ? 'json' : 'query');
  const message = `The sandbox has no service ${target?.split('.')[0] ?? claimed.claim.service}.`;
  return new AwsError('NotImplemented', message, { status: 501, fault: 'server' });
}

const strangerProtocols = (): { readonly json: Protocol; readonly query: Protocol } => {
  const description = { name: '', signing: [], version: '', schemas: async () => ({}) };
  return {
    json: createJsonProtocol({ ...description, protocol: 'json', jsonVersion: '1.1' }),
    query: createQueryProtocol({ ...description, protocol: 'query' }, () => ''),
  };
};

const strangerProtocol = (all: ReturnType<typeof strangerProtocols>, request: WireRequest): Protocol =>
  header(request, 'content-type')?.includes('json') ? all.json : all.query;
