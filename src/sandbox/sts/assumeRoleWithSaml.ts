// AssumeRoleWithSAML: nobody has signed the request; the response of the identity provider is what counts. It is verified for good:
// signature, issuer, audience, time, recipient, the pair of role and provider, and then the role's trust policy decides.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html
import { createPrivateKey } from 'node:crypto';
import type { AssumeRoleWithSAMLCommandInput, AssumeRoleWithSAMLCommandOutput } from '@aws-sdk/client-sts';
import type { AssertionFacts } from '../../saml/message/assertion.ts';
import type { IamPort, SamlProviderFacts } from '../ports.ts';
import { AwsError } from '../service.ts';
import { roleSession, sessionPolicies, type Assumed } from './assumeRole.ts';
import { checkConstraints } from './constraints.ts';
import { parseRoleArn } from './roles.ts';
import { samlContext, subjectFacts } from './samlContext.ts';
import { discovery, invalidToken, notAuthorized, refusalOf } from './samlRefusals.ts';

export type SamlInput = AssumeRoleWithSAMLCommandInput & {
  readonly RoleArn: string;
  readonly PrincipalArn: string;
  readonly SAMLAssertion: string;
};

export interface AssumedWithSaml extends Assumed {
  readonly answer: Omit<AssumeRoleWithSAMLCommandOutput, '$metadata' | 'Credentials'>;
}

/** Clocks may differ by a minute. */
const skewSeconds = 60;
const lifetime = 5 * 60_000;

export async function assumeRoleWithSaml(
  iam: IamPort,
  now: number,
  input: SamlInput,
  requestId: string,
): Promise<AssumedWithSaml> {
  checkInput(input);
  const role = parseRoleArn(input.RoleArn);
  if (!role) throw new AwsError('ValidationError', `${input.RoleArn} is invalid`);
  const provider = iam.samlProvider(input.PrincipalArn);
  if (!provider) throw discovery("Specified provider doesn't exist", requestId, 'AuthSamlManifestNotFoundException');
  const assertion = await verify(input.SAMLAssertion, provider, now, requestId);
  const wanted = await wishOf(assertion, provider);
  const isOffered = wanted.pairs.some((one) => one.role === input.RoleArn && one.provider === input.PrincipalArn);
  if (!isOffered || role.name.startsWith('AWSReservedSSO_')) throw notAuthorized();
  const trust = iam.assumableWithSaml(input.RoleArn, provider.arn, wanted);
  if (!trust.ok) throw notAuthorized();
  const seconds = secondsOf(input.DurationSeconds ?? 3600, trust.maxSeconds, assertion, now);
  const policies = sessionPolicies(iam, input, role.account);
  const session = { policies, tags: wanted.tags, transitive: wanted.transitive };
  const caller = { ...roleSession(role, trust.roleId, wanted.sessionName), session };
  return {
    caller,
    seconds,
    answer: {
      AssumedRoleUser: { AssumedRoleId: caller.userId, Arn: caller.arn },
      ...wanted.subject,
      ...(policies.length > 0 && { PackedPolicySize: Math.ceil(policies.join('').length / 20.48) }),
      ...(wanted.source !== undefined && { SourceIdentity: wanted.source }),
    },
  };
}

function checkInput({ RoleArn, PrincipalArn, SAMLAssertion, DurationSeconds, Policy }: SamlInput): void {
  const most = 100_000;
  // A value of that length is not said again.
  if (SAMLAssertion.length > most) {
    const rule = `Value at 'sAMLAssertion' failed to satisfy constraint: Member must have length less than or equal to ${most}`;
    throw new AwsError('ValidationError', `1 validation error detected: ${rule}`);
  }
  checkConstraints([
    ['roleArn', RoleArn, { min: 20, max: 2048 }],
    ['principalArn', PrincipalArn, { min: 20, max: 2048 }],
    ['sAMLAssertion', SAMLAssertion, { min: 4 }],
    ['durationSeconds', DurationSeconds, { min: 900, max: 43_200 }],
    ['policy', Policy, { min: 1 }],
  ]);
}

