import type { Credentials } from '../aws/clients.ts';
import type { TargetHelp } from '../aws/openTarget.ts';
import type { TargetChoice } from '../aws/targetChoice.ts';
import { isRealAccount } from '../aws/realAccount.ts';
import type { Target } from '../aws/target.ts';
import type { TargetView } from '../protocol/lab.ts';

import { Changes } from './changes.ts';
import { callLine, logged, type Log } from './log.ts';
import type { SandboxKeeper } from './sandboxKeeper.ts';
import { choiceLabel, parseChoice, writeChoice, type Choice } from './targetChoice.ts';

/** What the window remembers between its openings: the editor's workspace state fits. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: string | undefined): unknown;
}

/** Where credentials come from, and who is asked for what they lack. */
export interface TargetCredentials {
  /** Those that were pasted under this name. */
  read(name: string): Promise<Credentials>;
  readonly askMfa: NonNullable<TargetHelp['askMfa']>;
  readonly renew: NonNullable<TargetHelp['renew']>;
  /** Tells of changes of the files that profiles are read from. */
  watch(changed: () => void): { dispose(): void };
}

export interface TargetsOptions {
  readonly sandbox: SandboxKeeper;
  readonly memory: Memory;
  readonly log: Log;
  readonly credentials?: TargetCredentials;
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
  /** AWS has said so, whatever the credentials tell themselves. */
  #expired = false;
  #watching: { dispose(): void } | undefined;
  /** What an MFA code was given for: in memory only, and only until somebody signs in anew. */
  readonly #kept = new Map<string, Credentials>();

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

  /** When the credentials end; the beginning of time where AWS has said that they are over. */
  get expires(): Date | 'unknown' | undefined {
    return this.#expired ? new Date(0) : this.#target?.expires();
  }

  get view(): TargetView {
    const { choice } = this;
    const target = this.#target;
    const region = target?.region ?? choice.region;
    return {
      label: choiceLabel(choice),
      real: isRealAccount(
        target ?? { kind: choice.kind, endpoint: choice.kind === 'endpoint' ? choice.url : undefined },
      ),
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
    this.#remember(choice);
    this.reopen();
  }

  /** What is open goes on with credentials of this choice: the same account and region, so nothing moves. */
  adopt(choice: Choice): void {
    this.#remember(choice);
    this.#stopWatching();
    this.changes.fire();
  }

  /** Credentials are read anew at the next call, and an MFA code is asked for again. */
  refresh(): void {
    this.#kept.clear();
    this.#reread();
  }

  /** Whether the choice as it stands can be opened now without asking anybody: after a sign-in, or a change of files. */
  async canOpen(): Promise<boolean> {
    return this.#probe().then(
      () => true,
      () => false,
    );
  }

  /** Forgets the connection; the next use makes it anew, with fresh credentials or a restarted sandbox. */
  reopen(): void {
    this.#target?.dispose();
    this.#target = undefined;
    this.#opening = undefined;
    this.#expired = false;
    this.#stopWatching();
    this.moved.fire();
    this.changes.fire();
  }

  dispose(): void {
    this.#stopWatching();
    this.#target?.dispose();
  }

  #remember(choice: Choice): void {
    this.#choice = choice;
    this.#options.memory.update('target', writeChoice(choice));
    this.#options.memory.update('region', choice.region);
    this.#options.log.info(`target ${choiceLabel(choice)}${choice.region === undefined ? '' : ` in ${choice.region}`}`);
  }

  #stopWatching(): void {
    this.#watching?.dispose();
    this.#watching = undefined;
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
    const { askMfa, renew } = this.#options.credentials ?? {};
    const help = { kept: this.#kept, ...(askMfa && { askMfa }), ...(renew && { renew: this.#renewing(renew) }) };
    if (choice.kind !== 'sandbox') return openTarget(this.#outside(choice), realTime, undefined, help);
    const { endpoint, region, accessKeyId, secretAccessKey } = await this.#options.sandbox.connect();
    const credentials = { accessKeyId, secretAccessKey };
    return openTarget({ kind: 'sandbox', endpoint, credentials, region: choice.region ?? region }, realTime);
  }

  #renewing(renew: TargetCredentials['renew']): TargetCredentials['renew'] {
    return async (expired) => {
      this.#setExpired(true);
      const answer = await renew(expired);
      if (answer !== false) this.#setExpired(false);
      return answer;
    };
  }

  #setExpired(expired: boolean): void {
    this.#expired = expired;
    this.changes.fire();
  }

  /** By a call, so that what is shown of them is what they are. A failure will be told by whoever calls next. */
  #reread(): void {
    const target = this.#target;
    this.#expired = false;
    target?.refresh();
    target?.verify().catch((error: unknown) => this.#options.log.debug(logged(error)));
    this.changes.fire();
  }

  #outside(choice: Exclude<Choice, { kind: 'sandbox' }>): TargetChoice {
    if (choice.kind !== 'aws' || choice.pasted === undefined) return choice;
    const { pasted } = choice;
    return {
      ...choice,
      credentials: async () => {
        const { credentials } = this.#options;
        if (credentials === undefined) throw new Error('No credentials are kept here.');
        return credentials.read(pasted);
      },
    };
  }

  /** The same choice opened a second time, on the quiet. */
  async #probe(): Promise<Pick<Target, 'account' | 'region' | 'endpoint'>> {
    const { choice } = this;
    if (choice.kind === 'sandbox') throw new Error('The sandbox has no credentials of its own.');
    const { openTarget } = await import('../aws/openTarget.ts');
    const probe = await openTarget(this.#outside(choice), realTime, AbortSignal.timeout(20_000), { kept: this.#kept });
    const { account, region, endpoint } = probe;
    probe.dispose();
    return { account, region, endpoint };
  }

  /** New keys of the same place are taken up quietly. A file that is half written, or needs a person, changes nothing. */
  async #filesChanged(): Promise<void> {
    const target = this.#target;
    if (target === undefined) return;
    const now = await this.#probe().catch((error: unknown) => {
      this.#options.log.debug(`credentials files changed; not taken up: ${logged(error)}`);
    });
    if (now === undefined || target !== this.#target) return;
    this.#options.log.info('credentials files changed and were read anew');
    const same = now.account === target.account && now.region === target.region && now.endpoint === target.endpoint;
    if (!same) return this.reopen();
    this.#reread();
  }

  #opened(target: Target): Target {
    this.#target = target;
    const { choice } = this;
    if (choice.kind === 'aws' && choice.pasted === undefined)
      this.#watching ??= this.#options.credentials?.watch(() => void this.#filesChanged());
    let shown = String(target.expires());
    target.onCall((record) => {
      if (shown !== String(target.expires())) {
        shown = String(target.expires());
        this.changes.fire();
      }
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
