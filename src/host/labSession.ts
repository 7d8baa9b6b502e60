import type { Target } from '../aws/target.ts';
import type { LabRunContract } from '../lab/labRun.ts';
import type { ActOptions, OpenOptions, StepResult } from '../lab/runOptions.ts';
import type { EmptyResult, RunSnapshot, TeardownItem } from '../lab/snapshot.ts';
import type { BusyView } from '../protocol/lab.ts';
import type { Notice } from '../protocol/message.ts';
import { Changes } from './changes.ts';
import { Refusal, isAbort, offer } from './explain.ts';
import type { SessionRim } from './sessionRim.ts';

/** Whether the step itself shows why it did not go well: its failed action or check. */
function standsAtStep({ steps }: RunSnapshot, kind: StepAct, step: string): boolean {
  if (kind === 'runStep' || kind === 'runTo') return true;
  const found = steps.find(({ id }) => id === step);
  return kind === 'checkStep' && (found?.checks.some(({ ok }) => ok === false) ?? false);
}

function lost({ contents }: Pick<TeardownItem, 'contents'>): string {
  const one = contents.length === 1 && contents[0]?.count === 1;
  return `${contents.map(({ what, count }) => `${count} ${what}`).join(', ')} ${one ? 'is' : 'are'} deleted`;
}

type StepAct = 'runStep' | 'runTo' | 'checkStep' | 'undoStep';

const doing: Readonly<Record<StepAct, string>> = {
  runStep: 'Running the step',
  runTo: 'Running up to here',
  checkStep: 'Checking',
  undoStep: 'Undoing the step',
};

/**
 * One lab in this window: its run on the current target, if any, and what is being done with it. The panel, the tree and
 * the commands all act on it and draw from it. At most one act at a time; each can be stopped.
 */
export class LabSession {
  readonly changes = new Changes();
  readonly #rim: SessionRim;
  #run: LabRunContract | undefined;
  #busy: BusyView | undefined;
  #abort = new AbortController();
  #notice: Notice | undefined;
  #planShown = false;
  #listedAt: string | undefined;
  /** The target went away while something was going on. */
  #moved = false;
  #deafen: () => void = () => undefined;

  constructor(rim: SessionRim) {
    this.#rim = rim;
  }

  get run() {
    return this.#run?.snapshot();
  }
  get busy(): BusyView | undefined {
    return this.#busy;
  }
  get notice(): Notice | undefined {
    return this.#notice;
  }
  get planShown(): boolean {
    return this.#planShown;
  }
  get listedAt(): string | undefined {
    return this.#listedAt;
  }

