// Every rule of metadata: a document that breaks it, with the exact words that are pointed at, and one that keeps it.
import { describe, expect, test } from 'vitest';
import type { Profile, Severity } from '../../src/saml/finding.ts';
import { extension, makeCertificate } from '../../src/saml/certificate/makeCertificate.ts';
import { keyPair } from './keys.ts';
import { adfs, aggregate, awsSignIn, keycloak, shibbolethSp } from './samples.ts';
import { applyFix, found, idp, judge } from './spoil.ts';

const good = () => idp();
const signing = () => keyPair().certificate;
const withCertificate = (certificate: string) => keycloak({ signing: certificate });
const replace = (from: string | RegExp, to: string) => () => good().replace(from, to);

interface Case {
  readonly rule: string;
  readonly name: string;
  readonly bad: () => string;
  readonly severity: Severity;
  /** The text pointed at; '' is a place. */
  readonly at: string | RegExp;
  readonly profile?: Profile;
  /** Keeps the rule; the good document where it is left out. */
  readonly kept?: () => string;
  /** After its fix the rule is kept. */
  readonly mends?: boolean;
}

const sso = 'SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"';
const location = 'https://dev-1.okta.example/app/amazon/exk1a2b3c4d5e6f7g8h9/sso/saml';
const entityID = 'http://www.okta.com/exk1a2b3c4d5e6f7g8h9';

