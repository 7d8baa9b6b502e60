// The local identity provider's switches: users, breaks, keys; and that it answers services of this machine only.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAuthnRequest, redirectUrl } from '../../../src/saml/message/requests.ts';
import { validate } from '../../../src/saml/validate.ts';
import { openBrowser } from '../browser.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';

interface Facts {
  readonly address: string;
  readonly metadataUrl: string;
  readonly startUrl: string;
  readonly break: string | null;
  readonly breaks: readonly { readonly id: string }[];
  readonly certificates: Readonly<Record<'current' | 'next' | 'old', string | null>>;
}

let sandbox: TestSandbox;
let facts: Facts;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  facts = (await sandbox.admin('idp')) as Facts;
});
afterAll(() => sandbox.stop());

test('its metadata is taken by IAM and Cognito', async () => {
  const shown = await openBrowser().open(facts.metadataUrl);
  expect(validate(shown.text, { now: Date.now() }).accepts).toEqual({ iam: true, cognito: true });
});

test('its users can be others', async () => {
  const users = [{ name: 'dora', groups: ['ops'], attributes: { team: ['x'] } }];
  await sandbox.admin('idp/users', { users });
  expect((await openBrowser().open(facts.startUrl)).text).toContain('dora@example.com');
  await expect(sandbox.admin('idp/users', { users: [{ name: '<b>' }] })).rejects.toThrow('A user has a name of');
  await sandbox.admin('idp/users', { users: null });
  expect((await openBrowser().open(facts.startUrl)).text).toContain('ann@example.com');
});

test('a break that is switched on is chosen on the page', async () => {
  expect(facts.breaks).toHaveLength(8);
  await sandbox.admin('idp/break', { break: 'time' });
  expect((await openBrowser().open(facts.startUrl)).text).toMatch(/<option value="time"\s+selected\s*>/);
  await expect(sandbox.admin('idp/break', { break: 'nonsense' })).rejects.toThrow('400');
  expect(await sandbox.admin('idp/break', { break: null })).toEqual({ break: null });
});

test('a rollover in its three steps', async () => {
  const { current } = facts.certificates;
  const step = async (name: string) => ((await sandbox.admin('idp/rollover', { step: name })) as Facts).certificates;
  const announced = await step('announce');
  expect(announced.current).toBe(current);
  const switched = await step('switch');
  expect(switched).toEqual({ current: announced.next, next: null, old: current });
  expect(await step('retire')).toEqual({ ...switched, old: null });
});

test('strangers get no answer, and no script runs in its pages', async () => {
  const ask = (consumer: string, issuer: string) => {
    const xml = buildAuthnRequest({ id: '_1', issuer, destination: facts.address, now: Date.now(), consumer });
    return openBrowser().open(redirectUrl({ location: `${facts.address}/sso`, parameter: 'SAMLRequest', xml }));
  };
  const away = await ask('https://evil.example.com/acs', 'urn:evil');
  expect(away.status).toBe(400);
  const odd = await ask('http://localhost:3000/acs', '"><script>alert(1)</script>');
  expect(odd.status).toBe(200);
  expect(odd.text).not.toContain('<script');
  expect(odd.headers['content-security-policy']).toMatch(/^default-src 'none'; .*form-action 'self'/);
  expect((await ask('javascript:alert(1)', 'urn:evil')).status).toBe(400);
  expect((await openBrowser().open(`${facts.address}/sso?SAMLRequest=x`)).status).toBe(400);
});
