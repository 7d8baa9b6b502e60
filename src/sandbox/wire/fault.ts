// How each protocol says that something was refused before a service saw it. One row a refusal, one column a dialect.
import { AwsError } from '../service.ts';
import type { ServiceDescription } from './description.ts';
import type { Path } from './missing.ts';

export type Dialect = 'json' | 'query' | 'ec2' | 'restJson' | 'restXml';

interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

const suspectKey =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

const invalidToken = 'The security token included in the request is invalid.';
const expiredToken = 'The security token included in the request is expired';

const refusals = {
  unsigned: {
    json: { code: 'MissingAuthenticationTokenException', status: 400, message: 'Missing Authentication Token' },
    query: { code: 'MissingAuthenticationToken', status: 403, message: 'Request is missing Authentication Token' },
    ec2: { code: 'MissingAuthenticationToken', status: 403, message: 'Request is missing Authentication Token' },
    restJson: { code: 'MissingAuthenticationTokenException', status: 403, message: 'Missing Authentication Token' },
    restXml: { code: 'AccessDenied', status: 403, message: 'Access Denied' },
  },
  unknownKey: {
    json: { code: 'UnrecognizedClientException', status: 400, message: invalidToken },
    query: { code: 'InvalidClientTokenId', status: 403, message: invalidToken },
    ec2: { code: 'AuthFailure', status: 401, message: 'AWS was not able to validate the provided access credentials' },
    restJson: { code: 'UnrecognizedClientException', status: 403, message: invalidToken },
    restXml: {
      code: 'InvalidAccessKeyId',
      status: 403,
      message: 'The AWS Access Key Id you provided does not exist in our records.',
    },
  },
  wrongSignature: {
    json: { code: 'InvalidSignatureException', status: 400, message: suspectKey },
    query: { code: 'SignatureDoesNotMatch', status: 403, message: suspectKey },
    ec2: { code: 'AuthFailure', status: 401, message: 'AWS was not able to validate the provided access credentials' },
    restJson: { code: 'InvalidSignatureException', status: 403, message: suspectKey },
    restXml: {
      code: 'SignatureDoesNotMatch',
      status: 403,
      message:
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    },
  },
  incomplete: {
    json: { code: 'IncompleteSignatureException', status: 400, message: '' },
    query: { code: 'IncompleteSignature', status: 400, message: '' },
    ec2: { code: 'IncompleteSignature', status: 400, message: '' },
    restJson: { code: 'IncompleteSignatureException', status: 403, message: '' },
    restXml: { code: 'AuthorizationHeaderMalformed', status: 400, message: '' },
  },
  skewed: {
    json: { code: 'InvalidSignatureException', status: 400, message: '' },
    query: { code: 'SignatureDoesNotMatch', status: 403, message: '' },
    ec2: { code: 'RequestExpired', status: 400, message: 'Request has expired.' },
    restJson: { code: 'InvalidSignatureException', status: 403, message: '' },
    restXml: {
      code: 'RequestTimeTooSkewed',
      status: 403,
      message: 'The difference between the request time and the current time is too large.',
    },
  },
  expired: {
    json: { code: 'ExpiredTokenException', status: 400, message: expiredToken },
    query: { code: 'ExpiredToken', status: 403, message: expiredToken },
    ec2: { code: 'RequestExpired', status: 400, message: 'Request has expired.' },
    restJson: { code: 'ExpiredTokenException', status: 403, message: expiredToken },
    restXml: { code: 'ExpiredToken', status: 400, message: 'The provided token has expired.' },
  },
  malformed: {
    json: { code: 'SerializationException', status: 400, message: '' },
    query: { code: 'MalformedQueryString', status: 404, message: 'The query string contains a syntax error' },
    ec2: { code: 'MalformedQueryString', status: 404, message: 'The query string contains a syntax error' },
    restJson: {
      code: 'InvalidRequestContentException',
      status: 400,
      message: 'Could not parse request body into json: could not parse payload',
    },
    restXml: {
      code: 'MalformedXML',
      status: 400,
      message: 'The XML you provided was not well-formed or did not validate against our published schema',
    },
  },
  wrongType: {
    json: { code: 'SerializationException', status: 400, message: '' },
    query: { code: 'MalformedInput', status: 400, message: '' },
    ec2: { code: 'InvalidParameterValue', status: 400, message: '' },
    restJson: { code: 'SerializationException', status: 400, message: '' },
    restXml: {
      code: 'MalformedXML',
      status: 400,
      message: 'The XML you provided was not well-formed or did not validate against our published schema',
    },
  },
  wrongHash: {
    json: { code: 'InvalidSignatureException', status: 400, message: suspectKey },
    query: { code: 'SignatureDoesNotMatch', status: 403, message: suspectKey },
    ec2: { code: 'AuthFailure', status: 401, message: 'AWS was not able to validate the provided access credentials' },
    restJson: { code: 'InvalidSignatureException', status: 403, message: suspectKey },
    restXml: {
      code: 'XAmzContentSHA256Mismatch',
      status: 400,
      message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
    },
  },
} satisfies Record<string, Record<Dialect, Refusal>>;

