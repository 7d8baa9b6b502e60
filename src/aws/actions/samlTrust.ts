// The trust policy of a role for SAML sign-in. In: the provider and the addresses that assertions are sent to. Out: its text, and what is
// wrong with one that somebody changed. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
import { validatePolicy } from '../iamPolicy/validate.ts';

export interface TrustWish {
  readonly providerArn: string;
  /** What `SAML:aud` may be: the Recipient of the assertion, which is the sign-in address it is posted to. */
  readonly recipients: readonly string[];
  /** The assertion may bring session tags (`PrincipalTag:...`). */
  readonly tagSession?: boolean;
  /** It may say who the person is (`SourceIdentity`). */
  readonly sourceIdentity?: boolean;
}

export function trustPolicyText({ providerArn, recipients, tagSession, sourceIdentity }: TrustWish): string {
  const Action = [
    'sts:AssumeRoleWithSAML',
    ...(tagSession ? ['sts:TagSession'] : []),
    ...(sourceIdentity ? ['sts:SetSourceIdentity'] : []),
  ];
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: providerArn },
    Action,
    Condition: { StringEquals: { 'SAML:aud': recipients } },
  };
  return `${JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, undefined, 2)}\n`;
}

/** IAM's quota; it does not count white space. */
const longest = 2048;

/** What AWS would refuse, in a sentence. */
export function mistakeInTrust(text: string): string | undefined {
  const wrong = validatePolicy(text, { kind: 'unknown' }).find(({ severity }) => severity === 'error');
  if (wrong) return wrong.message;
  const statements = statementsIn(text);
  if (statements.length === 0) return 'The trust policy has no statement: nobody could take the role.';
  if (statements.some((one) => !('Principal' in one) && !('NotPrincipal' in one)))
    return 'A statement has no Principal. Say who is trusted, such as { "Federated": "arn:..." }.';
  if (statements.some((one) => 'Resource' in one || 'NotResource' in one))
    return 'A trust policy has no Resource: it is about its own role. Take it away.';
  const length = text.replaceAll(/\s/g, '').length;
  return length > longest
    ? `The trust policy has ${length.toLocaleString('en')} characters, blanks not counted; IAM takes ${longest.toLocaleString('en')}. Choose fewer regions.`
    : undefined;
}

function statementsIn(text: string): readonly object[] {
  const policy: unknown = JSON.parse(text); // it was found to be JSON
  const said: unknown = typeof policy === 'object' && policy !== null && 'Statement' in policy ? policy.Statement : [];
  return [said].flat().filter((one) => typeof one === 'object' && one !== null);
}
