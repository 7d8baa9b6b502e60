// Whatever the SDK, the network or Node throws -> what it means. In: that, and what was called. Out: one AwsFailure of a known kind.
import { AwsFailure } from './errors.ts';
import { refusalAdvice } from './refusalAdvice.ts';

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
const unsigned = new Set(['SignatureDoesNotMatch', 'InvalidSignatureException']);
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
const quota = new Set(['LimitExceeded', 'LimitExceededException']);
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
  const own = isAboutResponse(thrown, context) ? undefined : fromCredentials(thrown, context);
  return own ?? fromNetwork(thrown, context) ?? fromService(thrown, context);
}

/** AssumeRoleWithSAML is not signed: what it calls expired or denied is the SAML response, not the caller's credentials. */
const isAboutResponse = ({ status }: Thrown, { operation }: CallContext): boolean =>
  operation === 'sts.AssumeRoleWithSAML' && status !== undefined;

/** Of IAM and Cognito it is a quota, and no sooner gone for waiting. */
const isQuota = (thrown: Thrown, { operation }: CallContext): boolean =>
  /^(iam|cognito-idp)\./.test(operation) && isIn(quota, thrown);

function fromCredentials(thrown: Thrown, { profile, operation }: CallContext): AwsFailure | undefined {
  // Nobody's credentials go with this call: what has expired is the response that it brings.
  if (operation === 'sts.AssumeRoleWithSAML' && isIn(expired, thrown)) return undefined;
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
  if (isIn(skewed, thrown) || (isIn(unsigned, thrown) && /expired|not yet current/i.test(thrown.message)))
    return new AwsFailure('clock-skew', {
      ...facts,
      what: "This computer's clock differs too much from AWS's.",
      advice: "Set the clock (automatic time in the system's settings) and try again.",
    });
  if (isIn(unsigned, thrown) || isIn(invalid, thrown))
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

function fromService(thrown: Thrown, context: CallContext): AwsFailure {
  const { operation, region } = context;
  const facts = { code: thrown.code, wireCode: thrown.wireCode, requestId: thrown.requestId };
  const said = thrown.message.trim();
  if ((isIn(throttled, thrown) && !isQuota(thrown, context)) || thrown.throttling || thrown.status === 429)
    return new AwsFailure('throttled', {
      ...facts,
      what: `${operation} was throttled: too many calls at once.`,
      advice: 'Wait a moment and try again.',
    });
  if (isIn(denied, thrown))
    return new AwsFailure('access-denied', {
      ...facts,
      what: `Access denied for ${operation}${said ? `: ${said}` : '.'}`,
      advice: adviceForDenied(context),
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
    advice: refusalAdvice(operation, thrown.wireCode),
  });
}

function adviceForDenied({ operation, profile }: CallContext): string {
  if (operation === 'sts.AssumeRoleWithSAML')
    return "Compare the role's trust policy (provider, action, SAML:aud and its other conditions) with what the response says.";
  return `Ask for that permission, or use ${profile ? `another profile than ${profile}` : 'another profile'}; the sandbox allows everything.`;
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
