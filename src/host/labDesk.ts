import * as vscode from 'vscode';
import type { OpenOptions } from '../lab/runOptions.ts';
import type { SessionSummary } from '../lab/session.ts';
import type { Notice, OfferId } from '../protocol/message.ts';
import { Refusal, explain, offer } from './explain.ts';
import type { LabCatalog, LabEntry } from './labCatalog.ts';
import { LabSession } from './labSession.ts';
import type { LabDesk } from './labRequests.ts';
import type { LabState } from './labRows.ts';
import type { LabViewSource } from './labView.ts';
import { askForFile, askToConfirm, askWhetherSure } from './dialogs.ts';
import { logged, type Log } from './log.ts';
import { takeOffer } from './showNotice.ts';
import { realTime, type Targets } from './targets.ts';
import { webAddress } from './webAddress.ts';

export interface DeskOptions {
  readonly catalog: LabCatalog;
  readonly targets: Targets;
  readonly log: Log;
  readonly dataDir: () => string;
  /** One lab's session changed, or all. */
  changed(lab?: string): void;
}

/** How often an open session looks whether another window asks for it. */
const askedEvery = 500;

/** Holds a session for each lab that was opened in this window, and does what panel, tree and commands ask of it. */
export class Desk implements LabDesk {
  readonly #options: DeskOptions;
  readonly #sessions = new Map<string, LabSession>();
  readonly #readOnce = new Set<string>();
  /** Paths of files that the learner has chosen, by lab and input. */
  readonly #chosen = new Map<string, Readonly<Record<string, string>>>();
  #unfinished: readonly SessionSummary[] = [];

  constructor(options: DeskOptions) {
    this.#options = options;
    options.targets.moved.on(() => void this.#targetMoved());
    options.targets.changes.on(() => options.changed());
    options.catalog.listed.on(() => {
      this.#readAgain();
      this.readUnfinished().catch((error: unknown) => options.log.warn(logged(error)));
    });
  }

  session(lab: string): LabSession {
    const open = this.#sessions.get(lab);
    if (open) return open;
    const session = this.#makeSession(lab);
    this.#sessions.set(lab, session);
    let begun = false;
    session.changes.on(() => {
      const was = begun;
      begun = session.run !== undefined && !session.run.closed;
      this.#followUnfinished(session, was && !begun);
      this.#options.changed(lab);
    });
    return session;
  }

  /** What the tree shows of a lab; reads no disk and connects to nothing. */
  state(entry: LabEntry): LabState {
    const session = this.#sessions.get(entry.id);
    const run = session?.run;
    const unfinished = run ? undefined : this.#unfinished.find((each) => this.#isOurs(each, entry));
    return { entry, run, unfinished, busy: session?.busy !== undefined, trusted: trusted(entry) };
  }

  source(lab: string): LabViewSource {
    const entry = this.#options.catalog.get(lab);
    const session = this.session(lab);
    return {
      title: entry?.title ?? lab,
      lab: entry?.lab,
      problems: entry?.problems ?? [],
      loading: !this.#readOnce.has(lab),
      fromWorkspace: entry?.origin === 'workspace',
      trusted: entry === undefined || trusted(entry),
      target: this.#options.targets.view,
      run: session.run,
      busy: session.busy,
      notice: session.notice,
      listedAt: session.listedAt,
      planShown: session.planShown,
      buildsOn: this.#sessionOf(entry?.lab?.buildsOn),
      chosen: this.#chosen.get(lab),
    };
  }

  /** Of a lab of this product: open here, or left by an earlier window. */
  #sessionOf(lab: string | undefined): LabViewSource['buildsOn'] {
    const entry = lab === undefined ? undefined : this.#options.catalog.get(lab);
    if (entry === undefined) return undefined;
    const run = this.#sessions.get(entry.id)?.run;
    if (run && !run.closed) return run;
    return this.#unfinished.find((each) => each.resources > 0 && this.#isOurs(each, entry));
  }

  async opened(lab: string): Promise<void> {
    await this.readThoroughly(lab);
    await this.readUnfinished();
    const entry = this.#options.catalog.get(lab);
    const session = this.session(lab);
    const begun = entry && this.#unfinished.some((each) => this.#isOurs(each, entry));
    if (begun && session.run === undefined && session.busy === undefined) await session.resume();
  }

  async readThoroughly(lab: string): Promise<LabEntry | undefined> {
    try {
      return await this.#options.catalog.readThoroughly(lab);
    } finally {
      this.#readOnce.add(lab);
      this.#options.changed(lab);
    }
  }

  /** Looks which sessions earlier windows left unfinished. */
  async readUnfinished(): Promise<void> {
    const { listSessions } = await import('../lab/session.ts');
    this.#unfinished = listSessions(this.#options.dataDir()).filter(({ closed }) => !closed);
    this.#options.changed();
  }

  /** What is open here is no earlier window's any more; what was let go may be unfinished again. */
  #followUnfinished({ run }: LabSession, letGo: boolean): void {
    if (run) this.#unfinished = this.#unfinished.filter(({ id }) => id !== run.sessionId);
    if (letGo) this.readUnfinished().catch((error: unknown) => this.#options.log.warn(logged(error)));
  }

