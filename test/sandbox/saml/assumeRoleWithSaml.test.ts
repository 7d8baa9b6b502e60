// AssumeRoleWithSAML with responses of one's own making: what is verified, what trust policies can ask, and what comes out.
import {
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleWithSAMLCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeKeyPair, type KeyPair } from '../../../src/saml/certificate/makeCertificate.ts';
import { buildIdpMetadata } from '../../../src/saml/message/buildMetadata.ts';
import { buildResponse, type ResponseWish } from '../../../src/saml/message/buildResponse.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';

const entityID = 'https://idp.example.com/saml';
const provider = 'arn:aws:iam::123456789012:saml-provider/Own';
const role = 'arn:aws:iam::123456789012:role/Analyst';
const prefix = 'https://aws.amazon.com/SAML/Attributes/';
const usual = {
  [`${prefix}Role`]: [`${role},${provider}`],
  [`${prefix}RoleSessionName`]: ['ann@example.com'],
};

let sandbox: TestSandbox;
let key: KeyPair;
let iam: IAMClient;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  key = makeKeyPair({
    commonName: 'idp',
    validFrom: Date.now() - 86_400_000,
    validTo: Date.now() + 864_000_000,
    serial: Buffer.from([1]),
  });
  iam = sandbox.client(IAMClient);
  const metadata = buildIdpMetadata({
    entityID,
    signing: [key.certificate],
    signOn: { redirect: 'https://idp.example.com/sso' },
  });
  await iam.send(new CreateSAMLProviderCommand({ Name: 'Own', SAMLMetadataDocument: metadata }));
  await iam.send(new CreateRoleCommand({ RoleName: 'Analyst', AssumeRolePolicyDocument: trust({}) }));
});
afterAll(() => sandbox.stop());

const trust = (Condition: object, Action: string | string[] = 'sts:AssumeRoleWithSAML') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Federated: provider }, Action, Condition }],
  });

const setTrust = (...given: Parameters<typeof trust>) =>
  iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'Analyst', PolicyDocument: trust(...given) }));

