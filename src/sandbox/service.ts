// What a service of the sandbox is to the wire, and what the sandbox is to a service.
// In: requests already parsed, verified and typed by the SDK's own shapes. Out: answers of the SDK's own shapes, or an AwsError.
// A service never sees HTTP, bytes or signatures, and never reads the time or makes ids but through its World.
import type { Readable } from 'node:stream';
import type { Clock } from './clock.ts';
import type { Mailbox } from './mailbox.ts';
import type { Policy } from './policy/policy.ts';
import type { Ports } from './ports.ts';

/** Who signed the request. `service` is an AWS service acting on its own behalf; `anonymous` did not sign. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  readonly accessKeyId: string;
  readonly kind: 'root' | 'user' | 'role' | 'service' | 'anonymous';
  /** What came with temporary credentials when they were asked for. */
  readonly session?: SessionFacts;
  /** A user that was made in the sandbox: held to its policies, as roles are. The sandbox's own user may do all. */
  readonly held?: true;
}

export interface SessionFacts {
  /** Session policies: the session may do nothing else, whatever its role may. */
  readonly policies: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Keys of tags that go on to the next role. */
  readonly transitive: readonly string[];
}

export interface Call {
  readonly account: string;
  readonly region: string;
  readonly caller: Caller;
  readonly requestId: string;
  /** Where this sandbox answers, without a slash at its end: 'http://127.0.0.1:4566'. Queue URLs begin with it. */
  readonly endpoint: string;
  /** Aborted when the client went away or the sandbox is reset: long polls end then. */
  readonly signal: AbortSignal;
}

/** A handler as the wire calls it; what it takes and gives is known only by its operation's name. */
export type Handler = (input: never, call: Call) => unknown;

/** An object's bytes as they come in; what was sent behind them (checksums) is known at their end. */
export interface StreamedBody extends Readable {
  readonly trailers: Readonly<Record<string, string>>;
}

/** Members AWS requires are there: the wire has refused requests without them. */
type Given<Input> = {
  [Name in keyof Input]: Readable extends Input[Name]
    ? StreamedBody | Extract<undefined, Input[Name]>
    : object extends Pick<Input, Name>
      ? Input[Name]
      : Exclude<Input[Name], undefined>;
};

/** Bytes may go out in any of these forms, whatever adapter the SDK's client wraps them in. */
type Bytes<Output> = {
  [Name in keyof Output]: NonNullable<Output[Name]> extends { transformToString(encoding?: string): unknown }
    ? Readable | Uint8Array | string | undefined
    : Output[Name];
};

interface CommandOf<Input, Output> {
  readonly input: Input;
  resolveMiddleware(...args: never[]): (args: never) => Promise<{ output: Output }>;
}

/** Handlers by operation, typed by an SDK client module: `Handlers<typeof import('@aws-sdk/client-sqs')>`. */
export type Handlers<Client> = {
  [Name in keyof Client as Name extends `${infer Operation}Command` ? Operation : never]?: Client[Name] extends new (
    ...args: never[]
  ) => CommandOf<infer Input, infer Output>
    ? (
        input: Given<Input>,
        call: Call,
      ) =>
        | Answer<Bytes<Omit<Output, '$metadata'>> & Answered>
        | Promise<Answer<Bytes<Omit<Output, '$metadata'>> & Answered>>
    : never;
};

/** REST only: another status than the one the model says (206 for part of an object), headers that it does not know. */
export interface Answered {
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly httpHeaders?: Readonly<Record<string, string>>;
  };
}

/** Operations without output may answer with nothing. */
type Answer<Output> = Record<never, never> extends Output ? Output | void : Output;

/** One resource as /_sandbox/state shows it: facts that stay the same while nobody acts (no times, no counters that run). */
export interface ResourceFact {
  readonly service: string;
  readonly type: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly [fact: string]: unknown;
}

