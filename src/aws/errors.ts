// What went wrong, for people: what happened, then what to do.
// In: whatever a call threw. Out: one AwsFailure of a known kind. Never: a secret, or text that may hold one.

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

/** What the sentences may mention. */
export interface CallContext {
  readonly operation: string;
  readonly region: string;
  readonly endpoint?: string | undefined;
  /** The endpoint is the sandbox, which whoever uses it starts again. */
  readonly sandbox?: boolean;
  readonly profile?: string | undefined;
}

interface Thrown {
  readonly name: string;
  readonly code: string;
  readonly wireCode: string;
  readonly message: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly throttling: boolean;
}

const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'ExpiredCredentials']);
const invalid = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
  'InvalidSecurity',
  'MissingAuthenticationToken',
  'AuthFailure',
  'IncompleteSignature',
  'InvalidToken',
]);
const skewed = new Set(['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture']);
const denied = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'UnauthorizedOperation',
  'UnauthorizedAccess',
]);
const throttled = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'Throttled',
  'RequestThrottled',
  'RequestThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'ProvisionedThroughputExceededException',
  'LimitExceededException',
  'SlowDown',
  'PriorRequestNotComplete',
  'BandwidthLimitExceeded',
]);
const regional = new Set([
  'OptInRequired',
  'AuthorizationHeaderMalformed',
  'PermanentRedirect',
  'IllegalLocationConstraintException',
]);
/** The connection was never made, so nothing can have happened. */
const unconnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
const broken = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ECONNABORTED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'UND_ERR_SOCKET',
  'ERR_HTTP2_STREAM_ERROR',
  'ERR_HTTP2_SESSION_ERROR',
]);

export function classifyError(error: unknown, context: CallContext): AwsFailure {
  if (error instanceof AwsFailure) return error;
  const thrown = read(error);
  return fromCredentials(thrown, context) ?? fromNetwork(thrown, context) ?? fromService(thrown, context);
}

function fromCredentials(thrown: Thrown, { profile }: CallContext): AwsFailure | undefined {
  const login = profile ? `aws sso login --profile ${profile}` : 'aws sso login';
  const facts = { code: thrown.code, wireCode: thrown.wireCode, requestId: thrown.requestId };
  if (isIn(expired, thrown) || (isProvider(thrown) && /expired|invalid_grant|refresh/i.test(thrown.message)))
    return new AwsFailure('credentials-expired', {
      ...facts,
      what: 'The credentials have expired.',
      advice: `Get new ones (\`${login}\`, or paste fresh temporary keys) and try again; nothing is lost.`,
    });
  if (isProvider(thrown))
    return new AwsFailure('credentials-missing', {
      ...facts,
      what: profile ? `No credentials could be had from profile ${profile}.` : 'No AWS credentials were found.',
      advice: `Sign in (\`${login}\`), run \`aws configure\`, or choose another profile; or use the sandbox, which needs none.`,
    });
  if (
    isIn(skewed, thrown) ||
    (thrown.code === 'SignatureDoesNotMatch' && /expired|not yet current/i.test(thrown.message))
  )
    return new AwsFailure('clock-skew', {
      ...facts,
      what: "This computer's clock differs too much from AWS's.",
      advice: "Set the clock (automatic time in the system's settings) and try again.",
    });
  if (thrown.code === 'SignatureDoesNotMatch' || isIn(invalid, thrown))
    return new AwsFailure('credentials-invalid', {
      ...facts,
      what: 'AWS does not accept these credentials.',
      advice:
        'Check that access key, secret and session token belong together, are complete, and were not deleted; then try again.',
    });
  return undefined;
}