function response(more: Partial<ResponseWish> = {}): string {
  const id = createHash('sha1').update(String(Math.random())).digest('hex');
  const xml = buildResponse({
    issuer: entityID,
    destination: 'https://signin.aws.amazon.com/saml',
    audience: 'urn:amazon:webservices',
    nameId: { value: 'ann', format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' },
    attributes: usual,
    now: sandbox.sandbox.clock.now(),
    ids: { response: `_r${id}`, assertion: `_a${id}` },
    key,
    ...more,
  });
  return Buffer.from(xml).toString('base64');
}

const assume = (SAMLAssertion: string, more: object = {}) =>
  sandbox
    .client(STSClient)
    .send(new AssumeRoleWithSAMLCommand({ RoleArn: role, PrincipalArn: provider, SAMLAssertion, ...more }));

const refused = (answer: Promise<unknown>, name: string, status: number, message: string | RegExp) =>
  expect(answer).rejects.toMatchObject({
    name,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
    $metadata: { httpStatusCode: status },
  });

const denied = (answer: Promise<unknown>) =>
  refused(answer, 'AccessDenied', 403, 'Not authorized to perform sts:AssumeRoleWithSAML');

test('credentials of the role, and who it is', async () => {
  const answer = await assume(response(), { DurationSeconds: 900 });
  expect(answer).toMatchObject({
    AssumedRoleUser: { Arn: 'arn:aws:sts::123456789012:assumed-role/Analyst/ann@example.com' },
    Subject: 'ann',
    SubjectType: 'persistent',
    Issuer: entityID,
    Audience: 'https://signin.aws.amazon.com/saml',
    NameQualifier: createHash('sha1').update(`${entityID}123456789012/Own`).digest('base64'),
  });
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = answer.Credentials ?? {};
  expect(Math.abs((Expiration?.getTime() ?? 0) - Date.now() - 900_000)).toBeLessThan(10_000);
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const who = await sandbox.client(STSClient, { credentials }).send(new GetCallerIdentityCommand({}));
  expect(who.Arn).toBe(answer.AssumedRoleUser?.Arn);
});

describe('what is verified', () => {
  test('issuer, signature, base64 and provider', async () => {
    const discovery =
      /\(Service: AWSOpenIdDiscoveryService; Status Code: 400; Error Code: AuthSaml\w+; Request ID: \S+; Proxy: null\)$/;
    const other = response({ issuer: 'https://other.example.com' });
    await refused(assume(other), 'InvalidIdentityTokenException', 400, /^Issuer not present in specified provider /);
    await refused(assume(other), 'InvalidIdentityTokenException', 400, discovery);
    await refused(assume('nonsense!'), 'InvalidIdentityTokenException', 400, /^Invalid base64 SAMLResponse /);
    const unsigned = response({ sign: 'none' });
    await refused(assume(unsigned), 'InvalidIdentityTokenException', 400, 'Response signature invalid');
    const stranger = assume(response(), { PrincipalArn: `${provider}2` });
    await refused(stranger, 'InvalidIdentityTokenException', 400, /^Specified provider doesn't exist /);
    await expect(assume(response({ sign: 'response' }))).resolves.toBeDefined();
  });

  test('time', async () => {
    const now = sandbox.sandbox.clock.now();
    const late = assume(response({ now: now - 3600_000 }));
    await refused(late, 'ExpiredTokenException', 400, 'Token must be redeemed within 5 minutes of issuance');
    const longLived = assume(response({ now: now - 3600_000, lifetimeSeconds: 86_400 }));
    await refused(longLived, 'ExpiredTokenException', 400, /5 minutes/);
    const early = assume(response({ now: now + 3600_000 }));
    await refused(early, 'InvalidIdentityTokenException', 400, /not valid yet/);
  });

  test('audience, recipient and the pair of role and provider', async () => {
    const audience = assume(response({ audience: 'urn:other' }));
    await refused(audience, 'InvalidIdentityTokenException', 400, /^Response does not contain the required audience\./);
    await denied(assume(response({ recipient: 'https://other.example.com/acs' })));
    await denied(assume(response({ attributes: { ...usual, [`${prefix}Role`]: [`${role}2,${provider}`] } })));
    const turned = response({ attributes: { ...usual, [`${prefix}Role`]: [`${provider},${role}`] } });
    await expect(assume(turned)).resolves.toBeDefined();
  });

  test('names', async () => {
    const { [`${prefix}Role`]: roles = [] } = usual;
    const nameless = assume(response({ attributes: { [`${prefix}Role`]: roles } }));
    const missing = 'RoleSessionName is required in AuthnResponse';
    await refused(nameless, 'InvalidIdentityTokenException', 400, missing);
    const odd = assume(response({ attributes: { ...usual, [`${prefix}RoleSessionName`]: ['a b'] } }));
    await refused(odd, 'InvalidIdentityTokenException', 400, /must match \[a-zA-Z_0-9\+=,\.@-\]\{2,64\}/);
    const long = assume(response(), { DurationSeconds: 7200 });
    await refused(long, 'ValidationError', 400, /MaxSessionDuration/);
  });
});

describe('trust policies', () => {
  test.each([
    ['SAML:aud', 'https://signin.aws.amazon.com/saml', 'https://eu-west-1.signin.aws.amazon.com/saml'],
    ['saml:iss', entityID, 'https://other.example.com'],
    ['saml:sub', 'ann', 'bob'],
    ['saml:sub_type', 'persistent', 'transient'],
    ['saml:doc', '123456789012/Own', '123456789012/Other'],
  ])('can ask for %s', async (name, right, wrong) => {
    await setTrust({ StringEquals: { [name]: right } });
    await expect(assume(response())).resolves.toBeDefined();
    await setTrust({ StringEquals: { [name]: wrong } });
    await denied(assume(response()));
  });

  test('tags and source identity need actions of their own', async () => {
    const attributes = {
      ...usual,
      [`${prefix}PrincipalTag:Department`]: ['Sales'],
      [`${prefix}TransitiveTagKeys`]: ['Department'],
      [`${prefix}SourceIdentity`]: ['ann'],
    };
    await setTrust({});
    await denied(assume(response({ attributes })));
    const actions = ['sts:AssumeRoleWithSAML', 'sts:TagSession', 'sts:SetSourceIdentity'];
    await setTrust({ StringEquals: { 'aws:RequestTag/Department': 'Sales' } }, actions);
    expect((await assume(response({ attributes }))).SourceIdentity).toBe('ann');
    await denied(assume(response()));
  });
});

test('the session ends with that at the identity provider', async () => {
  await setTrust({});
  const ends = Math.ceil(sandbox.sandbox.clock.now() / 1000) * 1000 + 600_000;
  const { Credentials } = await assume(response({ sessionNotOnOrAfter: ends }));
  expect(Math.abs((Credentials?.Expiration?.getTime() ?? 0) - ends)).toBeLessThanOrEqual(2000);
});
