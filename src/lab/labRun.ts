// One run of a lab on one target: the session. In: a lab and a target. Out: snapshots, after each change.
// All that it changes goes through the journal first, so it can be killed anywhere and opened again.
// Never: knows which target it has, or shows anything itself.
import { LiveSession, loadBelongings, type Answer, type Belongings } from './liveSession.ts';
import type { Lab, Step } from './model.ts';
import { applyInputs, beginSession, openSession } from './openSession.ts';
import { judgeStep, ok, performStep } from './performStep.ts';
import { LabRefusal } from './refusal.ts';
import { Cleaning, findRemovable, type CleanContext } from './runClean.ts';
import type { ActOptions, OpenOptions, StepResult } from './runOptions.ts';
import { sameTarget, type Session } from './session.ts';
import type { EmptyResult, RunSnapshot, TeardownPlan, TeardownResult } from './snapshot.ts';
import { dependentSteps } from './usedNames.ts';

const verifyEvery = 60_000;

interface Cancellable {
  readonly signal?: AbortSignal;
}

/** What of a run its users see. */
export type LabRunContract = Pick<LabRun, keyof LabRun>;

export function openLabRun(options: OpenOptions): Promise<LabRunContract> {
  return LabRun.open(options);
}

export class LabRun {
  readonly #options: OpenOptions;
  readonly #live: LiveSession;
  #busy: string | undefined;
  #verified = 0;
  #cleaning: Cleaning | undefined;

  private constructor(options: OpenOptions, session: Session, belongings: Belongings) {
    this.#options = options;
    this.#live = new LiveSession(options, session, belongings);
    this.#verified = options.clock.now();
  }

  /** Resumes the newest unfinished session of this lab on this target, or begins one. Throws LabRefusal where that cannot be. */
  static async open(options: OpenOptions): Promise<LabRun> {
    const belongings = await loadBelongings(options);
    return new LabRun(options, openSession(options), belongings);
  }

