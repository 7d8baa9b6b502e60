// What a run is given, and what it asks for: types only.
import type { Target } from '../aws/target.ts';
import type { KindName } from '../aws/resources/kinds.ts';
import type { Lab } from './model.ts';
import type { StepStatus } from './snapshot.ts';

export interface OpenOptions {
  readonly lab: Lab;
  readonly target: Target;
  readonly dataDir: string;
  /** Values of inputs; names may be overridden here too (`topic: Order2`, or `names.topic: Order2`). */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Resumes just this session; without it the newest unfinished one of this lab on this target, or else a new one. */
  readonly sessionId?: string;
  readonly clock: RunClock;
  /** A fresh random id: at least 8 characters of [0-9a-z]. */
  readonly id: () => string;
  readonly files?: SessionFiles;
}

export interface RunClock {
  now(): number;
  /** Real time: for waiting on people, and between attempts. Rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The disk as the journal needs it: replaced where a test kills a run at a line. */
export interface SessionFiles {
  readonly pid: number;
  isAlive(pid: number): boolean;
  /** Appends; with `flush` it is on the disk when this returns. */
  append(path: string, text: string, flush: boolean): void;
}

/** What a run asks before it goes on. The answer is the chosen `id`; undefined or an unknown id is no. */
export interface Confirmation {
  /**
   * `exists`: a resource of that name is there and is not ours. `adopt`: the learner made it by hand. `take-over`: the lab that this one
   * builds on has left it, and its tags say so.
   */
  readonly kind: 'exists' | 'adopt' | 'take-over';
  readonly stepId: string;
  readonly text: string;
  readonly resources: readonly { readonly kind: KindName; readonly name: string; readonly arn?: string }[];
  readonly choices: readonly { readonly id: 'adopt' | 'use' | 'no'; readonly label: string }[];
}

export interface ActOptions {
  readonly signal?: AbortSignal;
  readonly confirm?: (question: Confirmation) => Promise<string | undefined>;
  /** `sandbox`: the sandbox answers questions to a human by itself where it can. `yes`: the same, and the rest are taken as done. */
  readonly answers?: 'human' | 'sandbox' | 'yes';
}

export interface StepResult {
  readonly ok: boolean;
  readonly status: StepStatus;
  /** One line for people. */
  readonly sentence: string;
}
