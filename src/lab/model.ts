// What a lab is, once read: front matter, steps, what a step does and how it is judged.
// In: nothing. Out: types only; parse.ts makes them, labRun.ts runs them, the panel draws them.
// Plain readonly JSON all through: prose is mdast nodes, never HTML.
import type { RootContent } from 'mdast';
import type { OperationName } from '../aws/operations.ts';

export interface Position {
  /** Both from 1, as editors show them; `offset` from 0. */
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Problem {
  readonly range: Range;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

export interface Lab {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly services: readonly string[];
  /** The rows of the syllabus that this lab covers. */
  readonly covers: readonly string[];
  /** The lab whose results this one starts from, where they are still there. */
  readonly buildsOn?: string;
  /** Where its files are; absent for a text that is not on the disk. */
  readonly folder?: string;
  readonly source?: { readonly title: string; readonly url: string };
  readonly corrections: readonly string[];
  readonly inputs: readonly Input[];
  readonly names: readonly Name[];
  /** What stands between the title and the first step. */
  readonly intro: readonly RootContent[];
  readonly steps: readonly Step[];
}

/** `file`: a file of the learner's own, which they choose; it may be left out. */
export type InputType = 'text' | 'email' | 'url' | 'number' | 'choice' | 'yes-no' | 'file';

export interface Input {
  readonly name: string;
  readonly label: string;
  readonly type: InputType;
  readonly help?: string;
  readonly default?: string;
  /** Whole-value regular expression; `patternHelp` is said when it does not match. */
  readonly pattern?: string;
  readonly patternHelp?: string;
  readonly choices?: readonly string[];
}

/** A name that a resource will have: a default that the learner may override. May use `${session}`, `${target}` and `${inputs}`. */
export interface Name {
  readonly name: string;
  readonly default: Template;
}

export interface Step {
  readonly id: string;
  /** From 1, as shown. */
  readonly number: number;
  readonly title: string;
  /** `read`: nothing to run and nothing to check. */
  readonly kind: 'read' | 'do';
  /** Heading excluded; in the order of the text. */
  readonly parts: readonly Part[];
  readonly actions: readonly Action[];
  readonly checks: readonly Check[];
  readonly range: Range;
}

/** `first` and `count` say which of the step's actions or checks stand here in the text. */
export type Part =
  | { readonly kind: 'prose'; readonly nodes: readonly RootContent[] }
  | { readonly kind: 'run'; readonly first: number; readonly count: number }
  | { readonly kind: 'check'; readonly first: number; readonly count: number };

/** JSON whose strings may hold `${...}`. */
export type Template = string | number | boolean | null | readonly Template[] | { readonly [key: string]: Template };

interface ActionBase {
  /** `<step id>/<index>`: unique in the lab. */
  readonly id: string;
  readonly title?: string;
  /** Elsewhere it is left out, and shown so. */
  readonly only?: 'sandbox';
  readonly range: Range;
}

export interface Request {
  readonly operation: OperationName;
  readonly with: Template;
}

export interface ExpectError {
  /** The SDK's exception name, or the wire code. */
  readonly code: string;
  /** Must occur in the error's message. */
  readonly message?: string;
  /** Shown when the call succeeds, or fails in another way. */
  readonly hint?: string;
}

export interface Patience {
  readonly withinMs: number;
  readonly everyMs: number;
}

export type Action =
  | (ActionBase & {
      kind: 'call';
      request: Request;
      /** Of a session made before, instead of the target's own. */
      credentials?: Template;
      save?: string;
      expectError?: ExpectError;
    })
  | (ActionBase & { kind: 'until'; request: Request; expression: string; patience: Patience; save?: string })
  | (ActionBase & { kind: 'wait'; ms: number })
  | (ActionBase & {
      kind: 'ask';
      question: Template;
      /** How the sandbox answers by itself: the mail to open and the link in it to follow. */
      mail?: { to: Template; subject?: string; link?: string };
      /** What is to hold once the learner has done it; without it the learner says so. */
      until?: { request: Request; expression: string; patience: Patience };
      save?: string;
    })
  /** What was found, picked out and put together for the learner to see. */
  | (ActionBase & { kind: 'show'; value: Template; save?: string })
  /** Reads SAML metadata by the validator: the first of the sources that is there. */
  | (ActionBase & { kind: 'metadata'; sources: readonly MetadataSource[]; save?: string })
  /** What the identity provider is to be told of AWS or a user pool. */
  | (ActionBase & { kind: 'relying-party'; of: RelyingParty; save?: string })
  /** A person signs in at the local identity provider. */
  | (ActionBase & {
      kind: 'sign-in';
      user: Template;
      to: SignInTo;
      break?: string;
      save?: string;
      expectError?: ExpectError;
    })
  | (ActionBase & { kind: 'open'; url: Template })
  | (ActionBase & { kind: 'agent'; act: 'start' | 'stop' });

export type MetadataSource =
  | { readonly kind: 'identity-provider' }
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'file'; readonly name: string; readonly text: Template }
  | { readonly kind: 'text'; readonly text: Template };

export type RelyingParty =
  | { readonly kind: 'aws'; readonly provider: Template }
  | { readonly kind: 'cognito'; readonly pool: Template; readonly domain: Template };

export type SignInTo =
  | { readonly kind: 'aws' }
  | {
      readonly kind: 'cognito';
      /** The prefix of the pool's domain. */
      readonly domain: Template;
      readonly client: Template;
      readonly callback: Template;
      readonly provider: Template;
      readonly scope?: Template;
    };

export interface Check {
  /** `<step id>/check/<index>`. */
  readonly id: string;
  readonly title?: string;
  readonly only?: 'sandbox';
  /** What is looked at: the answer of a call, or what was saved. */
  readonly of:
    { readonly kind: 'call'; readonly request: Request } | { readonly kind: 'show'; readonly value: Template };
  /** JMESPath over the answer; the session's own values are reached by `${...}` inside it. */
  readonly expect: string;
  /** The hint shown when it does not hold; may use `${...}`. */
  readonly else: string;
  readonly patience?: Patience;
  readonly save?: string;
  readonly expectError?: ExpectError;
  readonly range: Range;
}
