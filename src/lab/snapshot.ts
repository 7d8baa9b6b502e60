// What a run shows: one whole readonly JSON value after each change. The panel and the command line draw it and nothing else.
import type { TargetFacts } from '../aws/target.ts';
import type { KindName } from '../aws/resources/kinds.ts';
import type { Action } from './model.ts';

export type StepStatus =
  /** Not begun, or to be run again because what it builds on was undone (`stale`). */
  | 'waiting'
  | 'running'
  /** Wants the learner: see `question`. */
  | 'asking'
  | 'done'
  | 'failed';

export interface ActionSnapshot {
  readonly id: string;
  readonly kind: ActionKind;
  readonly title: string;
  /** `left-out`: it is for the sandbox only, and this is none. */
  readonly status: 'waiting' | 'running' | 'done' | 'failed' | 'left-out';
  /** Before the first run too, where all that it needs is known; `unresolved` names what is not. */
  readonly request?: RequestSnapshot;
  readonly response?: unknown;
  readonly error?: ErrorSnapshot;
  /** The error was the lesson. */
  readonly expectedError?: boolean;
  readonly ms?: number;
  /** `already there`, `tried 3 times`, `sandbox clock moved on 30 s`: one sentence for people. */
  readonly note?: string;
  /** Of `open`. */
  readonly url?: string;
  /** What a person wants to see of the answer: a decoded assertion, what metadata tells. */
  readonly facts?: readonly Fact[];
  /** Texts to copy: claim rules, metadata. */
  readonly texts?: readonly CopyText[];
}

export type ActionKind = Action['kind'];

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface CopyText {
  readonly title: string;
  readonly text: string;
}

export interface RequestSnapshot {
  readonly operation: string;
  readonly input: unknown;
  /** `aws sqs create-queue --queue-name ContentQ`. */
  readonly cli: string;
  /** Names that are not known yet; `input` then still shows `${...}` in their place. */
  readonly unresolved: readonly string[];
}

export interface ErrorSnapshot {
  readonly code: string;
  /** What happened. */
  readonly what: string;
  /** What to do. */
  readonly advice: string;
}

export interface CheckSnapshot {
  readonly id: string;
  readonly title: string;
  /** Absent: not checked yet. */
  readonly ok?: boolean;
  /** It is for the sandbox only, and this is none. */
  readonly leftOut?: boolean;
  /** The `else` sentence, where it does not hold. */
  readonly hint?: string;
  readonly request?: RequestSnapshot;
  readonly expect: string;
  readonly response?: unknown;
  readonly error?: ErrorSnapshot;
}

export interface QuestionSnapshot {
  readonly id: string;
  readonly text: string;
  /** `condition`: ends by itself when it holds. `confirm`: the learner says that it is done. */
  readonly kind: 'condition' | 'confirm';
  /** The mail to look for in the sandbox's mailbox. */
  readonly mail?: { readonly to: string; readonly subject?: string; readonly link?: string };
  /** The sandbox can do it for the learner: `answer(id, 'sandbox')`. */
  readonly sandboxCanAnswer: boolean;
  /** ISO; after it the step fails and can be run again. */
  readonly until?: string;
}

export interface StepSnapshot {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly kind: 'read' | 'do';
  readonly status: StepStatus;
  /** Waiting again because a step before it was undone, or its resource is gone. */
  readonly stale: boolean;
  /** Marked by checking what the learner did by hand, not by running. */
  readonly byHand: boolean;
  readonly actions: readonly ActionSnapshot[];
  readonly checks: readonly CheckSnapshot[];
  readonly question?: QuestionSnapshot;
  readonly error?: ErrorSnapshot;
  readonly ms?: number;
}

export interface ResourceSnapshot {
  /** Stable within the session; what intents from the panel name. */
  readonly id: string;
  readonly kind: KindName;
  readonly kindLabel: string;
  readonly name: string;
  readonly arn?: string;
  readonly stepId: string;
  /** `doubtful`: the create was begun and nobody knows yet what became of it. */
  readonly state: 'doubtful' | 'alive' | 'removed';
  readonly adopted: boolean;
  readonly consoleUrl?: string;
  readonly costPerHour: number;
}

export interface TeardownItem {
  readonly id: string;
  readonly kind: KindName;
  readonly kindLabel: string;
  readonly name: string;
  readonly arn?: string;
  /** `3 messages, 1 in flight`: shown before the learner confirms. */
  readonly contents: readonly { readonly what: string; readonly count: number }[];
  /** What it holds can be thrown away and it be kept: `LabRun.empty(id)`. */
  readonly canEmpty: boolean;
  readonly state: 'planned' | 'removing' | 'removed' | 'left';
  /** Why it is left. */
  readonly why?: string;
}

export interface TeardownPlan {
  readonly waves: readonly (readonly TeardownItem[])[];
  readonly total: number;
  /** Of the contents: 0 where there is nothing to lose. */
  readonly messages: number;
  readonly costPerHour: number;
}

export interface EmptyResult {
  readonly ok: boolean;
  readonly sentence: string;
}

export interface TeardownResult {
  readonly planned: number;
  readonly removed: number;
  readonly left: readonly {
    readonly kind: KindName;
    readonly name: string;
    readonly arn?: string;
    readonly why: string;
  }[];
  /** What another lab has taken over and will remove itself: a sentence. */
  readonly passedOn?: string;
  /** "0 left." or what is left and why. */
  readonly sentence: string;
}

export interface RunSnapshot {
  readonly labId: string;
  readonly labTitle: string;
  readonly sessionId: string;
  readonly target: TargetFacts;
  readonly inputs: Readonly<Record<string, string>>;
  readonly names: Readonly<Record<string, string>>;
  readonly steps: readonly StepSnapshot[];
  readonly resources: readonly ResourceSnapshot[];
  readonly progress: { readonly done: number; readonly total: number };
  readonly costPerHour: number;
  readonly teardown?: TeardownPlan & {
    readonly status: 'planned' | 'running' | 'done' | 'failed';
    readonly result?: TeardownResult;
  };
  /** Ended: everything removed; nothing more can be run in it. */
  readonly closed: boolean;
  /** What a resumed session should tell: `Resumed: 4 of 11 steps done.` */
  readonly notice?: string;
}