  get #lab(): Lab {
    return this.#options.lab;
  }

  get #session(): Session {
    return this.#live.session;
  }

  snapshot(): RunSnapshot {
    return this.#live.snapshot();
  }

  /** Called with a whole snapshot after each change; returns what ends the listening. */
  onChange(listener: (snapshot: RunSnapshot) => void): () => void {
    return this.#live.onChange(listener);
  }

  /** Other values for inputs and names. What is already made keeps the name it was made under, and is still cleaned up. */
  setInputs(values: Readonly<Record<string, string>>): void {
    this.#refuseWhenBusy();
    applyInputs(this.#session, this.#options, values);
    this.#live.changed();
  }

  /** `done`: the learner did it. `sandbox`: do it for me. `give-up`: the step fails and can be run again. */
  answer(questionId: string, value: Answer): void {
    this.#live.answer(questionId, value);
  }

  async runStep(stepId: string, options: ActOptions = {}): Promise<StepResult> {
    const step = this.#step(stepId);
    for (const earlier of this.#live.stepsToRepeat(step)) {
      const result = await this.runStep(earlier.id, options);
      if (!result.ok) return result;
    }
    return this.#exclusively(`running "${step.title}"`, options.signal, (signal) =>
      this.#live.onStep(step, { options, signal }, performStep),
    );
  }

  /** Runs every step before it that is not done, and then it. Stops at the first that fails. */
  async runTo(stepId: string, options: ActOptions = {}): Promise<StepResult> {
    const last = this.#step(stepId);
    for (const step of this.#lab.steps.slice(0, last.number)) {
      const done = this.#session.state.steps.get(step.id)?.status === 'done';
      const result = done ? ok(`"${step.title}" is already done.`) : await this.runStep(step.id, options);
      if (!result.ok || step.id === stepId) return result;
    }
    return ok('Done.');
  }

  async runAll(options: ActOptions = {}): Promise<StepResult> {
    const last = this.#lab.steps.at(-1);
    return last ? this.runTo(last.id, options) : ok('This lab has no steps.');
  }

  /** Judges without running. What the learner made by hand is found, and taken into the session if the learner agrees. */
  async checkStep(stepId: string, options: ActOptions = {}): Promise<StepResult> {
    const step = this.#step(stepId);
    return this.#exclusively(`checking "${step.title}"`, options.signal, (signal) =>
      this.#live.onStep(step, { options, signal }, judgeStep),
    );
  }

  /** Removes what the step made; it and the steps that build on it wait again. */
  async undoStep(stepId: string, options: ActOptions = {}): Promise<StepResult> {
    const step = this.#step(stepId);
    return this.#exclusively(`undoing "${step.title}"`, options.signal, async (signal) => {
      const context = this.#cleanContext(signal);
      const cleaning = new Cleaning(await findRemovable(context, (resource) => resource.step === stepId));
      const { left, sentence, removed } = await cleaning.run(context, () => this.#live.changed());
      if (left.length > 0) return { ok: false, status: 'failed', sentence };
      this.#session.record({ t: 'undone', step: stepId, stale: dependentSteps(this.#lab, stepId) });
      this.#live.forgetUndone();
      return { ok: true, status: 'waiting', sentence: `"${step.title}" is undone: ${removed} removed.` };
    });
  }

  async planTeardown(signal?: AbortSignal): Promise<TeardownPlan> {
    return this.#exclusively('looking what is there', signal, async (inner) => (await this.#plan(inner)).plan);
  }

  async #plan(signal: AbortSignal): Promise<Cleaning> {
    const cleaning = new Cleaning(await findRemovable(this.#cleanContext(signal)));
    this.#cleaning = cleaning;
    this.#live.show({ teardown: { ...cleaning.plan, status: 'planned' } });
    return cleaning;
  }

  /**
   * Throws away what a resource of the last plan holds, and keeps it; the plan is made anew. Not journalled: the session owns
   * the same resources before and after.
   */
  async empty(resourceId: string, options: Cancellable = {}): Promise<EmptyResult> {
    return this.#exclusively('emptying', options.signal, async (signal) => {
      const cleaning = this.#cleaning ?? (await this.#plan(signal));
      const result = await cleaning.empty(this.#cleanContext(signal), resourceId);
      await this.#plan(signal);
      return result;
    });
  }

  /** Removes what the last plan showed. Closes the session when nothing is left. */
  async teardown(options: Cancellable = {}): Promise<TeardownResult> {
    return this.#exclusively('cleaning up', options.signal, (signal) => this.#tearDown(signal));
  }

  async #tearDown(signal: AbortSignal): Promise<TeardownResult> {
    const cleaning = this.#cleaning ?? (await this.#plan(signal));
    const show = (status: 'running' | 'done' | 'failed', result?: TeardownResult) =>
      this.#live.show({ teardown: { ...cleaning.plan, status, ...(result && { result }) } });
    try {
      show('running');
      const result = await cleaning.run(this.#cleanContext(signal), () => show('running'));
      if (result.left.length === 0 && this.#session.state.living().length === 0) this.#close();
      show(result.left.length === 0 ? 'done' : 'failed', result);
      return result;
    } catch (error) {
      show('failed');
      throw error;
    } finally {
      this.#cleaning = undefined;
    }
  }

  #close(): void {
    this.#session.record({ t: 'closed', at: new Date(this.#options.clock.now()).toISOString() });
    this.#session.release();
  }

  /** Removes all and starts afresh, with the same inputs and names. */
  async reset(options: Cancellable = {}): Promise<TeardownResult> {
    return this.#exclusively('resetting', options.signal, async (signal) => {
      this.#cleaning = undefined;
      const { inputs, names } = this.#session.state;
      const result = this.#session.state.closed ? resultOfNothing : await this.#tearDown(signal);
      if (result.left.length > 0) return result;
      const kept = sameNames(this.#lab).map((name) => [`names.${name}`, names[name] ?? ''] as const);
      const fresh = beginSession(this.#options);
      this.#live.become(fresh, 'The lab was reset.');
      applyInputs(fresh, this.#options, { ...inputs, ...Object.fromEntries(kept) });
      return result;
    });
  }

  /** Frees the session for another process; removes nothing. */
  dispose(): void {
    this.#live.silence();
    if (!this.#session.state.closed) this.#session.release();
  }

  #step(id: string): Step {
    const step = this.#lab.steps.find((candidate) => candidate.id === id);
    const known = this.#lab.steps.map((one) => one.id).join(', ');
    if (!step) throw new LabRefusal('NoSuchStep', `The lab has no step ${id}.`, `It has ${known}.`);
    return step;
  }

  #cleanContext(signal: AbortSignal): CleanContext {
    const { target, clock } = this.#options;
    return { target, clock, session: this.#session, signal };
  }

  #refuseWhenBusy(): void {
    if (this.#busy !== undefined)
      throw new LabRefusal('Busy', `The lab is ${this.#busy} just now.`, 'Wait until that has ended, or cancel it.');
  }

  /** One thing at a time, on the account and region that the session began in. */
  async #exclusively<T>(
    what: string,
    signal: AbortSignal | undefined,
    act: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.#refuseWhenBusy();
    if (this.#session.state.closed && what !== 'resetting')
      throw new LabRefusal('Closed', 'This session was cleaned up and has ended.', 'Begin the lab anew.');
    this.#busy = what;
    try {
      const own = signal ?? new AbortController().signal;
      await this.#verify(own);
      return await act(own);
    } finally {
      this.#busy = undefined;
      this.#live.changed();
    }
  }

  async #verify(signal: AbortSignal): Promise<void> {
    const { target, clock } = this.#options;
    const { opened } = this.#session.state;
    if (opened && !sameTarget(opened.target, target.facts))
      throw new LabRefusal(
        'OtherTarget',
        `This session belongs to account ${opened.target.account}, region ${opened.target.region}.`,
        'Switch back to that target.',
      );
    if (target.kind === 'sandbox' || clock.now() - this.#verified < verifyEvery) return;
    await target.verify(signal);
    this.#verified = clock.now();
  }
}

const resultOfNothing: TeardownResult = { planned: 0, removed: 0, left: [], sentence: '0 left.' };

/** A name made of the session's id belongs to that session; the others are kept over a reset. */
function sameNames(lab: Lab): readonly string[] {
  return lab.names.filter((name) => !JSON.stringify(name.default).includes('session.')).map(({ name }) => name);
}
