import type { Json, Notice } from './message.ts';
import type { Block } from './prose.ts';

/** All that the panel of one lab shows. The host makes it anew after every change. */
export interface LabView {
  /** Kept by the page, so that it can be shown again after a reload of the window. */
  readonly id: string;
  readonly lab: LabFacts;
  readonly target: TargetView;
  /** `broken`: the text has errors; `start`: no session yet; `session`: one is open; `over`: cleaned up. */
  readonly phase: 'loading' | 'broken' | 'untrusted' | 'start' | 'session' | 'over';
  readonly problems: readonly ProblemView[];
  readonly inputs: readonly InputView[];
  readonly steps: readonly StepView[];
  readonly progress: { readonly done: number; readonly total: number };
  readonly busy?: BusyView;
  readonly notice?: Notice;
  readonly resources: readonly ResourceView[];
  readonly costPerHour: number;
  readonly teardown?: TeardownView;
}

export interface LabFacts {
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly services: readonly string[];
  readonly fromWorkspace: boolean;
  readonly source?: { readonly title: string; readonly link: number };
  readonly intro: readonly Block[];
  /** What was true in the source article and is not today. */
  readonly corrections: readonly string[];
}

export interface TargetView {
  readonly label: string;
  readonly account?: string;
  readonly region?: string;
  /** A real account: what is done here costs money and is shown in red. */
  readonly real: boolean;
  readonly sandbox: boolean;
}

export interface BusyView {
  readonly what: string;
  readonly step?: string;
  readonly stopping: boolean;
}

/** A mistake in the lab's own text. */
export interface ProblemView {
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

export interface InputView {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'email' | 'url' | 'number' | 'choice' | 'yes-no' | 'file';
  /** Of a file only its name: its path never leaves the host. */
  readonly value: string;
  readonly help?: string;
  readonly pattern?: string;
  readonly patternHelp?: string;
  readonly choices?: readonly string[];
  /** A resource's name, which has a good default: shown folded away. */
  readonly advanced: boolean;
}

export type StepStatus = 'waiting' | 'running' | 'asking' | 'done' | 'failed';

export interface StepView {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly status: StepStatus;
  /** Nothing to run and nothing to check: the learner says when it is read. */
  readonly reading: boolean;
  /** To be run again: something it builds on was undone or is gone. */
  readonly stale: boolean;
  /** Found done by a check, not run by us. */
  readonly byHand: boolean;
  readonly undoable: boolean;
  readonly checkable: boolean;
  readonly parts: readonly PartView[];
  readonly question?: QuestionView;
  readonly failure?: FailureView;
}

export type PartView =
  | { readonly kind: 'prose'; readonly blocks: readonly Block[] }
  | { readonly kind: 'action'; readonly action: ActionView }
  | { readonly kind: 'check'; readonly check: CheckView };

export interface ActionView {
  readonly id: string;
  readonly kind:
    'call' | 'until' | 'wait' | 'ask' | 'show' | 'metadata' | 'relying-party' | 'sign-in' | 'open' | 'agent';
  readonly title: string;
  /** `left-out`: it is for the sandbox only, and this is none. */
  readonly status: 'waiting' | 'running' | 'done' | 'failed' | 'left-out';
  readonly call?: CallView;
  readonly milliseconds?: number;
  readonly answer?: Json;
  readonly failure?: FailureView;
  /** One more sentence: `already there`, `sandbox clock moved on 30 s`. */
  readonly note?: string;
  readonly link?: { readonly link: number; readonly address: string };
  /** What a person wants to see of the answer: a decoded assertion, what metadata tells. */
  readonly facts?: readonly FactView[];
  /** Texts to copy. */
  readonly texts?: readonly { readonly title: string; readonly text: string }[];
}

export interface FactView {
  readonly name: string;
  readonly value: string;
}

export interface CallView {
  readonly operation: string;
  readonly request: Json;
  readonly cli: string;
  /** Names that get their value in a step before this one. */
  readonly unresolved: readonly string[];
}

export interface FailureView {
  readonly code: string;
  readonly what: string;
  readonly advice?: string;
  /** The lesson is this very error. */
  readonly expected: boolean;
}

export interface QuestionView {
  readonly id: string;
  readonly text: string;
  /** `condition` ends by itself when it holds; `confirm` when the learner says that it is done. */
  readonly control: 'condition' | 'confirm';
  /** The mail it is about is in the sandbox's mailbox. */
  readonly mail?: { readonly to: string; readonly subject?: string };
  readonly sandboxCanAnswer: boolean;
}

export interface CheckView {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'untried' | 'held' | 'failed' | 'left-out';
  readonly call?: CallView;
  readonly expression: string;
  readonly hint?: string;
  readonly answer?: Json;
  readonly failure?: FailureView;
}

export interface ResourceView {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** `doubtful`: the create was begun and nobody knows yet what became of it. */
  readonly state: 'doubtful' | 'alive' | 'removed';
  readonly adopted: boolean;
  readonly console: boolean;
}

export interface TeardownView {
  readonly stage: 'planned' | 'running' | 'done' | 'left';
  readonly waves: readonly (readonly TeardownItemView[])[];
  /** On a real account the learner types this before anything is removed. */
  readonly typeToConfirm?: string;
  /** `1 object and 3 messages`: what goes with them. Empty where there is nothing to lose. */
  readonly lost: string;
  readonly costPerHour: number;
  readonly removed: number;
  readonly total: number;
  readonly proof?: ProofView;
}

/** What the last listing, made after the last removal, found. */
export interface ProofView {
  readonly sentence: string;
  /** What is not this session's any more, where another lab has taken something over. */
  readonly passedOn?: string;
  readonly left: readonly { readonly kind: string; readonly name: string; readonly why: string }[];
  readonly listedAt: string;
  readonly listed: readonly { readonly kind: string; readonly count: number }[];
}

export interface TeardownItemView {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly holds: string;
  /** It can be emptied and kept. */
  readonly canEmpty: boolean;
  readonly state: 'planned' | 'removing' | 'removed' | 'left';
  readonly why?: string;
}

/** What can be copied of a call. */
export type Copied = 'cli' | 'request' | 'answer';

export type LabRequest =
  | { readonly kind: 'ready' }
  /** The host opens a dialog; what was chosen comes with the next view. */
  | { readonly kind: 'chooseFile'; readonly input: string }
  | { readonly kind: 'leaveFileOut'; readonly input: string }
  | { readonly kind: 'start'; readonly inputs: Readonly<Record<string, string>> }
  | { readonly kind: 'runStep'; readonly step: string }
  | { readonly kind: 'runTo'; readonly step: string }
  | { readonly kind: 'runAll' }
  | { readonly kind: 'checkStep'; readonly step: string }
  | { readonly kind: 'undoStep'; readonly step: string }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'answer'; readonly question: string; readonly value: string }
  | { readonly kind: 'planTeardown' }
  | { readonly kind: 'teardown'; readonly confirmation: string }
  | { readonly kind: 'empty'; readonly resource: string; readonly confirmation: string }
  | { readonly kind: 'leaveTeardown' }
  | { readonly kind: 'copy'; readonly item: string; readonly what: string }
  | { readonly kind: 'openLink'; readonly link: number }
  | { readonly kind: 'openConsole'; readonly resource: string }
  | { readonly kind: 'openProblem'; readonly problem: number }
  | { readonly kind: 'offer'; readonly offer: string }
  | { readonly kind: 'dismissNotice' };
