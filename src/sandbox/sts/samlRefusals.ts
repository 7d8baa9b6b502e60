// What the checker found wrong with a response, in AWS's words. The gravest reason is told, and only that one.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_saml.html
import type { Finding } from '../../saml/finding.ts';
import { AwsError } from '../service.ts';

export const notAuthorized = (): AwsError =>
  new AwsError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithSAML', { status: 403 });

export const invalidToken = (message: string): AwsError => new AwsError('InvalidIdentityTokenException', message);

/** What AWS's verifier of federated tokens says, with its own name behind. */
export const discovery = (
  message: string,
  requestId: string,
  code = 'AuthSamlInvalidSamlResponseException',
): AwsError =>
  invalidToken(
    `${message} (Service: AWSOpenIdDiscoveryService; Status Code: 400; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`,
  );

type Words = (requestId: string, found: Finding) => AwsError;

const said =
  (message: string): Words =>
  (requestId) =>
    discovery(message, requestId);
const signature: Words = () => invalidToken('Response signature invalid');

/** In the order in which they are told. */
const words: readonly (readonly [rule: string, words: Words])[] = [
  ['R1', said('Invalid base64 SAMLResponse')],
  ['R2', said('Invalid base64 SAMLResponse')],
  ['R40', said('Invalid SAMLResponse: the response is not a successful SAML 2.0 response')],
  ['R42', said('Issuer not present in specified provider')],
  ['R26', signature],
  ['R41', signature],
  ['R45', timeWords],
  ['R44', said('Response does not contain the required audience.')],
  ['R43', () => notAuthorized()],
  [
    'R47',
    (_id, { message }) =>
      invalidToken(
        message.startsWith('There is no')
          ? 'RoleSessionName is required in AuthnResponse'
          : 'RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}',
      ),
  ],
  ['R48', () => invalidToken('SessionDuration in AuthnResponse must be between 900 and 43200')],
  ['R49', () => invalidToken('Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"')],
  // Without a pair in the response there is none that fits the request.
  ['R46', () => notAuthorized()],
];

function timeWords(_requestId: string, { message }: Finding): AwsError {
  return message.includes('not valid before')
    ? invalidToken('Token is not valid yet')
    : new AwsError('ExpiredTokenException', 'Token must be redeemed within 5 minutes of issuance');
}

/** The first of these rules that was broken; undefined where none was. */
export function refusalOf(findings: readonly Finding[], requestId: string): AwsError | undefined {
  const errors = findings.filter(({ severity }) => severity === 'error');
  for (const [rule, say] of words) {
    const found = errors.find((one) => one.rule === rule);
    if (found) return say(requestId, found);
  }
  return errors.length > 0 ? discovery('Invalid SAMLResponse', requestId) : undefined;
}