/** @throws InvalidIdentityToken, ExpiredTokenException, AccessDenied */
async function verify(
  text: string,
  provider: SamlProviderFacts,
  now: number,
  requestId: string,
): Promise<AssertionFacts> {
  const { checkResponse, decodeMessage, trustFromMetadata } = await loadSaml();
  const decoded = decodeMessage(text);
  if (!decoded.ok || decoded.kind === 'jwt' || text.trimStart().startsWith('<'))
    throw discovery('Invalid base64 SAMLResponse', requestId);
  const trust = trustFromMetadata(provider.metadata, now);
  const isEncrypted = /<(?:[\w.-]+:)?EncryptedAssertion[\s>/]/.test(decoded.xml);
  if (provider.encryption === 'Required' && !isEncrypted)
    throw discovery('Assertion encryption is required for the specified provider', requestId);
  const keys = isEncrypted ? provider.privateKeys : [];
  const tried = [undefined, ...keys].map((pem) =>
    checkResponse(decoded.xml, {
      trust,
      now,
      skewSeconds,
      audience: ['urn:amazon:webservices', ...recipientsIn(decoded.xml)],
      provider: 'iam',
      ...(pem !== undefined && { decryptionKey: createPrivateKey(pem) }),
    }),
  );
  const checked = tried.find(({ assertion }) => assertion !== undefined) ?? tried[0];
  const issuer = /<(?:[\w.-]+:)?Issuer(?:\s[^>]*)?>([^<]*)</.exec(decoded.xml)?.[1]?.trim();
  // A stranger's response is told as such, before its signature is looked at.
  if (
    checked?.assertion === undefined &&
    issuer !== undefined &&
    trust.entityID !== undefined &&
    issuer !== trust.entityID
  )
    throw discovery('Issuer not present in specified provider', requestId);
  const refusal = refusalOf(checked?.findings ?? [], requestId);
  if (refusal) throw refusal;
  if (!checked?.assertion) throw invalidToken('Response signature invalid');
  const { assertion } = checked;
  if (now - (assertion.issued ?? 0) > lifetime + skewSeconds * 1000)
    throw new AwsError('ExpiredTokenException', 'Token must be redeemed within 5 minutes of issuance');
  if (!assertion.confirmations.some(({ recipient = '' }) => signIn.test(recipient))) throw notAuthorized();
  return assertion;
}

/** Both are heavy: they load when the first response comes. */
const loadSaml = async () => ({
  ...(await import('../../saml/message/checkResponse.ts')),
  ...(await import('../../saml/message/decodeMessage.ts')),
  ...(await import('../../saml/message/trust.ts')),
});

/** Where AWS sign-in takes responses: the global address, regional ones, those of one provider, and the sandbox's own page. */
const signIn =
  /^(?:https:\/\/(?:[a-z0-9-]+\.)?signin\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)\/saml(?:\/acs\/\w+)?|http:\/\/signin\.localhost(?::\d+)?\/saml)$/;

/** An audience may also be the address of sign-in. */
const recipientsIn = (xml: string): string[] =>
  [...xml.matchAll(/Recipient="([^"]*)"/g)].map(([, recipient = '']) => recipient).filter((one) => signIn.test(one));

const prefix = 'https://aws.amazon.com/SAML/Attributes/';

/** What the assertion asks for, as a trust policy sees it. */
async function wishOf(assertion: AssertionFacts, provider: SamlProviderFacts) {
  const { rolePairs } = await import('../../saml/message/awsAttributes.ts');
  const valuesOf = (name: string) => assertion.attributes.find((one) => one.name === `${prefix}${name}`)?.values ?? [];
  const [sessionName = ''] = valuesOf('RoleSessionName');
  const [source] = valuesOf('SourceIdentity');
  const transitive = valuesOf('TransitiveTagKeys');
  const tags = Object.fromEntries(
    assertion.attributes
      .filter(({ name }) => name.startsWith(`${prefix}PrincipalTag:`))
      .map(({ name, values: [value = ''] }) => [name.slice(`${prefix}PrincipalTag:`.length), value]),
  );
  const subject = subjectFacts(assertion, provider);
  const keys = Object.keys(tags);
  return {
    pairs: rolePairs(assertion),
    subject,
    sessionName,
    source,
    tags,
    transitive,
    actions: [
      'sts:AssumeRoleWithSAML',
      ...(keys.length > 0 ? ['sts:TagSession'] : []),
      ...(source === undefined ? [] : ['sts:SetSourceIdentity']),
    ],
    context: {
      ...samlContext(subject, assertion, provider),
      'sts:RoleSessionName': sessionName,
      ...(source !== undefined && { 'sts:SourceIdentity': source }),
      ...(keys.length > 0 && { 'aws:TagKeys': keys }),
      ...(transitive.length > 0 && { 'sts:TransitiveTagKeys': transitive }),
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    },
  };
}

/** The session ends with what was asked for, or with the session at the identity provider if that is earlier. */
function secondsOf(wanted: number, longest: number, { sessionNotOnOrAfter }: AssertionFacts, now: number): number {
  if (wanted > longest) {
    const message = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
    throw new AwsError('ValidationError', message);
  }
  if (sessionNotOnOrAfter === undefined) return wanted;
  return Math.max(1, Math.min(wanted, Math.floor((sessionNotOnOrAfter - now) / 1000)));
}
