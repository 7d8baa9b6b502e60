import { join } from 'node:path';
import type { SandboxConnection } from '../aws/sandboxProcess.ts';
import type { Notice } from '../protocol/message.ts';
import { Refusal, offer } from './explain.ts';
import { logged, type Log } from './log.ts';

export interface KeeperOptions {
  /** `dist/sandbox.js` of this extension. */
  readonly script: string;
  /** Where the sandbox keeps its state and its keys; every window of this user shares it. */
  dataDir(): string;
  readonly log: Log;
  /** It ended without being asked to, and runs again with its state; or it could not be started again. */
  lost(notice: Notice): void;
}

/**
 * Keeps one sandbox running for this window: starts it on first use or joins the one another window has started,
 * notices when it ends from outside, and starts it again with its state. Never starts anything by itself before.
 */
export class SandboxKeeper {
  readonly #options: KeeperOptions;
  #connecting: Promise<SandboxConnection> | undefined;
  #connection: SandboxConnection | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  get current(): SandboxConnection | undefined {
    return this.#connection;
  }

  connect(): Promise<SandboxConnection> {
    this.#connecting ??= this.#start().catch((error: unknown) => {
      this.#connecting = undefined;
      this.#options.log.error(logged(error));
      throw new Refusal({
        what: `The sandbox could not be started: ${error instanceof Error ? error.message : String(error)}`,
        advice: 'Start it again; if that does not help, the log says more.',
        offers: [offer('restartSandbox'), offer('showLog')],
      });
    });
    return this.#connecting;
  }

  /** Ends our hold on it and the process itself, then starts it with the state it kept. */
  async restart(): Promise<SandboxConnection> {
    const connection = this.#connection;
    this.#forget();
    if (connection) await endProcess(connection);
    return this.connect();
  }

  async post(path: string, body: object = {}): Promise<void> {
    const { endpoint } = await this.connect();
    const answer = await fetch(`${endpoint}/_sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}: ${await answer.text()}`);
  }

  dispose(): void {
    this.#forget();
  }

  async #start(): Promise<SandboxConnection> {
    const { connectSandbox } = await import('../aws/sandboxProcess.ts');
    const { script, dataDir, log } = this.#options;
    const began = performance.now();
    const connection = await connectSandbox({ script, dataDir: join(dataDir()), env: { ELECTRON_RUN_AS_NODE: '1' } });
    log.info(
      `sandbox at ${connection.endpoint}, process ${connection.pid}, after ${Math.round(performance.now() - began)} ms`,
    );
    this.#connection = connection;
    connection.onExit(() => void this.#ended(connection));
    return connection;
  }

  async #ended(connection: SandboxConnection): Promise<void> {
    if (connection !== this.#connection) return;
    this.#options.log.warn(`sandbox process ${connection.pid} ended from outside`);
    this.#forget();
    const notice = await this.connect().then(
      () => cameBack,
      () => stayedAway,
    );
    this.#options.lost(notice);
  }

  #forget(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#connecting = undefined;
    connection?.dispose();
  }
}

const cameBack: Notice = {
  severity: 'warning',
  what: 'The sandbox was ended from outside. It runs again, with its state.',
  advice: 'If a step was running, run it again; nothing is lost.',
  offers: [],
};

const stayedAway: Notice = {
  severity: 'error',
  what: 'The sandbox was ended from outside and could not be started again.',
  advice: 'Restart it; its state is kept.',
  offers: [offer('restartSandbox'), offer('showLog')],
};

/** Asks it to save and end, and waits for that; another window's keeper will join the new one. */
async function endProcess({ pid, endpoint }: SandboxConnection): Promise<void> {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    return;
  }
  for (let tries = 0; tries < 50; tries++) {
    const alive = await fetch(`${endpoint}/_sandbox/health`).then(
      () => true,
      () => false,
    );
    if (!alive) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
