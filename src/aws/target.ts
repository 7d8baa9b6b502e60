// Where calls go: the sandbox, a real AWS account, or any endpoint. All three are the same type, and a lab cannot tell them apart.
// In: operation and input. Out: the service's answer, or an AwsFailure that says what happened and what to do.
// Never: logs or shows a credential, or sends an operation that is not in operations.ts.
import type { IdentityProvider } from './identityProvider.ts';
import type { InputOf, OperationName, OutputOf } from './operations.ts';

export type TargetKind = 'sandbox' | 'aws' | 'endpoint';

/** What a session pins. Plain JSON. */
export interface TargetFacts {
  readonly kind: TargetKind;
  /** For people: `Sandbox`, `AWS (profile work)`, `http://localhost:4566`. */
  readonly label: string;
  readonly account: string;
  readonly region: string;
  readonly endpoint?: string;
  /** The profile the credentials come from, so that a later clean-up finds the same account. */
  readonly profile?: string;
  /** ARN of the caller. */
  readonly caller?: string;
}

/** One call as it went, for logs. Holds no input, no output, no secret. */
export interface CallRecord {
  readonly operation: OperationName;
  readonly attempt: number;
  readonly ms: number;
  readonly requestId?: string;
  readonly error?: { readonly code: string; readonly what: string };
  /** It was asked whether something is there, and it is not: an answer, no error. */
  readonly absent?: boolean;
}

export interface SendOptions {
  readonly signal?: AbortSignal;
  /** Error codes that only say "there is no such thing", which is what was asked. */
  readonly absent?: readonly string[];
  /** 1: never send again by itself, because the caller settles what became of it. */
  readonly attempts?: number;
  /** Instead of the target's own: those of a session that a lab has made. They are used for this one call and not kept. */
  readonly credentials?: CallCredentials;
}

export interface CallCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly body: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly date: string;
  readonly read: boolean;
}

/** The sandbox's mailbox; other targets have none. */
export interface MailboxClient {
  list(signal?: AbortSignal): Promise<readonly Mail[]>;
  markRead(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Does what a click on the link does. Only links into the sandbox itself are followed. */
  follow(url: string, signal?: AbortSignal): Promise<void>;
}

/** Which queue is looked into. */
export interface PeekedQueue {
  readonly queueUrl: string;
  readonly region: string;
}

/** Columns: the same place in each is the same message, in the order of their coming. Times in milliseconds. */
export interface QueueOverview {
  readonly now: number;
  readonly retention: number;
  readonly counts: { readonly visible: number; readonly inflight: number; readonly delayed: number };
  /** Stays the same while nothing changes. */
  readonly mark: string;
  /** Absent where the mark is the one that was known. */
  readonly columns?: {
    /** The message's number in its queue. */
    readonly orders: readonly number[];
    /** One letter each: v(isible), i(n flight), d(elayed), l (visible, but its group is held up). */
    readonly states: string;
    readonly receives: readonly number[];
    /** When an invisible one becomes visible; 0: it is visible. */
    readonly due: readonly number[];
    readonly firstReceived: readonly number[];
  };
}

/** What never changes of a message in its queue. */
export interface PeekedContent {
  readonly order: number;
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  readonly senderId: string;
  /** Binary values as base64. */
  readonly attributes?: Readonly<
    Record<string, { readonly DataType: string; readonly StringValue?: string; readonly BinaryValue?: string }>
  >;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  readonly traceHeader?: string;
  /** ARN of the queue it was dead-lettered from. */
  readonly source?: string;
}

export interface PeekAct {
  readonly done: readonly string[];
  readonly left: readonly { readonly id: string; readonly why: 'gone' | 'in-flight' | 'no-source' | 'no-queue' }[];
}

/** Looks into the sandbox's queues without any effect on them; other targets have no such thing. */
export interface PeekClient {
  overview(queue: PeekedQueue, unless: string | undefined, signal?: AbortSignal): Promise<QueueOverview>;
  /** Those that came after number `after`; `next` is where the next page begins. */
  contents(
    queue: PeekedQueue,
    after: number,
    limit: number,
    signal?: AbortSignal,
  ): Promise<{ readonly messages: readonly PeekedContent[]; readonly next?: number }>;
  /** Takes messages out by their ids: for good, or back to where they came from (`to`: to that queue, an ARN). */
  act(act: 'delete' | 'move', queue: PeekedQueue, ids: readonly string[], to?: string): Promise<PeekAct>;
}

export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
  /** The bucket's; absent where it is the target's own. */
  readonly region?: string;
}

export interface Target {
  readonly kind: TargetKind;
  readonly label: string;
  readonly account: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly facts: TargetFacts;
  /** When the credentials end, where known; `unknown`: they end, and do not tell when. */
  expires(): Date | 'unknown' | undefined;
  /** The next call reads the credentials anew; calls under way go on. */
  refresh(): void;
  /** Throws AwsFailure, or the signal's reason. */
  send<O extends OperationName>(operation: O, input: InputOf<O>, options?: SendOptions): Promise<OutputOf<O>>;
  /** The same for an operation chosen by a lab, whose input was checked against the service's schema. */
  sendAny(operation: OperationName, input: object, options?: SendOptions): Promise<object>;
  /** A link to one object that works without credentials for so long, or until the credentials it is signed with end. */
  presign(object: ObjectPlace, seconds: number): Promise<string>;
  /** Real time on AWS; in the sandbox, whose clock is moved on, immediate. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Asks STS who the caller is now; throws AwsFailure `wrong-account` if that is not the account this target was opened with. */
  verify(signal?: AbortSignal): Promise<void>;
  readonly mailbox?: MailboxClient;
  readonly peek?: PeekClient;
  /** The sandbox's local one; other targets have none. */
  readonly identityProvider?: IdentityProvider;
  /** Returns what ends the listening. */
  onCall(listener: (record: CallRecord) => void): () => void;
  dispose(): void;
}