function fromNetwork(thrown: Thrown, { endpoint, region, operation, sandbox }: CallContext): AwsFailure | undefined {
  const facts = { code: thrown.code };
  if (/region is missing/i.test(thrown.message))
    return new AwsFailure('wrong-region', {
      ...facts,
      what: 'No AWS region is set.',
      advice: 'Give one (--region), or set `region` in the profile.',
    });
  if (unconnected.has(thrown.code) || /connection to proxies/i.test(thrown.message)) {
    if (sandbox)
      return new AwsFailure('network', {
        ...facts,
        what: 'The sandbox does not answer: it has ended.',
        advice: 'It is started again with its state. Try again; nothing is lost.',
      });
    if (endpoint !== undefined)
      return new AwsFailure('network', {
        ...facts,
        what: `Nothing answers at ${endpoint}.`,
        advice: 'Check that it is running and that the address is right; then try again.',
      });
    return new AwsFailure('network', {
      ...facts,
      what: `AWS in ${region} could not be reached.`,
      advice: `Check the network, a proxy or VPN, and that "${region}" is a region; then try again.`,
    });
  }
  if (
    broken.has(thrown.code) ||
    thrown.name === 'TimeoutError' ||
    thrown.name === 'RequestTimeout' ||
    /socket hang up/i.test(thrown.message)
  )
    return new AwsFailure('network', {
      ...facts,
      effect: 'unknown',
      what: `The connection broke before ${operation} was answered.`,
      advice: 'Try again: what may have been made is looked up first.',
    });
  return undefined;
}

function fromService(thrown: Thrown, { operation, region, profile }: CallContext): AwsFailure {
  const facts = { code: thrown.code, wireCode: thrown.wireCode, requestId: thrown.requestId };
  const said = thrown.message.trim();
  if (isIn(throttled, thrown) || thrown.throttling || thrown.status === 429)
    return new AwsFailure('throttled', {
      ...facts,
      what: `${operation} was throttled: too many calls at once.`,
      advice: 'Wait a moment and try again.',
    });
  if (isIn(denied, thrown))
    return new AwsFailure('access-denied', {
      ...facts,
      what: `Access denied for ${operation}${said ? `: ${said}` : '.'}`,
      advice: `Ask for that permission, or use ${profile ? `another profile than ${profile}` : 'another profile'}; the sandbox allows everything.`,
    });
  if (isIn(regional, thrown))
    return new AwsFailure('wrong-region', {
      ...facts,
      what: said || `${operation} is not for region ${region}.`,
      advice: 'Choose the region that the account uses.',
    });
  if (thrown.status !== undefined && thrown.status >= 500)
    return new AwsFailure('service', {
      ...facts,
      effect: 'unknown',
      what: `The service failed at ${operation} (${thrown.code}).`,
      advice: 'Try again: what may have been made is looked up first.',
    });
  if (thrown.status === undefined)
    return new AwsFailure('not-sent', {
      ...facts,
      what: `${operation} was not sent: ${said || thrown.code}`,
      advice: 'Correct the input and try again.',
    });
  return new AwsFailure('refused', {
    ...facts,
    what: said || `${operation} was refused (${thrown.code}).`,
    advice: '',
  });
}

function isIn(codes: ReadonlySet<string>, { code, wireCode }: Thrown): boolean {
  return codes.has(code) || codes.has(wireCode);
}

function isProvider({ name }: Thrown): boolean {
  return name === 'CredentialsProviderError' || name === 'ProviderError' || name === 'TokenProviderError';
}

/** The border to whatever the SDK, the HTTP handler or Node throws. */
function read(thrown: unknown): Thrown {
  // `fetch` hides the network's own error in the cause of a TypeError.
  const error = thrown instanceof TypeError && thrown.cause instanceof Error ? thrown.cause : thrown;
  const from: Readonly<Record<string, unknown>> =
    typeof error === 'object' && error !== null ? Object.fromEntries(Object.entries(error)) : {};
  const metadata = object(from['$metadata']);
  const retryable = object(from['$retryable']);
  const name = error instanceof Error ? error.name : 'Error';
  const wireCode = (text(from['Code']) ?? text(from['code']) ?? text(from['__type']) ?? name).replace(/^.*[.#]/, '');
  // An SDK exception is named by its shape; an error of Node or of the network by its code.
  const named = '$fault' in from && name !== 'Error';
  return {
    name,
    code: named ? name : wireCode,
    wireCode,
    message: error instanceof Error ? error.message : String(error),
    status: typeof metadata['httpStatusCode'] === 'number' ? metadata['httpStatusCode'] : undefined,
    requestId: text(metadata['requestId']),
    throttling: retryable['throttling'] === true,
  };
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