const cases: readonly Case[] = [
  { rule: 'R1', name: 'an open tag', bad: replace('</md:EntityDescriptor>', ''), severity: 'error', at: /^.?$/s },
  { rule: 'R1', name: 'NUL', bad: replace('okta.com', 'okta\0com'), severity: 'error', at: '\0' },
  {
    rule: 'R2',
    name: 'DOCTYPE',
    bad: replace('<md:EntityD', '<!DOCTYPE x><md:EntityD'),
    severity: 'error',
    at: '<!DOCTYPE x>',
    mends: true,
  },
  { rule: 'R3', name: 'BOM', bad: () => `\uFEFF${good()}`, severity: 'info', at: '\uFEFF', mends: true },
  {
    rule: 'R3',
    name: 'BOM for IAM',
    bad: () => `\uFEFF${good()}`,
    severity: 'error',
    at: '\uFEFF',
    profile: 'iam',
    mends: true,
  },
  {
    rule: 'R4',
    name: 'no namespace',
    bad: () => good().replace(' xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"', '').replaceAll('md:', ''),
    severity: 'error',
    at: 'EntityDescriptor',
    mends: true,
  },
  {
    rule: 'R4',
    name: 'wrong namespace',
    bad: replace('SAML:2.0:metadata"', 'SAML:2.0:metadate"'),
    severity: 'error',
    at: 'urn:oasis:names:tc:SAML:2.0:metadate',
    mends: true,
  },
  {
    rule: 'R4',
    name: 'a blank in the namespace',
    bad: replace('SAML:2.0:metadata"', 'SAML:2.0:metadata "'),
    severity: 'error',
    at: 'urn:oasis:names:tc:SAML:2.0:metadata ',
    mends: true,
  },
  {
    rule: 'R5',
    name: 'order',
    bad: () => good().replace(/(<md:NameIDFormat>.*<\/md:NameIDFormat>)(<md:SingleSign[^>]*>)/, '$2$1'),
    severity: 'error',
    at: 'md:NameIDFormat',
  },
  {
    rule: 'R5',
    name: 'missing attribute',
    bad: replace(' protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"', ''),
    severity: 'error',
    at: 'md:IDPSSODescriptor',
    mends: true,
  },
  {
    rule: 'R5',
    name: 'unknown attribute',
    bad: replace('use="signing"', 'use="signing" usage="x"'),
    severity: 'error',
    at: 'usage',
    mends: true,
  },
  { rule: 'R5', name: 'bad value', bad: replace('use="signing"', 'use="sign"'), severity: 'error', at: 'sign' },
  {
    rule: 'R6',
    name: 'https in the namespace',
    bad: replace('http://www.w3.org/2000/09/xmldsig#', 'https://www.w3.org/2000/09/xmldsig#'),
    severity: 'error',
    at: 'https://www.w3.org/2000/09/xmldsig#',
    mends: true,
  },
  {
    rule: 'R6',
    name: 'md:KeyInfo',
    bad: () => good().replaceAll('ds:KeyInfo', 'md:KeyInfo'),
    severity: 'error',
    at: 'md:KeyInfo',
    mends: true,
  },
  {
    rule: 'R7',
    name: 'no entityID',
    bad: replace(`entityID="${entityID}" `, ''),
    severity: 'error',
    at: 'md:EntityDescriptor',
  },
  {
    rule: 'R7',
    name: 'blanks around',
    bad: replace(entityID, ` ${entityID} `),
    severity: 'error',
    at: ` ${entityID} `,
    mends: true,
  },
  {
    rule: 'R7',
    name: 'too long',
    bad: replace(entityID, `https://${'x'.repeat(1020)}`),
    severity: 'error',
    at: /^https:\/\/x+$/,
  },
  { rule: 'R8', name: 'no scheme', bad: replace(entityID, 'my-idp'), severity: 'warning', at: 'my-idp' },
  {
    rule: 'R8',
    name: 'letters that look alike',
    bad: replace(entityID, 'https://оkta.com/'),
    severity: 'warning',
    at: 'https://оkta.com/',
  },
  {
    rule: 'R9',
    name: 'past',
    bad: replace(' entityID', ' validUntil="2020-01-01T00:00:00Z" entityID'),
    severity: 'warning',
    at: '2020-01-01T00:00:00Z',
    kept: replace(' entityID', ' validUntil="2030-01-01T00:00:00Z" entityID'),
  },
  {
    rule: 'R9',
    name: 'soon',
    bad: replace(' entityID', ' validUntil="2026-06-05T00:00:00Z" entityID'),
    severity: 'warning',
    at: '2026-06-05T00:00:00Z',
    kept: replace(' entityID', ' cacheDuration="PT1H" entityID'),
  },
  {
    rule: 'R9',
    name: 'no time',
    bad: replace(' entityID', ' validUntil="soon" entityID'),
    severity: 'error',
    at: 'soon',
    kept: replace(' entityID', ' validUntil="2030-01-01T00:00:00Z" entityID'),
  },
  {
    rule: 'R9',
    name: 'neither',
    bad: good,
    severity: 'info',
    at: 'md:EntityDescriptor',
    kept: replace(' entityID', ' validUntil="2030-01-01T00:00:00Z" entityID'),
  },
  {
    rule: 'R10',
    name: 'a service provider',
    bad: () => awsSignIn({ signing: signing() }),
    severity: 'error',
    at: 'EntityDescriptor',
    profile: 'iam',
  },
  {
    rule: 'R10',
    name: 'SAML 1.1 only',
    bad: replace(
      'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"',
      'protocolSupportEnumeration="urn:oasis:names:tc:SAML:1.1:protocol"',
    ),
    severity: 'error',
    at: 'md:IDPSSODescriptor',
    profile: 'cognito',
  },
  {
    rule: 'R11',
    name: 'encryption key only',
    bad: replace('use="signing"', 'use="encryption"'),
    severity: 'error',
    at: 'md:IDPSSODescriptor',
    profile: 'iam',
  },
  {
    rule: 'R12',
    name: 'PEM lines',
    bad: () => withCertificate(`-----BEGIN CERTIFICATE-----\n${signing()}\n-----END CERTIFICATE-----`),
    severity: 'error',
    at: /^-----BEGIN[^]*END CERTIFICATE-----$/,
    mends: true,
  },
  {
    rule: 'R12',
    name: 'a bare key',
    bad: () => withCertificate('MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA'.padEnd(392, 'A')),
    severity: 'error',
    at: /^MIIBIj/,
  },
  { rule: 'R12', name: 'cut off', bad: () => withCertificate(signing().slice(0, 400)), severity: 'error', at: /^MII/ },
  {
    rule: 'R12',
    name: 'placeholder',
    bad: () => withCertificate('YOUR CERTIFICATE HERE'),
    severity: 'error',
    at: 'YOUR CERTIFICATE HERE',
  },
  {
    rule: 'R12',
    name: 'private key',
    bad: () => `${good()}\n<!-- -----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY----- -->`,
    severity: 'error',
    at: /^-----BEGIN PRIVATE KEY/,
    mends: true,
  },
  {
    rule: 'R13',
    name: '512 bits',
    bad: () => withCertificate(keyPair({ bits: 512 }).certificate),
    severity: 'error',
    at: /^MII/,
    profile: 'iam',
  },
  {
    rule: 'R13',
    name: 'an extension twice',
    bad: () => withCertificate(twice()),
    severity: 'error',
    at: /^MII/,
    profile: 'iam',
  },
  {
    rule: 'R14',
    name: '1024 bits',
    bad: () => withCertificate(keyPair({ bits: 1024 }).certificate),
    severity: 'warning',
    at: /^MII/,
  },
  {
    rule: 'R15',
    name: 'expired',
    bad: () => withCertificate(keyPair({ from: '2020-01-01', to: '2021-01-01' }).certificate),
    severity: 'warning',
    at: /^MII/,
  },
  {
    rule: 'R15',
    name: 'expired for Cognito',
    bad: () => withCertificate(keyPair({ from: '2020-01-01', to: '2021-01-01' }).certificate),
    severity: 'error',
    at: /^MII/,
    profile: 'cognito',
  },
  {
    rule: 'R15',
    name: 'soon',
    bad: () => withCertificate(keyPair({ to: '2026-06-10' }).certificate),
    severity: 'warning',
    at: /^MII/,
  },
  {
    rule: 'R16',
    name: 'long certificate',
    bad: () => withCertificate(long()),
    severity: 'error',
    at: /^MII/,
    profile: 'cognito',
  },
  {
    rule: 'R17',
    name: 'no redirect',
    bad: replace('HTTP-Redirect', 'SOAP'),
    severity: 'info',
    at: 'md:IDPSSODescriptor',
  },
  {
    rule: 'R17',
    name: 'no redirect for Cognito',
    bad: replace('HTTP-Redirect', 'SOAP'),
    severity: 'error',
    at: 'md:IDPSSODescriptor',
    profile: 'cognito',
  },
  {
    rule: 'R18',
    name: 'no POST',
    bad: replace('HTTP-POST', 'SOAP'),
    severity: 'info',
    at: 'md:IDPSSODescriptor',
    profile: 'iam',
  },
  {
    rule: 'R19',
    name: 'twice the same',
    bad: replace('HTTP-POST', 'HTTP-Redirect'),
    severity: 'warning',
    at: 'md:SingleSignOnService',
  },
  {
    rule: 'R20',
    name: 'javascript:',
    bad: replace(`${sso} Location="${location}"`, `${sso} Location="javascript:alert(1)"`),
    severity: 'error',
    at: 'javascript:alert(1)',
  },
  {
    rule: 'R20',
    name: 'command:',
    bad: replace(`${sso} Location="${location}"`, `${sso} Location="command:x"`),
    severity: 'error',
    at: 'command:x',
  },
  {
    rule: 'R20',
    name: 'a blank',
    bad: replace(`${sso} Location="${location}"`, `${sso} Location="${location} "`),
    severity: 'error',
    at: `${location} `,
    mends: true,
  },
  {
    rule: 'R21',
    name: 'http',
    bad: replace(`${sso} Location="https`, `${sso} Location="http`),
    severity: 'warning',
    at: 'http',
    mends: true,
  },
  {
    rule: 'R21',
    name: 'localhost',
    bad: replace(`${sso} Location="${location}`, `${sso} Location="http://localhost/sso`),
    severity: 'info',
    at: 'http',
  },
  {
    rule: 'R22',
    name: 'unknown binding',
    bad: replace('bindings:HTTP-Redirect', 'bindings:HTTP-Redirekt'),
    severity: 'error',
    at: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirekt',
  },
  {
    rule: 'R23',
    name: 'the index twice',
    bad: () => awsSignIn({ signing: signing() }).replace('index="3"', 'index="2"'),
    severity: 'warning',
    at: 'AssertionConsumerService',
    profile: 'sp',
    kept: () => awsSignIn({ signing: signing() }),
  },
  {
    rule: 'R23',
    name: 'no POST',
    bad: () => shibbolethSp({ signing: signing() }).replace('bindings:HTTP-POST" Location', 'bindings:PAOS" Location'),
    severity: 'warning',
    at: 'md:SPSSODescriptor',
    profile: 'sp',
    kept: () => awsSignIn({ signing: signing() }),
  },
  {
    rule: 'R24',
    name: 'no formats',
    bad: () => good().replaceAll(/<md:NameIDFormat>.*?<\/md:NameIDFormat>/g, ''),
    severity: 'info',
    at: 'md:IDPSSODescriptor',
  },
  {
    rule: 'R24',
    name: 'another format',
    bad: replace('1.1:nameid-format:unspecified', '1.1:nameid-format:other'),
    severity: 'info',
    at: 'urn:oasis:names:tc:SAML:1.1:nameid-format:other',
    profile: 'iam',
  },
  {
    rule: 'R28',
    name: 'an ID twice',
    bad: () => aggregate([adfs({ signing: signing() }), adfs({ signing: signing() })]),
    severity: 'error',
    at: '_5c6f2b7e-0d5a-4f0c-9a44-0d5e5fb4f1a7',
  },
  {
    rule: 'R29',
    name: 'a comment',
    bad: replace('format:unspecified<', 'format:<!-- x -->unspecified<'),
    severity: 'warning',
    at: '<!-- x -->',
    mends: true,
  },
  {
    rule: 'R30',
    name: 'a language twice',
    bad: () =>
      awsSignIn({ signing: signing() }).replace(
        '</OrganizationName>',
        '</OrganizationName><OrganizationName xml:lang="en">x</OrganizationName>',
      ),
    severity: 'warning',
    at: 'en',
    kept: () => awsSignIn({ signing: signing() }),
  },
  {
    rule: 'R31',
    name: 'several entities',
    bad: () => aggregate([good(), awsSignIn({ signing: signing() })]),
    severity: 'warning',
    at: 'EntitiesDescriptor',
    profile: 'iam',
  },
  {
    rule: 'R32',
    name: 'too short',
    bad: () => good().replace(/<md:IDPSSO[^]*<\/md:IDPSSODescriptor>/, ''),
    severity: 'error',
    at: '',
    profile: 'iam',
  },
  {
    rule: 'R34',
    name: 'too long',
    bad: () => `${good()}<!-- ${'x'.repeat(131_072)} -->`,
    severity: 'error',
    at: '',
    profile: 'cognito',
  },
  {
    rule: 'R37',
    name: 'no logout',
    bad: good,
    severity: 'warning',
    at: 'md:IDPSSODescriptor',
    profile: 'cognito',
    kept: () => keycloak({ signing: signing() }),
  },
  { rule: 'R52', name: 'two roles', bad: () => adfs({ signing: signing() }), severity: 'info', at: 'IDPSSODescriptor' },
  { rule: 'R53', name: 'one line', bad: () => adfs({ signing: signing() }), severity: 'info', at: 'EntityDescriptor' },
  {
    rule: 'R54',
    name: 'rollover',
    bad: () => adfs({ signing: signing(), next: keyPair({ name: 'next' }).certificate }),
    severity: 'warning',
    at: /^MII/,
    kept: () => adfs({ signing: signing() }),
  },
];

