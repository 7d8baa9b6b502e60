// The client of the sandbox's identity provider: its switches, both sign-ins, and that it goes nowhere else.
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { identityProviderClient, type IdentityProvider } from '../../src/aws/identityProvider.ts';
import { LoopbackBrowser } from '../../src/aws/loopbackBrowser.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let sandbox: TestSandbox;
let provider: IdentityProvider;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  provider = identityProviderClient(sandbox.endpoint);
});
beforeEach(async () => void (await sandbox.admin('reset', {})));
afterAll(() => sandbox.stop());

const xmlOf = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

test('describes itself, and gives its metadata', async () => {
  const facts = await provider.describe();
  expect(facts).toMatchObject({ entityID: 'http://idp.localhost/saml', break: undefined });
  expect(facts.users.map(({ name }) => name)).toEqual(['ann', 'bob', 'carol']);
  expect(facts.breaks).toHaveLength(8);
  expect(await provider.metadata()).toContain(`entityID="${facts.entityID}"`);
});

test('signs somebody in for AWS, without and with the page that stands in for its sign-in', async () => {
  const carried = await provider.signIn({ user: 'ann', to: { kind: 'aws', region: 'eu-west-1' } });
  expect(xmlOf(carried.samlResponse)).toContain('https://eu-west-1.signin.aws.amazon.com/saml');
  expect(carried.postedTo).toMatch(/^http:\/\/signin\.localhost:\d+\/saml$/);
  expect(carried.page).toBeUndefined();
  const posted = await provider.signIn({ user: 'ann', to: { kind: 'aws', post: true } });
  expect(posted.page).toMatchObject({ status: 400, words: expect.stringContaining('invalid SAML response') as string });
  expect((await provider.hops()).map(({ kind }) => kind)).toContain('response');
  await provider.clearHops();
  expect(await provider.hops()).toEqual([]);
});

test('a break is for one sign-in, or switched on for all that do not say otherwise', async () => {
  const audience = /<saml:Audience>([^<]*)</;
  const to = { kind: 'aws' } as const;
  const heard = async (more: { break?: string | null }) =>
    audience.exec(xmlOf((await provider.signIn({ user: 'bob', to, ...more })).samlResponse))?.[1];
  expect(await heard({ break: 'audience' })).toBe('https://other.example.com/saml');
  expect(await heard({})).toBe('urn:amazon:webservices');
  await provider.breakWith('audience');
  expect(await heard({})).toBe('https://other.example.com/saml');
  expect(await heard({ break: null })).toBe('urn:amazon:webservices');
  await provider.breakWith(undefined);
  expect((await provider.describe()).break).toBeUndefined();
});

test('a rollover changes the certificate', async () => {
  const before = (await provider.describe()).certificates.current;
  await provider.rollover('announce');
  expect((await provider.describe()).certificates.next).toBeDefined();
  await provider.rollover('switch');
  expect((await provider.describe()).certificates).toMatchObject({ old: before });
});

test('says who is unknown, and that there is no such break', async () => {
  await expect(provider.signIn({ user: 'zoe', to: { kind: 'aws' } })).rejects.toThrow('There is no user zoe.');
  await expect(provider.breakWith('nonsense')).rejects.toThrow('There is no break nonsense.');
});

test('asks no other machine', async () => {
  const browser = new LoopbackBrowser(sandbox.endpoint);
  for (const url of [
    'https://example.com/',
    'http://example.com/',
    'http://idp.localhost:1/',
    'http://idp.localhost.example.com/',
  ])
    expect(await browser.open(url)).toEqual({ kind: 'left', url });
  const to = { kind: 'cognito', authorizeUrl: 'https://example.com/oauth2/authorize' } as const;
  await expect(provider.signIn({ user: 'ann', to })).rejects.toThrow('leads out of the sandbox');
  await expect(provider.redeem('https://example.com/oauth2/token', {})).rejects.toThrow('not in the sandbox');
});
