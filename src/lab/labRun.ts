// One run of a lab on one target: the session. In: a lab and a target. Out: snapshots, after each change.
// All that it changes goes through the journal first, so it can be killed anywhere and opened again.
// Never: knows which target it has, or shows anything itself.
import type { OperationName } from '../aws/operations.ts';
import type { InputShape } from '../aws/shapes.ts';
import { titleOf } from './actionTitle.ts';
import { drawSnapshot, type Now } from './drawSnapshot.ts';
import type { Scope } from './expression.ts';
import type { Entry } from './journal.ts';
import type { Lab, Step } from './model.ts';
import { loadShapes } from './loadShapes.ts';
import { applyInputs, beginSession, openSession, resumeNotice } from './openSession.ts';
import { judgeStep, ok, performStep } from './performStep.ts';
import { preview } from './prepareRequest.ts';
import { LabRefusal } from './refusal.ts';
import { Cleaning, findRemovable } from './runClean.ts';
import type { ActOptions, OpenOptions, StepResult } from './runOptions.ts';
import { fullScope, sessionScope } from './scope.ts';
import { sameTarget, type Session } from './session.ts';
import type { EmptyResult, QuestionSnapshot, RunSnapshot, TeardownPlan, TeardownResult } from './snapshot.ts';
import type { StepContext } from './stepContext.ts';
import { dependentSteps } from './usedNames.ts';

type Answer = 'done' | 'sandbox' | 'give-up';
type Writable<T> = { -readonly [K in keyof T]: T[K] | undefined };

const verifyEvery = 60_000;

/** What of a run its users see. */
export type LabRunContract = Pick<LabRun, keyof LabRun>;

export function openLabRun(options: OpenOptions): Promise<LabRunContract> {
  return LabRun.open(options);
}

export class LabRun {
  readonly #options: OpenOptions;
  readonly #shapes: ReadonlyMap<OperationName, InputShape>;
  readonly #listeners = new Set<(snapshot: RunSnapshot) => void>();
  /** Values with their secrets, which the journal does not have. */
  readonly #kept = new Map<string, unknown>();
  #session: Session;
  #base: Scope;
  #now: Writable<Now> = {};
  #answer: Answer | undefined;
  #busy: string | undefined;
  #verified = 0;
  #cleaning: Cleaning | undefined;
  #drawn: RunSnapshot | undefined;

  private constructor(options: OpenOptions, session: Session, shapes: ReadonlyMap<OperationName, InputShape>) {
    this.#options = options;
    this.#shapes = shapes;
    this.#session = session;
    this.#base = {};
    this.#adoptSession(session);
    this.#verified = options.clock.now();
    if (session.resumed) this.#now.notice = resumeNotice(options.lab, session);
  }

  /** Resumes the newest unfinished session of this lab on this target, or begins one. Throws LabRefusal where that cannot be. */
  static async open(options: OpenOptions): Promise<LabRun> {
    const shapes = await loadShapes(options.lab);
    return new LabRun(options, openSession(options), shapes);
  }

