// What went wrong, for people: what happened, then what to do. classifyError.ts makes one of whatever a call threw.
// Never: a secret, or text that may hold one.

export type FailureKind =
  | 'credentials-missing'
  | 'credentials-expired'
  | 'credentials-invalid'
  | 'access-denied'
  | 'throttled'
  | 'network'
  | 'wrong-region'
  | 'wrong-account'
  | 'clock-skew'
  /** The service failed (5xx). */
  | 'service'
  /** The service understood and said no (4xx). */
  | 'refused'
  /** We did not even send it. */
  | 'not-sent';

export class AwsFailure extends Error {
  readonly kind: FailureKind;
  /** The SDK's name for it, where it has one. */
  readonly code: string;
  /** What stood on the wire, which for SQS and SNS is often an older name. */
  readonly wireCode: string;
  readonly what: string;
  readonly advice: string;
  /** `unknown`: the call may have had its effect all the same. */
  readonly effect: 'none' | 'unknown';
  readonly requestId: string | undefined;

  constructor(
    kind: FailureKind,
    facts: {
      code: string;
      wireCode?: string;
      what: string;
      advice: string;
      effect?: 'unknown';
      requestId?: string | undefined;
    },
  ) {
    super(`${facts.what} ${facts.advice}`.trim());
    this.name = 'AwsFailure';
    this.kind = kind;
    this.code = facts.code;
    this.wireCode = facts.wireCode ?? facts.code;
    this.what = facts.what;
    this.advice = facts.advice;
    this.effect = facts.effect ?? 'none';
    this.requestId = facts.requestId;
  }
}
