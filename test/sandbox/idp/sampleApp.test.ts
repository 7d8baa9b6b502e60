// The app that Cognito sends browsers back to: it says what came along, as text, and redeems nothing.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, unescaped } from '../browser.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';

let sandbox: TestSandbox;
let app: string;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  app = ((await sandbox.admin('idp')) as { appUrl: string }).appUrl;
});
afterAll(() => sandbox.stop());

const show = async (path: string) => {
  const { status, text } = await openBrowser().open(`${app}${path}`);
  return { status, text, words: unescaped(text) };
};

test('a code is told, and not shown', async () => {
  const { status, words } = await show('/callback?code=abc-def&state=s');
  expect(status).toBe(200);
  expect(words).toContain('You are back at the app');
  expect(words).not.toContain('abc-def');
});

test('an error is shown as it came, and as text', async () => {
  const query = new URLSearchParams({ error: 'server_error', error_description: '<img src=x onerror=alert(1)>' });
  const { status, text, words } = await show(`/callback?${query.toString()}`);
  expect(status).toBe(400);
  expect(words).toContain('server_error: <img src=x onerror=alert(1)>');
  expect(text).not.toContain('<img');
});

test('who has signed out is told so', async () => {
  expect((await show('/bye')).words).toContain('You are signed out');
  expect((await show('/')).words).toContain('SAML Round Trip');
});
