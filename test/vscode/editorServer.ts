// One running server of the browser edition of VS Code, on a port of its own, over a profile of its own.
// It ends with stop(), and with this process however that ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { CodeServer } from './codeServer.ts';
import type { Profile } from './profile.ts';

export interface EditorServer {
  readonly origin: string;
  /** The address that opens a folder, perhaps with a file shown. */
  address(folder: string, file?: string): string;
  /** On a testable server: the address that runs the tests of an extension under development. */
  testAddress(folder: string, tests: ExtensionTests): string;
  log(): string;
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

export interface ExtensionTests {
  readonly extension: string;
  readonly main: string;
}

export interface ServerOptions {
  readonly codeServer: CodeServer;
  readonly profile: Profile;
  /** 0 or absent: a free one. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether addresses may load an extension under development and run its tests. */
  readonly testable?: boolean;
  /** Whether workspaces have to be trusted; without, each is. */
  readonly trust?: boolean;
  /** Ends the server by itself some minutes after the last window closed: a guard for runs that are killed hard. */
  readonly endWhenUnused?: boolean;
}

const startLimit = 60_000;

export async function startEditorServer(options: ServerOptions): Promise<EditorServer> {
  const child = spawnServer(options);
  const killNow = () => killGroup(child, 'SIGKILL');
  // Before other exit handlers, which remove what it writes to.
  process.prependOnceListener('exit', killNow);
  const ended = new Promise<number | null>((done) => child.once('close', done));
  void ended.then(() => process.off('exit', killNow));
  const lines: string[] = [];
  collect(child, lines);
  try {
    const origin = await announced(lines, ended).catch((error: unknown) => {
      throw lines.join('').includes('EADDRINUSE') ? portInUse(options.port) : error;
    });
    return {
      origin,
      address: (folder, file) => addressOf(origin, folder, file ? [['openFile', remoteUri(origin, file)]] : []),
      testAddress: (folder, { extension, main }) =>
        addressOf(origin, folder, [
          ['extensionDevelopmentPath', remoteUri(origin, extension)],
          ['extensionTestsPath', remoteUri(origin, main)],
        ]),
      log: () => lines.join(''),
      ended,
      stop: () => stop(child, ended),
    };
  } catch (error) {
    await stop(child, ended);
    throw error;
  }
}

function spawnServer({ codeServer, profile, port, env, testable, trust, endWhenUnused }: ServerOptions): ChildProcess {
  const args = [
    codeServer.serverMain,
    '--without-connection-token',
    '--accept-server-license-terms',
    ...(trust ? [] : ['--disable-workspace-trust']),
    // Without this no address may name tests to run; with it the editor shows no notifications, so that it is for those only.
    ...(testable ? ['--enable-smoke-test-driver'] : []),
    ...(endWhenUnused ? ['--enable-remote-auto-shutdown'] : []),
  ];
  const values = {
    '--host': '127.0.0.1',
    '--port': String(port ?? 0),
    '--telemetry-level': 'off',
    '--user-data-dir': profile.userData,
    '--server-data-dir': profile.serverData,
    '--extensions-dir': profile.extensions,
  };
  return spawn(codeServer.node, [...args, ...Object.entries(values).flat()], {
    // A group of its own, so that its extension hosts end with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutEditor(process.env), ...env },
  });
}

/** Started from a terminal of VS Code, the variables of that editor would reach this one. */
function withoutEditor(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const theirs = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !theirs.test(name)));
}

function collect(child: ChildProcess, lines: string[]): void {
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => lines.push(text));
  }
  child.once('error', (error) => lines.push(error.message));
}

async function announced(lines: readonly string[], ended: Promise<number | null>): Promise<string> {
  const over = new AbortController();
  void ended.then(() => over.abort());
  const limit = Date.now() + startLimit;
  while (!over.signal.aborted && Date.now() < limit) {
    const [, port] = /listening on (\d+)/.exec(lines.join('')) ?? [];
    if (port) return `http://127.0.0.1:${port}`;
    await delay(50);
  }
  const reason = over.signal.aborted ? 'ended at once' : `did not answer within ${startLimit / 1000} s`;
  throw new Error(`The browser edition of VS Code ${reason}:\n${lines.join('')}`);
}

const portInUse = (port: number | undefined): Error =>
  new Error(`Port ${port} is in use: name another, or none for a free one.`);

const remoteUri = (origin: string, path: string): string => `vscode-remote://${new URL(origin).host}${path}`;

function addressOf(origin: string, folder: string, payload: readonly (readonly string[])[]): string {
  const address = `${origin}/?folder=${encodeURIComponent(folder)}`;
  return payload.length === 0 ? address : `${address}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

async function stop(child: ChildProcess, ended: Promise<number | null>): Promise<void> {
  killGroup(child, 'SIGTERM');
  const gone = await Promise.race([ended.then(() => true), delay(5_000, false, { ref: false })]);
  // Extension hosts may outlive the server for a moment.
  killGroup(child, 'SIGKILL');
  if (!gone) await ended;
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone.
  }
}
