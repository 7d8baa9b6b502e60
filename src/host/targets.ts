import type { Target } from '../aws/target.ts';
import type { TargetView } from '../protocol/lab.ts';

import { Changes } from './changes.ts';
import { callLine, type Log } from './log.ts';
import type { SandboxKeeper } from './sandboxKeeper.ts';
import { choiceLabel, parseChoice, writeChoice, type Choice } from './targetChoice.ts';

/** What the window remembers between its openings: the editor's workspace state fits. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: string | undefined): unknown;
}

export interface TargetsOptions {
  readonly sandbox: SandboxKeeper;
  readonly memory: Memory;
  readonly log: Log;
  defaults(): {
    readonly target: string;
    readonly region: string | undefined;
    readonly logCalls: 'all' | 'failed' | 'none';
  };
}

/** Where this window's calls go: one choice, opened on first use, the same for tree, panel and mailbox. */
export class Targets {
  /** Anything that is shown of it. */
  readonly changes = new Changes();
  /** What was open is so no longer: sessions have to be taken up anew. */
  readonly moved = new Changes();
  readonly #options: TargetsOptions;
  #choice: Choice | undefined;
  #opening: Promise<Target> | undefined;
  #target: Target | undefined;

  constructor(options: TargetsOptions) {
    this.#options = options;
  }

  get choice(): Choice {
    this.#choice ??= this.#remembered();
    return this.#choice;
  }

  /** The open target, if one is. */
  get current(): Target | undefined {
    return this.#target;
  }

  get view(): TargetView {
    const { choice } = this;
    const target = this.#target;
    const region = target?.region ?? choice.region;
    return {
      label: target?.label ?? choiceLabel(choice),
      real: choice.kind === 'aws' && target?.endpoint === undefined,
      sandbox: choice.kind === 'sandbox',
      ...(target && { account: target.account }),
      ...(region === undefined ? {} : { region }),
    };
  }

  open(): Promise<Target> {
    this.#opening ??= this.#open().then(
      (target) => this.#opened(target),
      (error: unknown) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }

  switchTo(choice: Choice): void {
    this.#choice = choice;
    this.#options.memory.update('target', writeChoice(choice));
    this.#options.memory.update('region', choice.region);
    this.#options.log.info(`target ${choiceLabel(choice)}${choice.region === undefined ? '' : ` in ${choice.region}`}`);
    this.reopen();
  }

  /** Forgets the connection; the next use makes it anew, with fresh credentials or a restarted sandbox. */
  reopen(): void {
    this.#target?.dispose();
    this.#target = undefined;
    this.#opening = undefined;
    this.moved.fire();
    this.changes.fire();
  }

  dispose(): void {
    this.#target?.dispose();
  }

  #remembered(): Choice {
    const { target, region } = this.#options.defaults();
    const kept = this.#options.memory.get('target');
    const keptRegion = this.#options.memory.get('region');
    return typeof kept === 'string'
      ? parseChoice(kept, typeof keptRegion === 'string' ? keptRegion : region)
      : parseChoice(target, region);
  }

  async #open(): Promise<Target> {
    const { openTarget } = await import('../aws/openTarget.ts');
    const { choice } = this;
    if (choice.kind !== 'sandbox') return openTarget(choice, realTime);
    const { endpoint, region, accessKeyId, secretAccessKey } = await this.#options.sandbox.connect();
    const credentials = { accessKeyId, secretAccessKey };
    return openTarget({ kind: 'sandbox', endpoint, credentials, region: choice.region ?? region }, realTime);
  }

  #opened(target: Target): Target {
    this.#target = target;
    target.onCall((record) => {
      const { logCalls } = this.#options.defaults();
      if (logCalls === 'none' || (logCalls === 'failed' && record.error === undefined)) return;
      this.#options.log[record.error === undefined ? 'info' : 'warn'](callLine(record));
    });
    this.changes.fire();
    return target;
  }
}

export const realTime = {
  now: (): number => Date.now(),
  sleep: (ms: number, signal?: AbortSignal): Promise<void> =>
    import('node:timers/promises').then(({ setTimeout }) => setTimeout(ms, undefined, signal ? { signal } : {})),
};
