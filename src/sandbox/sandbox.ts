// One sandbox in this process: the parts put together. In: options. Out: a running HTTP server, and what ends and saves it.
// It touches no file and no environment by itself; main.ts gives it keys and a place to save to.
import { randomFillSync, randomUUID } from 'node:crypto';
import { createAdmin } from './admin.ts';
import { createCallLog } from './calls.ts';
import { createClock, type Clock } from './clock.ts';
import { createFaults } from './faults.ts';
import { createHosting, portOf, type Hosting } from './hosting.ts';
import { createMailbox, type Mail, type Mailbox } from './mailbox.ts';
import type { IamPort, StsPort } from './ports.ts';
import type { World } from './service.ts';
import { services } from './services.ts';
import { createAuthenticator, type Authority, type Credentials } from './wire/authenticate.ts';
import type { ServiceDescription } from './wire/description.ts';
import { createDispatcher } from './wire/dispatch.ts';
import { startServer } from './wire/server.ts';
import { createWeb } from './wire/web.ts';

export interface SandboxOptions {
  readonly credentials: Credentials;
  readonly account: string;
  readonly region: string;
  readonly port: number;
  readonly anyCredentials: boolean;
  /** For what services keep beside the snapshot; undefined: nothing is kept. */
  readonly dataDir?: string | undefined;
  /** Services in place of the sandbox's own table. */
  readonly services?: readonly ServiceDescription[];
  /** What an earlier sandbox saved. */
  readonly saved?: SavedState;
  readonly changed?: () => void;
  readonly log?: (line: string) => void;
  /** Told how many leases are open, whenever that changes. */
  readonly leases?: (count: number) => void;
}

export interface SavedState {
  readonly offset: number;
  readonly mails: readonly Mail[];
  readonly services: Readonly<Record<string, unknown>>;
}

export interface Sandbox {
  readonly endpoint: string;
  readonly port: number;
  readonly clock: Clock;
  readonly mailbox: Mailbox;
  readonly hosting: Hosting;
  reset(): void;
  save(): SavedState;
  close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { changed = () => undefined, log = () => undefined, saved } = options;
  const clock = createClock(saved?.offset);
  const mailbox = createMailbox(clock.now, randomUUID, changed);
  mailbox.restore(saved?.mails ?? []);
  let endpoint = '';
  const world: World = {
    clock,
    mailbox,
    defaultAccount: options.account,
    dataDir: options.dataDir,
    id: () => randomUUID(),
    token: createTokens(),
    port: (name) => portOf(hosting, name),
    changed,
    endpoint: () => endpoint,
    log,
  };
  const hosting = createHosting(options.services ?? services, () => world);
  hosting.restore(saved?.services ?? {});

  const faults = createFaults();
  const calls = createCallLog();
  const authority = authorityOf(options, clock, hosting);
  const authenticate = createAuthenticator(authority);
  const id = world.id;
  const dispatcher = createDispatcher({
    hosting,
    authority,
    authenticate,
    faults,
    calls,
    id,
    endpoint: () => endpoint,
    log,
  });
  const reset = (): void => {
    dispatcher.abortAll();
    clock.clear();
    hosting.reset();
    mailbox.clear();
    faults.clear();
    changed();
  };
  const admin = createAdmin({
    clock,
    mailbox,
    hosting,
    faults,
    calls,
    reset,
    changed,
    leases: options.leases ?? (() => undefined),
  });
  const web = createWeb(hosting, dispatcher.answer, id);
  const { serve, isPublic } = web;
  const server = await startServer({ serve, isPublic, admin, port: options.port, log });
  endpoint = `http://127.0.0.1:${server.port}`;
  // What was due while nobody ran is due now.
  setImmediate(() => void hosting.loadSaved());

  return {
    endpoint,
    port: server.port,
    clock,
    mailbox,
    hosting,
    reset,
    save: () => ({ offset: clock.offset(), mails: mailbox.list(), services: hosting.snapshot() }),
    close: () => {
      dispatcher.abortAll();
      clock.clear();
      return server.close();
    },
  };
}

function authorityOf(options: SandboxOptions, clock: Clock, hosting: Hosting): Authority {
  const { credentials, account, region, anyCredentials } = options;
  return {
    credentials,
    account,
    region,
    anyCredentials,
    now: clock.now,
    wall: Date.now,
    session(accessKeyId) {
      if (!accessKeyId.startsWith('ASIA')) return undefined;
      // Ports are taken on trust at one place (hosting.ts); here only because this answer cannot wait.
      const port = hosting.ready('sts')?.service?.port as StsPort | undefined;
      return port?.session(accessKeyId);
    },
    accessKey: (accessKeyId) => (hosting.ready('iam')?.service?.port as IamPort | undefined)?.accessKey(accessKeyId),
  };
}

/** Random text out of a pool that is filled now and then: asking the system for each is slow. */
function createTokens(): (bytes: number) => string {
  const pool = Buffer.alloc(16_384);
  let used = pool.length;
  return (bytes) => {
    if (used + bytes > pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += bytes;
    return pool.toString('base64url', used - bytes, used);
  };
}
