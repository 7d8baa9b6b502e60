// What AWS would refuse of a request about a provider, rule by rule.
import { describe, expect, test } from 'vitest';
import { checkCognitoProvider, checkIamProvider, checkTrustPolicy } from '../../src/saml/checkRequests.ts';

const rulesOf = (all: readonly { rule: string; field: string }[]) => all.map(({ rule, field }) => `${rule} ${field}`);
const pem = '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----';

describe('IAM', () => {
  test.each([
    [{ name: 'ADFS-1.x' }, []],
    [{ name: 'A D' }, ['R33 Name']],
    [{ name: 'x'.repeat(129) }, ['R33 Name']],
    [{ addPrivateKey: pem, encryptionMode: 'Required' }, []],
    [{ addPrivateKey: 'abc' }, ['R39 AddPrivateKey']],
    [{ encryptionMode: 'Required' }, ['R39 AssertionEncryptionMode']],
    [{ encryptionMode: 'Sometimes' }, ['R39 AssertionEncryptionMode']],
    [{ addPrivateKey: pem, removePrivateKey: 'A'.repeat(22) }, ['R39 AddPrivateKey']],
    [{ addPrivateKey: pem, privateKeys: 2 }, ['R39 AddPrivateKey']],
    [{ removePrivateKey: 'x' }, ['R39 RemovePrivateKey']],
  ])('%j', (request, rules) => expect(rulesOf(checkIamProvider(request))).toEqual(rules));
});

describe('Cognito', () => {
  const good = { providerName: 'ADFS', details: { MetadataURL: 'https://idp.example/metadata' } };
  test.each([
    [good, []],
    [{ ...good, providerName: 'AB' }, ['R35 ProviderName']],
    [{ ...good, providerName: '_ADFS' }, ['R35 ProviderName']],
    [{ ...good, providerName: 'x'.repeat(33) }, ['R35 ProviderName']],
    [{ ...good, identifiers: ['a/b'] }, ['R35 IdpIdentifiers']],
    [{ ...good, attributeMapping: { ['x'.repeat(33)]: 'y' } }, ['R35 AttributeMapping']],
    [{ ...good, details: {} }, ['R36 ProviderDetails']],
    [{ ...good, details: { MetadataURL: 'http://x' } }, ['R36 MetadataURL']],
    [{ ...good, details: { MetadataFile: 'x'.repeat(131_073) } }, ['R34 MetadataFile']],
    [
      { ...good, details: { ...good.details, RequestSigningAlgorithm: 'rsa-sha1', IDPInit: 'yes' } },
      ['R36 RequestSigningAlgorithm', 'R36 IDPInit'],
    ],
    [{ ...good, requiredAttributes: ['email'] }, ['R38 AttributeMapping']],
    [{ ...good, requiredAttributes: ['email'], attributeMapping: { email: 'mail' } }, []],
  ])('%#', (request, rules) => expect(rulesOf(checkCognitoProvider(request))).toEqual(rules));
});

describe('trust policies', () => {
  const providerArn = 'arn:aws:iam::123456789012:saml-provider/Labs';
  const recipients = ['https://signin.aws.amazon.com/saml', 'https://eu-west-1.signin.aws.amazon.com/saml'];
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: providerArn },
    Action: 'sts:AssumeRoleWithSAML',
    Condition: { StringEquals: { 'SAML:aud': recipients } },
  };
  test.each([
    [statement, []],
    [{ ...statement, Principal: { Federated: 'x' } }, ['R50 Principal']],
    [{ ...statement, Action: 'sts:AssumeRole' }, ['R50 Action']],
    [{ ...statement, Condition: {} }, ['R50 Condition']],
    [{ ...statement, Condition: { StringEquals: { 'saml:aud': recipients[0] } } }, ['R50 Condition']],
  ])('%#', (one, rules) =>
    expect(rulesOf(checkTrustPolicy({ Statement: [one] }, { providerArn, recipients }))).toEqual(rules),
  );
  test('what is no policy', () =>
    expect(rulesOf(checkTrustPolicy('x', { providerArn, recipients }))).toEqual(['R50 Principal']));
});