  start(inputs: Readonly<Record<string, string>>): Promise<void> {
    return this.#act({ what: 'Starting' }, async () => {
      await this.#open(await this.#rim.openTarget(), { inputs });
    });
  }

  /** Takes up an unfinished session of an earlier window, if there is one. Makes none. */
  resume(): Promise<void> {
    return this.#act({ what: 'Looking for an unfinished session' }, () => this.#resume());
  }

  step(kind: StepAct, step: string): Promise<void> {
    return this.#act({ what: doing[kind], step }, async (options) => {
      const run = await this.#need();
      if (kind === 'undoStep' && !(await this.#allowed('Undo this step? What it made is removed.', 'Undo'))) return;
      const result = await run[kind](step, options);
      if (!result.ok && !standsAtStep(run.snapshot(), kind, step)) this.#tellResult(result);
    });
  }

  runAll(): Promise<void> {
    return this.#act({ what: 'Running all steps' }, async (options): Promise<StepResult> =>
      (await this.#need()).runAll(options),
    );
  }

  cancel(): void {
    if (this.#busy === undefined) return;
    this.#busy = { ...this.#busy, stopping: true };
    this.#abort.abort();
    this.changes.fire();
  }

  answer(question: string, value: string): void {
    if (value === 'done' || value === 'sandbox' || value === 'give-up') this.#run?.answer(question, value);
  }

  /** Asks first, unless who calls has agreed: which counts only where nobody can be billed. */
  async reset(agreed = false): Promise<void> {
    if (this.#run === undefined || this.#run.snapshot().closed) return this.#detach();
    const count = this.#run.snapshot().resources.filter(({ state }) => state !== 'removed').length;
    const what =
      count === 0
        ? 'The steps are forgotten.'
        : `${count === 1 ? '1 resource' : `${count} resources`} that it made will be removed.`;
    const sure = agreed && !this.#rim.isReal();
    if (!sure && !(await this.#rim.sure(`Reset this lab and start afresh? ${what}`, 'Reset'))) return;
    await this.#act({ what: 'Resetting' }, async ({ signal }) => {
      await this.#run?.reset(signal ? { signal } : {});
      this.#planShown = false;
    });
  }

  /** What it made is gone: it begins anew, with the same inputs. */
  async startAfresh(): Promise<void> {
    if (this.#run === undefined || this.#run.snapshot().closed || this.#busy) return;
    await this.#act({ what: 'Starting afresh' }, async ({ signal }) => {
      await this.#run?.reset(signal ? { signal } : {});
      this.#planShown = false;
    });
  }

  planTeardown(): Promise<void> {
    return this.#act({ what: 'Looking at what there is to remove' }, async ({ signal }) => {
      await (await this.#need()).planTeardown(signal);
      this.#planShown = true;
    });
  }

  /** Empties a resource of the plan and keeps it. */
  empty(resource: string, confirmation: string): Promise<void> {
    return this.#act({ what: 'Emptying' }, async ({ signal }) => {
      const run = await this.#need();
      this.#holdToTyped(run, confirmation, 'Nothing was emptied.');
      const item = run
        .snapshot()
        .teardown?.waves.flat()
        .find(({ id }) => id === resource);
      if (item === undefined) return;
      const question = `Empty ${item.kindLabel} ${item.name}? ${lost(item)} for good; the ${item.kindLabel} stays.`;
      if (!(await this.#rim.sure(question, 'Empty it'))) return;
      this.#tellResult(await run.empty(resource, signal ? { signal } : {}));
    });
  }

  teardown(confirmation: string): Promise<void> {
    return this.#act({ what: 'Cleaning up' }, async ({ signal }) => {
      const run = await this.#need();
      this.#holdToTyped(run, confirmation, 'Nothing was removed.');
      await run.teardown(signal ? { signal } : {});
      this.#listedAt = new Date(this.#rim.settings().clock.now()).toISOString();
    });
  }

  leaveTeardown(): void {
    this.#planShown = false;
    this.changes.fire();
  }

  dismissNotice(): void {
    this.#notice = undefined;
    this.changes.fire();
  }

  tell(notice: Notice): void {
    this.#notice = notice;
    this.changes.fire();
  }

  /** The target changed or came back: the run is taken up again there, once what is going on has ended. */
  async targetMoved(): Promise<void> {
    if (this.#run === undefined && this.#busy === undefined) return this.changes.fire();
    this.#moved = true;
    if (this.#busy === undefined) await this.#follow();
  }

  dispose(): void {
    this.#abort.abort();
    this.#deafen();
    this.#run?.dispose();
  }

  /** Another window goes on with it: unless something is being done here just now. */
  #letGo(): void {
    if (this.#busy || this.#run === undefined) return;
    this.#detach();
    this.tell({ severity: 'info', what: 'This lab goes on in another window.', offers: [offer('continueHere')] });
  }

  async #follow(): Promise<void> {
    this.#moved = false;
    const notice = this.#notice;
    this.#detach();
    await this.resume();
    this.#notice ??= notice;
    this.changes.fire();
  }

  #detach(): void {
    this.#deafen();
    this.#run?.dispose();
    this.#run = undefined;
    this.#planShown = false;
    this.#notice = undefined;
    this.changes.fire();
  }

  /** The run, resumed or started; a lab that asks for something first says so. */
  async #need(): Promise<LabRunContract> {
    if (this.#run) return this.#run;
    await this.#resume();
    if (this.#run) return this.#run;
    const { lab } = await this.#rim.entry();
    const asked = lab?.inputs.filter((input) => input.default === undefined && input.type !== 'file') ?? [];
    if (asked.length > 0) {
      throw new Refusal({
        severity: 'info',
        what: 'The lab has not been started.',
        advice: `It asks for something first: ${asked.map(({ label }) => label).join(', ')}. Fill it in and press Start.`,
      });
    }
    return this.#open(await this.#rim.openTarget(), {});
  }

  async #resume(): Promise<void> {
    const entry = await this.#rim.entry();
    if (!this.#rim.trusted() || entry.lab === undefined) return;
    const target = await this.#rim.openTarget();
    const sessionId = await this.#rim.findUnfinished(entry, target);
    if (sessionId !== undefined) await this.#open(target, { sessionId });
  }

  async #open(target: Target, how: Pick<OpenOptions, 'inputs' | 'sessionId'>): Promise<LabRunContract> {
    if (!this.#rim.trusted())
      throw new Refusal({
        what: 'This workspace is not trusted, so none of its labs is run.',
        offers: [offer('manageTrust')],
      });
    const { lab } = await this.#rim.entry();
    if (lab === undefined)
      throw new Refusal({
        what: 'The text of this lab has errors, so nothing of it is run.',
        offers: [offer('openSource')],
      });
    const run = await this.#rim.openRun({ lab, target, ...this.#rim.settings(), ...how });
    run.onChange(() => this.changes.fire());
    this.#deafen();
    this.#deafen = this.#rim.whenAskedFor(
      () => this.#run?.snapshot().sessionId,
      () => this.#letGo(),
    );
    this.#run = run;
    this.#listedAt = undefined;
    return run;
  }

  #tellResult({ ok, sentence }: EmptyResult): void {
    this.#notice = { severity: ok ? 'info' : 'warning', what: sentence, offers: [] };
  }

  /** What cannot be undone on a real account is confirmed by typing the lab's name. */
  #holdToTyped(run: LabRunContract, confirmation: string, what: string): void {
    const { labId } = run.snapshot();
    if (this.#rim.isReal() && confirmation !== labId)
      throw new Refusal({ what, advice: `On a real account, type ${labId} to confirm.` });
  }

  async #allowed(question: string, yes: string): Promise<boolean> {
    return !this.#rim.isReal() || this.#rim.sure(question, yes);
  }

  async #act(busy: Pick<BusyView, 'what' | 'step'>, work: (options: ActOptions) => Promise<unknown>): Promise<void> {
    if (this.#busy)
      throw new Refusal({ severity: 'info', what: `${this.#busy.what}: wait until that is done, or stop it.` });
    this.#busy = { ...busy, stopping: false };
    this.#abort = new AbortController();
    this.#notice = undefined;
    this.changes.fire();
    try {
      await work({ signal: this.#abort.signal, confirm: (question) => this.#rim.confirm(question), answers: 'human' });
    } catch (error) {
      this.#notice = this.#rim.explain(isAbort(this.#abort.signal.reason) ? this.#abort.signal.reason : error);
    } finally {
      this.#busy = undefined;
      this.changes.fire();
    }
    if (this.#moved) await this.#follow();
  }
}