export interface Service {
  /** As in ARNs and in operations' names: 'sqs'. */
  readonly name: string;
  readonly handlers: Readonly<Record<string, Handler>>;
  /** What this service offers to the others (see ports.ts). */
  readonly port?: unknown;
  /** All state, as plain data for the structured clone algorithm (Map, Set, Date and Uint8Array are fine; no functions). */
  snapshot(): unknown;
  restore(data: unknown): void;
  /** Forgets everything at once, by dropping references: 100,000 messages go within a millisecond. */
  reset(): void;
  resources(): readonly ResourceFact[];
  /** GET /_sandbox/peek/<service>?...: looks without any effect. */
  peek?(query: URLSearchParams): unknown;
  /** POST /_sandbox/peek/<service>/<act>: what a person does to what they saw so. Undefined: there is no such resource or act. */
  byHand?(act: string, body: Readonly<Record<string, unknown>>): unknown;
  /** The policy of one of its resources, which may allow to a role what the role's own policies do not speak of. */
  policyOf?(resourceArn: string): string | Policy | undefined;
  /** Condition keys that come from one of its resources, such as its tags: 'ec2:ResourceTag/AutoOff'. */
  conditionsOf?(resourceArn: string): Readonly<Record<string, string>>;
  /** A request of the sandbox's own under /_sandbox/<service>/. Undefined: there is no such thing. */
  admin?(method: string, path: readonly string[], body: Readonly<Record<string, unknown>>): unknown;
  /** An unsigned GET of a path that the table of services gives to this service. Undefined: there is no such page. */
  page?(path: string, query: URLSearchParams): Page | undefined;
  /** Any request at the hosts that the table of services gives to this service (`sites`): websites. */
  site?(request: WebRequest): WebAnswer | Promise<WebAnswer>;
  /**
   * A request that a page of another origin makes, or asks whether it may make (OPTIONS). An answer: that is it. Headers: the operation
   * is done, and they go with its answer. Undefined: this is not for web pages.
   */
  welcome?(request: WebRequest): Greeting | undefined;
}

/** A request as a browser makes it. */
export interface WebRequest {
  readonly method: string;
  readonly host: string;
  /** As sent, without the query; without the bucket where that was in it. */
  readonly path: string;
  readonly query: string;
  /** S3: the bucket that host or path name. */
  readonly bucket?: string;
  readonly requestId: string;
  /** What was posted; empty where the body has not been read yet. */
  readonly body: Uint8Array;
  header(name: string): string | undefined;
}

export type Greeting =
  | { readonly kind: 'answer'; readonly answer: WebAnswer }
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> };

export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable;
}

export interface Page {
  /** Its media type. */
  readonly type: string;
  readonly body: string;
}

/** What the sandbox gives to every service. */
export interface World {
  readonly clock: Clock;
  readonly mailbox: Mailbox;
  readonly defaultAccount: string;
  /** Where what is too long for the snapshot is kept over restarts; undefined: nothing is kept. */
  readonly dataDir: string | undefined;
  /** A fresh UUID. */
  id(): string;
  /** Fresh random text of so many bytes, in URL-safe base64. */
  token(bytes: number): string;
  /** Another service, loaded when first asked for. */
  port<Name extends keyof Ports>(name: Name): Promise<Ports[Name]>;
  /** State was changed: the snapshot on disk is renewed soon. Cheap: call it on every change. */
  changed(): void;
  /** Where the sandbox answers, for URLs that are made outside of a call. */
  endpoint(): string;
  log(line: string): void;
}

export interface AwsErrorOptions {
  readonly status?: number;
  readonly fault?: 'client' | 'server';
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of a modelled error. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/**
 * AWS's refusal. `code` is the shape's name in the SDK where the error is modelled (`QueueDoesNotExist`), else the wire's code
 * (`InvalidParameterValue`); the wire layer brings it into the form of the protocol spoken.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly options: AwsErrorOptions;

  constructor(code: string, message: string, options: AwsErrorOptions = {}) {
    super(message);
    this.code = code;
    this.options = options;
  }
}
