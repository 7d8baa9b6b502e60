// Where calls go: the sandbox, a real AWS account, or any endpoint. All three are the same type, and a lab cannot tell them apart.
// In: operation and input. Out: the service's answer, or an AwsFailure that says what happened and what to do.
// Never: logs or shows a credential, or sends an operation that is not in operations.ts.
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

export interface Target {
  readonly kind: TargetKind;
  readonly label: string;
  readonly account: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly facts: TargetFacts;
  /** When the credentials end, where known. */
  expires(): Date | undefined;
  /** Throws AwsFailure, or the signal's reason. */
  send<O extends OperationName>(operation: O, input: InputOf<O>, options?: SendOptions): Promise<OutputOf<O>>;
  /** The same for an operation chosen by a lab, whose input was checked against the service's schema. */
  sendAny(operation: OperationName, input: object, options?: SendOptions): Promise<object>;
  /** Real time on AWS; in the sandbox, whose clock is moved on, immediate. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Asks STS who the caller is now; throws AwsFailure `wrong-account` if that is not the account this target was opened with. */
  verify(signal?: AbortSignal): Promise<void>;
  readonly mailbox?: MailboxClient;
  /** Returns what ends the listening. */
  onCall(listener: (record: CallRecord) => void): () => void;
  dispose(): void;
}
