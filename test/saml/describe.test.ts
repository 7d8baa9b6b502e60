// What is said of metadata: facts, outline, folding, and what is new between two documents.
import { expect, test } from 'vitest';
import { compareMetadata, describe as describeMetadata, foldingOf, outlineOf } from '../../src/saml/describe.ts';
import { keyPair } from './keys.ts';
import { adfs, awsSignIn, entra, keycloak, okta, shibboleth } from './samples.ts';
import { judge } from './spoil.ts';

const old = keyPair().certificate;
const next = keyPair({ name: 'next', to: '2037-01-01' }).certificate;
const facts = (text: string) => describeMetadata(judge(text)) ?? expect.fail('no description');

test('makers are known by their files', () => {
  const makers = [adfs, entra, okta, keycloak, shibboleth, awsSignIn].map(
    (sample) => facts(sample({ signing: old })).maker,
  );
  expect(makers).toEqual(['AD FS', 'Microsoft Entra ID', 'Okta', 'Keycloak', 'Shibboleth', 'AWS']);
});

test('AD FS: the certificate that signs responses is the signing one of the identity provider', () => {
  const encryption = keyPair({ name: 'encryption' }).certificate;
  const { entities, timeline } = facts(adfs({ signing: old, encryption }));
  expect(entities[0]).toMatchObject({
    entityIDCalled: 'Federation Service Identifier',
    entityID: 'http://sts.example.com/adfs/services/trust',
  });
  expect(entities[0]?.roles.map(({ title }) => title)).toEqual([
    'WS-Federation ApplicationService',
    'WS-Federation SecurityTokenService',
    'Service provider',
    'Identity provider',
  ]);
  expect(timeline.map(({ subject, signsResponses }) => [subject, signsResponses])).toEqual([
    ['CN=encryption', false],
    ['CN=idp.example.com', true],
  ]);
});

test('endpoints in words, ranges that lead back', () => {
  const text = keycloak({ signing: old });
  const [role] = facts(text).entities[0]?.roles ?? [];
  const redirect = role?.endpoints.find(
    ({ service, binding }) => service === 'SingleSignOnService' && binding.endsWith('Redirect'),
  );
  expect(redirect?.words).toContain('browser is sent there');
  expect(text.slice(redirect?.range.start, redirect?.range.end)).toMatch(
    /^<md:SingleSignOnService[^]*<\/md:SingleSignOnService>$/,
  );
  expect(text.slice(role?.certificates[0]?.range.start, role?.certificates[0]?.range.end)).toBe(old);
});

test('rollover: which certificate is new', () => {
  const before = facts(adfs({ signing: old }));
  expect(compareMetadata(before, before).sentence).toContain('the same');
  const begun = compareMetadata(before, facts(adfs({ signing: old, next })));
  expect(begun.certificates.added.map(({ subject }) => subject)).toEqual(['CN=next']);
  expect(begun.sentence).toContain('begun');
  expect(compareMetadata(before, facts(adfs({ signing: next }))).sentence).toContain('replaced');
  expect(compareMetadata(before, facts(okta({ signing: old }))).sentence).toContain('different providers');
});

test('outline and folding', () => {
  const { document } = judge(keycloak({ signing: old }));
  const root = document?.root ?? expect.fail('no document');
  const outline = outlineOf(root);
  expect(outline.detail).toBe('https://id.example.org/realms/labs');
  expect(outline.children[0]?.children.map(({ name }) => name)).toContain('SingleSignOnService');
  expect(foldingOf(root, document?.text ?? '').length).toBeGreaterThan(3);
  const line = judge(adfs({ signing: old })).document;
  expect(line && foldingOf(line.root, line.text)).toEqual([]);
});
