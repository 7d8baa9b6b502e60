// A sandbox in this process for one test file: a free port, keys of its own, SDK clients that talk to it.
import { randomBytes } from 'node:crypto';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';

export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly maxAttempts: number;
}

export interface TestSandbox {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly credentials: ClientSettings['credentials'];
  readonly sandbox: Sandbox;
  readonly logged: readonly string[];
  settings(changes?: Partial<ClientSettings>): ClientSettings;
  /** `client(SQSClient)`: a client of that class which talks to this sandbox; ended with it. */
  client<Client extends { destroy(): void }>(
    kind: new (settings: ClientSettings) => Client,
    changes?: Partial<ClientSettings>,
  ): Client;
  /** A request to /_sandbox/: with a body it is a POST. Gives the answer's JSON. */
  admin(path: string, body?: object, method?: string): Promise<unknown>;
  /** '30s', '5m', '2d'. */
  advance(duration: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startTestSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const credentials = options.credentials ?? {
    accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64'),
  };
  const account = options.account ?? '123456789012';
  const region = options.region ?? 'us-east-1';
  const logged: string[] = [];
  const sandbox = await startSandbox({
    credentials,
    account,
    region,
    port: 0,
    anyCredentials: false,
    log: (line) => logged.push(line),
    ...options,
  });
  const clients: { destroy(): void }[] = [];
  const { endpoint } = sandbox;
  const settings = (changes: Partial<ClientSettings> = {}): ClientSettings => ({
    endpoint,
    region,
    credentials,
    maxAttempts: 1,
    ...changes,
  });
  const admin: TestSandbox['admin'] = async (path, body, method = body ? 'POST' : 'GET') => {
    const response = await fetch(`${endpoint}/_sandbox/${path.replace(/^\/?(_sandbox\/)?/, '')}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as unknown;
  };
  return {
    endpoint,
    account,
    region,
    credentials,
    sandbox,
    logged,
    settings,
    admin,
    client(kind, changes) {
      const client = new kind(settings(changes));
      clients.push(client);
      return client;
    },
    async advance(duration) {
      await admin('clock', { advance: duration });
    },
    async stop() {
      for (const client of clients) client.destroy();
      await sandbox.close();
    },
  };
}
