// A session while it is open: what is in its journal, what is going on just now, and what expressions can read.
// In: changes, by the journal or shown. Out: a snapshot after each of them, and what a running step needs.
import type { OperationName } from '../aws/operations.ts';
import type { InputShape } from '../aws/shapes.ts';
import { titleOf } from './actionTitle.ts';
import { drawSnapshot, type Now } from './drawSnapshot.ts';
import type { Scope } from './expression.ts';
import { loadFiles } from './labFiles.ts';
import { loadShapes } from './loadShapes.ts';
import type { Step } from './model.ts';
import { resumeNotice } from './openSession.ts';
import { preview } from './prepareRequest.ts';
import type { ActOptions, OpenOptions } from './runOptions.ts';
import { fullScope, sessionScope } from './scope.ts';
import type { Session } from './session.ts';
import type { QuestionSnapshot, RunSnapshot } from './snapshot.ts';
import type { StepContext } from './stepContext.ts';
import { namesSaved, pathsUsed, stepThatSaves } from './usedNames.ts';

export type Answer = 'done' | 'sandbox' | 'give-up';
type Writable<T> = { -readonly [K in keyof T]: T[K] | undefined };

/** What a lab needs beside its text. */
export interface Belongings {
  readonly shapes: ReadonlyMap<OperationName, InputShape>;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

export async function loadBelongings({ lab }: Pick<OpenOptions, 'lab'>): Promise<Belongings> {
  const [shapes, files] = await Promise.all([loadShapes(lab), loadFiles(lab)]);
  return { shapes, files };
}

export class LiveSession {
  readonly #options: OpenOptions;
  readonly #belongings: Belongings;
  readonly #listeners = new Set<(snapshot: RunSnapshot) => void>();
  /** Values with their secrets, which the journal does not have. */
  readonly #kept = new Map<string, unknown>();
  #session: Session;
  #base: Scope = {};
  #now: Writable<Now> = {};
  #answer: Answer | undefined;
  #drawn: RunSnapshot | undefined;

  constructor(options: OpenOptions, session: Session, belongings: Belongings) {
    this.#options = options;
    this.#belongings = belongings;
    this.#session = session;
    this.become(session);
    if (session.resumed) this.#now.notice = resumeNotice(options.lab, session);
  }

  get session(): Session {
    return this.#session;
  }

  /** Goes on as another session of the same lab. */
  become(session: Session, notice?: string): void {
    const { lab, target } = this.#options;
    this.#session = session;
    this.#base = { ...sessionScope(lab, session.id, target.facts), files: this.#belongings.files };
    this.#kept.clear();
    this.#now = { notice };
    session.onRecord(() => this.changed());
  }

  snapshot(): RunSnapshot {
    const { lab, target } = this.#options;
    const { shapes } = this.#belongings;
    const needs = { lab, target, session: this.#session, shapes, scope: () => this.#scope() };
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

  changed(): void {
    this.#drawn = undefined;
    if (this.#listeners.size === 0) return;
    const snapshot = this.snapshot();
    for (const listener of this.#listeners) listener(snapshot);
  }

  show(now: Partial<Writable<Now>>): void {
    Object.assign(this.#now, now);
    this.changed();
  }

  /** Shows the step as the active one while `act` lasts. */
  async onStep<T>(
    step: Step,
    { options, signal }: { readonly options: ActOptions; readonly signal: AbortSignal },
    act: (context: StepContext, step: Step) => Promise<T>,
  ): Promise<T> {
    this.show({ stepId: step.id, notice: undefined });
    try {
      return await act(this.#context(step, options, signal), step);
    } finally {
      this.#now = { teardown: this.#now.teardown };
      this.changed();
    }
  }

  answer(questionId: string, value: Answer): void {
    if (this.#now.question?.id === questionId) this.#answer = value;
  }

  /** What was saved by steps that are undone is not known any more. */
  forgetUndone(): void {
    for (const name of this.#kept.keys()) if (!this.#session.state.saved.has(name)) this.#kept.delete(name);
  }

  /** Those before it that made secrets this step needs: they were not kept when the session was left. */
  stepsToRepeat(step: Step): readonly Step[] {
    const own = namesSaved(step);
    const gone = pathsUsed(step).filter(
      ([name = '', member = '']) =>
        !own.includes(name) && this.#session.state.isForgotten(member === '' ? [name] : [name, member]),
    );
    return [...new Set(gone.flatMap(([name = '']) => stepThatSaves(this.#options.lab, name) ?? []))];
  }

  silence(): void {
    this.#listeners.clear();
  }

  #scope(): Scope {
    return { ...fullScope(this.#base, this.#session.state), ...Object.fromEntries(this.#kept) };
  }

  #context(step: Step, options: ActOptions, signal: AbortSignal): StepContext {
    const { lab, target, clock } = this.#options;
    const session = this.#session;
    return {
      lab,
      target,
      clock,
      signal,
      options,
      stepId: step.id,
      session,
      shapes: this.#belongings.shapes,
      scope: () => this.#scope(),
      save: (name, value) => {
        session.record({ t: 'saved', step: step.id, name, value });
        this.#kept.set(name, value);
      },
      ask: (question: QuestionSnapshot | undefined) => {
        this.#answer = undefined;
        this.show({ question });
      },
      answer: () => {
        const given = this.#answer;
        this.#answer = undefined;
        return given;
      },
      acting: (action) => this.show({ action, note: undefined }),
      note: (note) => this.show({ note }),
    };
  }
}

function withoutUndefined(now: Writable<Now>): Now;
function withoutUndefined(now: object): object {
  return Object.fromEntries(Object.entries(now).filter(([, value]) => value !== undefined));
}