const wish = {
  commonName: 'x',
  validFrom: Date.parse('2026-01-01'),
  validTo: Date.parse('2036-01-01'),
  serial: Buffer.from('01', 'hex'),
};
const twice = () => makeCertificate(keyPair().privateKey, wish, [extension('2.5.29.19', Buffer.from([0x30, 0]))]);
const long = () => makeCertificate(keyPair().privateKey, wish, [extension('1.2.3.4', Buffer.alloc(3200))]);

describe.each(cases)('$rule: $name', ({ rule, bad, severity, at, profile = 'any', kept = good }) => {
  test('is told, with the right words', () => {
    const [first] = found(bad(), rule, profile).filter((one) => one.severity === severity);
    expect(first?.at).toEqual(typeof at === 'string' ? at : expect.stringMatching(at));
    expect(first?.finding.why.length).toBeGreaterThan(10);
  });
  test('is not told where the rule is kept', () => {
    expect(found(kept(), rule, profile).filter((one) => one.severity === severity)).toEqual([]);
  });
});

test.each(cases.filter(({ mends }) => mends))(
  '$rule: $name, and its fix mends it',
  ({ rule, bad, severity, profile = 'any' }) => {
    const text = bad();
    const [first] = found(text, rule, profile).filter((one) => one.severity === severity && one.finding.fix);
    const mended = applyFix(text, first?.finding ?? expect.fail('there is no fix'));
    expect(
      found(mended, rule, profile).filter(
        (one) => one.at === first?.at && one.finding.range.start === first.finding.range.start,
      ),
    ).toEqual([]);
    expect(judge(mended).wellFormed).toBe(true);
  },
);

test('what makers issue is accepted', () => {
  const certificate = signing();
  for (const text of [good(), adfs({ signing: certificate }), keycloak({ signing: certificate })]) {
    const { accepts, schema, findings } = judge(text);
    expect({ accepts, schema, errors: findings.filter(({ severity }) => severity === 'error') }).toEqual({
      accepts: { iam: true, cognito: true },
      schema: 'valid',
      errors: [],
    });
  }
});

test('lines and columns count from one', () => {
  const [first] = found(keycloak({ signing: signing() }).replace('use="signing"', 'use="x"'), 'R5');
  expect(first?.finding).toMatchObject({ line: 4, column: 28 });
});