export function refusal(kind: keyof typeof refusals, dialect: Dialect, message = ''): AwsError {
  const row: Refusal = refusals[kind][dialect];
  return new AwsError(row.code, message || row.message, { status: row.status });
}

export function unknownOperation(description: ServiceDescription, dialect: Dialect, name: string): AwsError {
  switch (dialect) {
    case 'json':
      return new AwsError('UnknownOperationException', '', { status: 400 });
    case 'ec2':
      return new AwsError('InvalidAction', `The action ${name} is not valid for this web service.`, { status: 400 });
    case 'query':
      if (description.alsoQuery) {
        return new AwsError('InvalidAction', `The action ${name} is not valid for this endpoint.`, { status: 400 });
      }
      return new AwsError('InvalidAction', `Could not find operation ${name} for version ${description.version}`, {
        status: 400,
      });
    case 'restXml':
      return new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
        status: 405,
      });
    case 'restJson':
      return new AwsError('UnknownOperationException', '', { status: 404 });
  }
}

export const notImplemented = (service: string, operation: string): AwsError =>
  new AwsError('NotImplemented', `${service}.${operation} is not implemented in the sandbox.`, {
    status: 501,
    fault: 'server',
  });

/** SQS and EC2 name the first parameter that is missing, SNS a missing ARN; otherwise what is null is counted and listed. */
export function missingParameters(description: ServiceDescription, dialect: Dialect, paths: readonly Path[]): AwsError {
  if (dialect === 'ec2' || description.alsoQuery) {
    const name = String(paths[0]?.findLast((part) => typeof part === 'string') ?? '');
    const said = dialect === 'ec2' ? name.charAt(0).toLowerCase() + name.slice(1) : name;
    return new AwsError('MissingParameter', `The request must contain the parameter ${said}.`, { status: 400 });
  }
  const [first] = paths[0] ?? [];
  if (typeof first === 'string' && description.noValue?.test(first)) {
    const message = `Invalid parameter: ${first} Reason: no value for required parameter`;
    return new AwsError('InvalidParameterException', message);
  }
  const found = `${paths.length} validation error${paths.length === 1 ? '' : 's'} detected`;
  const each = paths.map(
    (path) => `Value null at '${wirePath(path)}' failed to satisfy constraint: Member must not be null`,
  );
  const code =
    dialect === 'query' ? 'ValidationError' : dialect === 'restXml' ? 'InvalidRequest' : 'ValidationException';
  return new AwsError(code, `${found}: ${each.join('; ')}`, { status: 400 });
}

const wirePath = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `${part}.member` : part.charAt(0).toLowerCase() + part.slice(1)))
    .join('.');
