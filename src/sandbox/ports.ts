// What the services of the sandbox offer each other. Each service's owner keeps their own interface here.
// A port acts as a service principal or as a named caller, so that policies are asked as on AWS.
import type { Caller } from './service.ts';

/** On whose behalf a service acts: `service` is the principal ('sns.amazonaws.com'). */
export interface Acting {
  readonly service: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

export interface PortMessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

/** Text that is made when it is first read, since a signature costs more than all else. */
export interface LaterText {
  /** Whether it will be no longer than so many bytes. */
  fits(bytes: number): boolean;
  text(): string;
}

export const textOf = (text: string | LaterText): string => (typeof text === 'string' ? text : text.text());

export type Delivered =
  | { readonly ok: true; readonly messageId: string }
  | { readonly ok: false; readonly reason: 'no-such-queue' | 'access-denied' | 'invalid'; readonly message: string };

export interface SqsPort {
  /** Sends as a service principal; the queue's policy decides. */
  deliver(
    queueArn: string,
    message: {
      readonly body: string | LaterText;
      readonly attributes?: Readonly<Record<string, PortMessageAttribute>>;
      readonly groupId?: string;
      readonly deduplicationId?: string;
    },
    as: Acting,
  ): Delivered;
}

export interface SnsPort {
  /** Publishes as a service principal; the topic's policy decides. */
  publish(
    topicArn: string,
    message: {
      readonly subject?: string;
      readonly message: string;
      readonly attributes?: Readonly<Record<string, PortMessageAttribute>>;
    },
    as: Acting,
  ):
    | { readonly ok: true; readonly messageId: string }
    | { readonly ok: false; readonly reason: 'no-such-topic' | 'access-denied' | 'invalid'; readonly message: string };
}

/** Temporary credentials, and the keys that the sandbox knows. */
export interface StsPort {
  /** What a session token stands for; undefined where nobody issued it. `expires` is on the sandbox's clock. */
  session(accessKeyId: string): Session | undefined;
  /** Credentials of a role, as a service gets them for what it runs (a function, an instance). */
  issue(roleArn: string, sessionName: string, seconds: number): Session;
}

export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expires: number;
  readonly caller: Caller;
}

/** Asked by STS before a role is assumed, once IAM is there. */
export interface IamPort {
  /** The role's id (AROA...), or why the caller may not assume it. */
  assumable(
    roleArn: string,
    caller: Caller,
  ): { readonly ok: true; readonly roleId: string; readonly maxSeconds: number } | { readonly ok: false };
}

export interface Ports {
  readonly sqs: SqsPort;
  readonly sns: SnsPort;
  readonly sts: StsPort;
}