  /** Nothing of what sessions made in the sandbox is there any more: those open here start afresh, others end. */
  async sandboxEmptied(): Promise<void> {
    const { targets, dataDir, log } = this.#options;
    if (targets.choice.kind !== 'sandbox') return;
    const target = await targets.open();
    await Promise.all([...this.#sessions.values()].map((session) => session.startAfresh()));
    const { cleanSession } = await import('../lab/cleanSession.ts');
    const context = { dataDir: dataDir(), target, clock: realTime, signal: AbortSignal.timeout(10_000) };
    for (const { id, target: at } of this.#unfinished.filter((each) => each.target.kind === 'sandbox')) {
      await cleanSession({ ...context, sessionId: id, agree: async () => true }).catch((error: unknown) =>
        log.info(`session ${id} in ${at.region} stays as it is: ${logged(error)}`),
      );
    }
    await this.readUnfinished();
    targets.changes.fire();
  }

  async chooseFile(lab: string, input: string): Promise<void> {
    const asked = this.#options.catalog
      .get(lab)
      ?.lab?.inputs.find(({ name, type }) => name === input && type === 'file');
    if (!asked) return;
    const path = await askForFile(asked.label);
    if (path !== undefined) this.#choose(lab, { ...this.#chosen.get(lab), [input]: path });
  }

  leaveFileOut(lab: string, input: string): void {
    this.#choose(lab, { ...this.#chosen.get(lab), [input]: '' });
  }

  #choose(lab: string, chosen: Readonly<Record<string, string>>): void {
    this.#chosen.set(lab, chosen);
    this.#options.changed(lab);
  }

  async openAddress(address: string): Promise<void> {
    const checked = webAddress(address);
    if (checked === undefined) throw new Refusal({ what: 'This link is not a web address, so it was not opened.' });
    await vscode.env.openExternal(vscode.Uri.parse(checked, true));
  }

  async openFile(lab: string, name: string): Promise<void> {
    const { readLabFile } = await import('../lab/labFiles.ts');
    const content = await readLabFile(this.#options.catalog.get(lab)?.lab?.folder, name);
    if (typeof content !== 'string') throw new Refusal({ what: `The file ${name} is no text, so it cannot be shown.` });
    const language = name.endsWith('.xml') ? { language: 'xml' } : {};
    const { showNewText } = await import('./newText.ts');
    await showNewText(content, { ...language, viewColumn: vscode.ViewColumn.Beside });
  }

  async openText(lab: string, problem?: number): Promise<void> {
    const entry = this.#options.catalog.get(lab);
    if (entry === undefined) return;
    const range = problem === undefined ? undefined : entry.problems[problem]?.range;
    const selection =
      range && new vscode.Range(range.start.line - 1, range.start.column - 1, range.end.line - 1, range.end.column - 1);
    await vscode.window.showTextDocument(vscode.Uri.file(entry.file), {
      viewColumn: vscode.ViewColumn.Beside,
      ...(selection && { selection }),
    });
  }

  async copy(text: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
  }

  offer(lab: string, id: OfferId): unknown {
    if (id === 'continueHere') return this.session(lab).resume();
    return id === 'openSource' ? this.openText(lab, 0) : takeOffer(id);
  }

  explain(error: unknown): Notice {
    this.#options.log.error(logged(error));
    return explain(error, this.#options.targets.choice.kind === 'sandbox');
  }

  /** Said in every open lab. */
  tell(notice: Notice): void {
    for (const session of this.#sessions.values()) session.tell(notice);
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.dispose();
  }

  #isOurs({ lab, target }: SessionSummary, entry: LabEntry): boolean {
    const { current, choice } = this.#options.targets;
    if (lab !== entry.labId || target.kind !== choice.kind) return false;
    return current === undefined || (target.account === current.account && target.region === current.region);
  }

  /** A lab that is open here follows its file. */
  #readAgain(): void {
    for (const lab of this.#sessions.keys()) {
      if (this.#options.catalog.get(lab)?.thorough !== true) void this.readThoroughly(lab);
    }
  }

  async #targetMoved(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.targetMoved()));
    this.#options.changed();
  }

  #makeSession(lab: string): LabSession {
    const { catalog, targets, dataDir } = this.#options;
    return new LabSession({
      entry: async () => {
        const entry = await this.readThoroughly(lab);
        if (entry === undefined)
          throw new Refusal({ what: 'This lab is no longer there.', offers: [offer('showLog')] });
        return entry;
      },
      trusted: () => {
        const entry = catalog.get(lab);
        return entry !== undefined && trusted(entry);
      },
      openTarget: () => targets.open(),
      isReal: () => targets.view.real,
      openRun: async (options: OpenOptions) => (await import('../lab/handOver.ts')).openOrAskFor(options),
      whenAskedFor: (session, asked) => {
        const timer = setInterval(() => {
          const id = session();
          if (id === undefined) return;
          void import('../lab/handOver.ts').then(({ isAskedFor }) => isAskedFor(dataDir(), id) && asked());
        }, askedEvery);
        return () => clearInterval(timer);
      },
      findUnfinished: async (entry, target) => {
        const { unfinishedSession } = await import('../lab/session.ts');
        return unfinishedSession(dataDir(), entry.labId, target.facts)?.id;
      },
      settings: () => ({ dataDir: dataDir(), clock: realTime, id: freshId }),
      confirm: askToConfirm,
      sure: askWhetherSure,
      explain: (error) => this.explain(error),
    });
  }
}

/** What a workspace wrote is run only where the user trusts it. */
function trusted({ origin }: LabEntry): boolean {
  return origin === 'bundled' || vscode.workspace.isTrusted;
}

function freshId(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 12);
}
