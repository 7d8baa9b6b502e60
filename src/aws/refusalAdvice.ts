// What to do about a refusal where the service's own words do not say it. In: who was called, and what it said. Out: advice, or none.
import type { ServiceName } from './operations.ts';

type Advised = Partial<Record<ServiceName, readonly (readonly [codes: RegExp, advice: string])[]>>;

const rows: Advised = {
  iam: [
    [
      /^EntityAlreadyExists/,
      'Use the one that is there, or give this one another name; IAM names are the same in all regions.',
    ],
    [
      /^NoSuchEntity/,
      'Check the name, and that it is in this account; what was made a moment ago may need some seconds.',
    ],
    [/^DeleteConflict/, 'Take off what still hangs on it (policies, instance profiles), and try again.'],
    [
      /^MalformedPolicyDocument/,
      'Correct the policy: its JSON, the principals it names, or an action that IAM does not know.',
    ],
    [
      /^InvalidInput/,
      'Correct it. Of SAML metadata, open the file in the editor: the Problems view says what IAM does not take.',
    ],
    [/^LimitExceeded/, 'Remove what is not needed, or ask for a higher quota (Service Quotas, IAM).'],
    [/^ConcurrentModification/, 'Somebody changes it at the same moment. Wait a little, and try again.'],
    [/^UnmodifiableEntity/, 'It belongs to an AWS service; leave it to that service.'],
  ],
  'cognito-idp': [
    [/^ResourceNotFound/, 'Check the id, and that it is in this region.'],
    [/^DuplicateProvider/, 'Use the provider that is there, or give this one another name.'],
    [/^LimitExceeded/, 'Remove what is not needed, or ask for a higher quota (Service Quotas, Amazon Cognito).'],
    [/^ConcurrentModification/, 'Somebody changes it at the same moment. Wait a little, and try again.'],
    [/^InvalidOAuthFlow/, 'Make flows, secret and callback URLs of the app client fit each other.'],
    [
      /^ScopeDoesNotExist/,
      'Use openid, email, phone, profile, aws.cognito.signin.user.admin, or a scope of a resource server.',
    ],
    [/^UnsupportedIdentityProvider/, 'Create the identity provider in the user pool first.'],
  ],
  sts: [
    [/^ExpiredToken/, 'Sign in at the identity provider again: a SAML response is good for a few minutes.'],
    [
      /^InvalidIdentityToken/,
      "Compare certificate, issuer and audience of the response with the provider's metadata in IAM.",
    ],
    [/^IDPRejectedClaim/, 'Sign in at the identity provider again, and look what it said.'],
    [/^MalformedPolicyDocument|^PackedPolicyTooLarge/, 'Correct the session policy, or make it shorter.'],
    [/^RegionDisabled/, 'Switch STS on in that region (IAM, account settings), or use another region.'],
  ],
};

export function refusalAdvice(operation: string, code: string): string {
  const service = operation.slice(0, operation.indexOf('.'));
  const known = Object.entries(rows).find(([name]) => name === service)?.[1] ?? [];
  return known.find(([codes]) => codes.test(code))?.[1] ?? '';
}
