// What roles, pools, domains and clients may be called; trust policies: said before any call.
import { describe, expect, test } from 'vitest';
import { mistakeInTrust, trustPolicyText } from '../../../src/aws/actions/samlTrust.ts';
import {
  addressesIn,
  mistakeInAddresses,
  mistakeInClientName,
  mistakeInDomainPrefix,
  mistakeInPoolName,
  mistakeInRoleName,
} from '../../../src/aws/actions/signInNames.ts';
import { validatePolicy } from '../../../src/aws/iamPolicy/validate.ts';

describe('names', () => {
  test.each([
    [mistakeInRoleName, ['Readers', 'a+=,.@-_b', 'x'.repeat(64)], ['', 'a b', 'a/b', 'ä', 'x'.repeat(65)]],
    [mistakeInPoolName, ['Learners', 'our people, 2026'], ['', '  ', 'a/b', 'x'.repeat(129)]],
    [mistakeInClientName, ['web', 'my app'], ['', 'a:b']],
    [
      mistakeInDomainPrefix,
      ['a', 'login-7f', 'x'.repeat(63)],
      ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'my-aws-login', 'cognito1', 'x'.repeat(64)],
    ],
  ] as const)('%o', (mistakeIn, good, bad) => {
    for (const name of good) expect(mistakeIn(name), name).toBeUndefined();
    for (const name of bad) expect(mistakeIn(name), name).toMatch(/^[A-Z].*\S$/);
  });

  test('addresses that browsers are sent back to', () => {
    expect(addressesIn(' https://a/b,  myapp://in ')).toEqual(['https://a/b', 'myapp://in']);
    for (const good of ['https://a.example/x', 'http://localhost:3000/in', 'http://app.localhost:1/', 'myapp://in'])
      expect(mistakeInAddresses(good, true), good).toBeUndefined();
    for (const bad of ['', 'a b', 'http://a.example/', 'https://a/#b', 'javascript:alert(1)', 'data:text/html,x'])
      expect(mistakeInAddresses(bad, true), bad).toMatch(/\S/);
    expect(mistakeInAddresses('', false)).toBeUndefined();
    expect(mistakeInAddresses(Array.from({ length: 101 }, () => 'https://a/').join(' '), true)).toContain('100');
  });
});

describe('trust policies', () => {
  const providerArn = 'arn:aws:iam::123456789012:saml-provider/ADFS';
  const recipients = ['https://signin.aws.amazon.com/saml', 'https://eu-central-1.signin.aws.amazon.com/saml'];

  test('name the provider, the addresses, and what assertions may bring', () => {
    const text = trustPolicyText({ providerArn, recipients, tagSession: true, sourceIdentity: true });
    expect(JSON.parse(text)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: providerArn },
          Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession', 'sts:SetSourceIdentity'],
          Condition: { StringEquals: { 'SAML:aud': recipients } },
        },
      ],
    });
    expect(mistakeInTrust(text)).toBeUndefined();
    expect(validatePolicy(text, { kind: 'unknown' })).toEqual([]);
    expect(JSON.parse(trustPolicyText({ providerArn, recipients })).Statement[0].Action).toEqual([
      'sts:AssumeRoleWithSAML',
    ]);
  });

  test('as somebody left them: what AWS would refuse', () => {
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRoleWithSAML' };
    const text = (more: object) => JSON.stringify({ Version: '2012-10-17', Statement: { ...statement, ...more } });
    expect(mistakeInTrust('{')).toContain('not JSON');
    expect(mistakeInTrust('[]')).toMatch(/object/);
    expect(mistakeInTrust('{ "Version": "2012-10-17", "Statement": [] }')).toContain('no statement');
    expect(mistakeInTrust(text({}))).toContain('no Principal');
    expect(mistakeInTrust(text({ Principal: '*', Resource: '*' }))).toContain('no Resource');
    const many = Array.from({ length: 60 }, (_, at) => `https://region-${at}.signin.aws.amazon.com/saml`);
    expect(mistakeInTrust(trustPolicyText({ providerArn, recipients: many }))).toContain('2,048');
  });
});