  get #lab(): Lab {
    return this.#options.lab;
  }

  #adoptSession(session: Session): void {
    this.#session = session;
    this.#base = sessionScope(this.#lab, session.id, this.#options.target.facts);
    this.#kept.clear();
    session.onRecord(() => this.#changed());
  }

  snapshot(): RunSnapshot {
    const { lab, target } = this.#options;
    const needs = { lab, target, session: this.#session, shapes: this.#shapes, scope: () => this.#scope() };
    this.#drawn ??= drawSnapshot({
      lab,
      sessionId: this.#session.id,
      target: target.facts,
      state: this.#session.state,
      now: withoutUndefined(this.#now),
      preview: (request) => preview(needs, request),
      title: (action) => titleOf(action, this.#scope()),
    });
    return this.#drawn;
  }

  /** Called with a whole snapshot after each change; returns what ends the listening. */
  onChange(listener: (snapshot: RunSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    this.#drawn = undefined;
    if (this.#listeners.size === 0) return;
    const snapshot = this.snapshot();
    for (const listener of this.#listeners) listener(snapshot);
  }

  #show(now: Partial<Writable<Now>>): void {
    Object.assign(this.#now, now);
    this.#changed();
  }

  #scope(): Scope {
    return { ...fullScope(this.#base, this.#session.state), ...Object.fromEntries(this.#kept) };
  }

  /** Other values for inputs and names. What is already made keeps the name it was made under, and is still cleaned up. */
  setInputs(values: Readonly<Record<string, string>>): void {
    this.#refuseWhenBusy();
    applyInputs(this.#session, this.#options, values);
    this.#changed();
  }

  /** `done`: the learner did it. `sandbox`: do it for me. `give-up`: the step fails and can be run again. */
  answer(questionId: string, value: Answer): void {
    if (this.#now.question?.id === questionId) this.#answer = value;
  }

  async runStep(stepId: string, options: ActOptions = {}): Promise<StepResult> {
    const step = this.#step(stepId);
    return this.#exclusively(`running "${step.title}"`, options.signal, (signal) =>
      this.#onStep(step, options, signal, performStep),
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

  /** Shows the step as the active one while `act` lasts. */
  async #onStep(step: Step, options: ActOptions, signal: AbortSignal, act: typeof performStep): Promise<StepResult> {
    this.#show({ stepId: step.id, notice: undefined });
    try {
      return await act(this.#context(step, options, signal), step);
    } finally {
      this.#now = { teardown: this.#now.teardown };
      this.#changed();
    }
  }

  /** Judges without running. What the learner made by hand is found, and taken into the session if the learner agrees. */
  async checkStep(stepId: string, options: ActOptions = {}): Promise<StepResult> {
    const step = this.#step(stepId);
    return this.#exclusively(`checking "${step.title}"`, options.signal, (signal) =>
      this.#onStep(step, options, signal, judgeStep),
    );
  }

  /** Removes what the step made; it and the steps that build on it wait again. */
  async undoStep(stepId: string, options: ActOptions = {}): Promise<StepResult> {
    const step = this.#step(stepId);
    return this.#exclusively(`undoing "${step.title}"`, options.signal, async (signal) => {
      const context = { ...this.#options, session: this.#session, signal };
      const cleaning = new Cleaning(await findRemovable(context, (resource) => resource.step === stepId));
      const { left, sentence, removed } = await cleaning.run(context, () => this.#changed());
      if (left.length > 0) return { ok: false, status: 'failed', sentence };
      this.#record({ t: 'undone', step: stepId, stale: dependentSteps(this.#lab, stepId) });
      for (const name of this.#kept.keys()) if (!this.#session.state.saved.has(name)) this.#kept.delete(name);
      return { ok: true, status: 'waiting', sentence: `"${step.title}" is undone: ${removed} removed.` };
    });
  }

  async planTeardown(signal?: AbortSignal): Promise<TeardownPlan> {
    return this.#exclusively('looking what is there', signal, (inner) => this.#plan(inner));
  }

  async #plan(signal: AbortSignal): Promise<TeardownPlan> {
    this.#cleaning = new Cleaning(await findRemovable({ ...this.#options, session: this.#session, signal }));
    this.#show({ teardown: { ...this.#cleaning.plan, status: 'planned' } });
    return this.#cleaning.plan;
  }

  /**
   * Throws away what a resource of the last plan holds, and keeps it; the plan is made anew. Not journalled: the session owns
   * the same resources before and after.
   */
  async empty(resourceId: string, options: { readonly signal?: AbortSignal } = {}): Promise<EmptyResult> {
    return this.#exclusively('emptying', options.signal, async (signal) => {
      if (!this.#cleaning) await this.#plan(signal);
      const context = { ...this.#options, session: this.#session, signal };
      const result = await (this.#cleaning ?? new Cleaning([])).empty(context, resourceId);
      await this.#plan(signal);
      return result;
    });
  }

  /** Removes what the last plan showed. Closes the session when nothing is left. */
  async teardown(options: { readonly signal?: AbortSignal } = {}): Promise<TeardownResult> {
    return this.#exclusively('cleaning up', options.signal, (signal) => this.#tearDown(signal));
  }

  async #tearDown(signal: AbortSignal): Promise<TeardownResult> {
    if (!this.#cleaning) await this.#plan(signal);
    const cleaning = this.#cleaning ?? new Cleaning([]);
    const show = (status: 'running' | 'done' | 'failed', result?: TeardownResult) =>
      this.#show({ teardown: { ...cleaning.plan, status, ...(result && { result }) } });
    try {
      show('running');
      const result = await cleaning.run({ ...this.#options, session: this.#session, signal }, () => show('running'));
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
    this.#record({ t: 'closed', at: new Date(this.#options.clock.now()).toISOString() });
    this.#session.release();
  }

  /** Removes all and starts afresh, with the same inputs and names. */
  async reset(options: { readonly signal?: AbortSignal } = {}): Promise<TeardownResult> {
    return this.#exclusively('resetting', options.signal, async (signal) => {
      this.#cleaning = undefined;
      const { inputs, names } = this.#session.state;
      const result = this.#session.state.closed ? resultOfNothing : await this.#tearDown(signal);
      if (result.left.length > 0) return result;
      const renamed = Object.fromEntries(Object.entries(names).map(([name, value]) => [`names.${name}`, value]));
      const fresh = beginSession(this.#options);
      this.#now = { notice: 'The lab was reset.' };
      this.#adoptSession(fresh);
      applyInputs(fresh, this.#options, { ...inputs, ...(sameNames(this.#lab) && renamed) });
      return result;
    });
  }

  /** Frees the session for another process; removes nothing. */
  dispose(): void {
    this.#listeners.clear();
    if (!this.#session.state.closed) this.#session.release();
  }

  #step(id: string): Step {
    const step = this.#lab.steps.find((candidate) => candidate.id === id);
    if (!step)
      throw new LabRefusal(
        'NoSuchStep',
        `The lab has no step ${id}.`,
        `It has ${this.#lab.steps.map((one) => one.id).join(', ')}.`,
      );
    return step;
  }

  #record(entry: Entry): void {
    this.#session.record(entry);
  }

  #context(step: Step, options: ActOptions, signal: AbortSignal): StepContext {
    const { lab, target, clock } = this.#options;
    return {
      lab,
      target,
      clock,
      signal,
      options,
      stepId: step.id,
      session: this.#session,
      shapes: this.#shapes,
      scope: () => this.#scope(),
      save: (name, value) => {
        this.#record({ t: 'saved', step: step.id, name, value });
        this.#kept.set(name, value);
      },
      ask: (question: QuestionSnapshot | undefined) => {
        this.#answer = undefined;
        this.#show({ question });
      },
      answer: () => {
        const given = this.#answer;
        this.#answer = undefined;
        return given;
      },
      acting: (action) => this.#show({ action, note: undefined }),
      note: (note) => this.#show({ note }),
    };
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
      this.#changed();
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

/** A name made of the session's id belongs to that session; all others are kept over a reset. */
function sameNames(lab: Lab): boolean {
  return !lab.names.some((name) => JSON.stringify(name.default).includes('session.'));
}

function withoutUndefined(now: Writable<Now>): Now;
function withoutUndefined(now: object): object {
  return Object.fromEntries(Object.entries(now).filter(([, value]) => value !== undefined));
}
