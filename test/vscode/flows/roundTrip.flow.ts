// The SAML round trip as a learner makes it: set up, signed in here and in a browser of one's own, broken in eight ways, the key rolled over
// and mended, the window reloaded in between, and everything removed. The pictures are kept, in every theme and narrow.
import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { poll } from '../poll.ts';
import { runningSandbox } from '../runningSandbox.ts';
import type { Theme } from '../profile.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'dark', limit: 420_000, size: { width: 1500, height: 1000 } } as const;

const shots = '.cache/screenshots/round-trip';

const refusals: readonly (readonly [title: string, mark: string, words: string])[] = [
  ['Wrong audience', 'InvalidIdentityToken', 'Response does not contain the required audience.'],
  ['Wrong recipient', 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithSAML'],
  ['An hour old', 'ExpiredTokenException', 'Token must be redeemed within 5 minutes of issuance'],
  ['Altered attribute', 'InvalidIdentityToken', 'Response signature invalid'],
  ["Somebody else's key", 'InvalidIdentityToken', 'Response signature invalid'],
  ['Wrapped signature', 'InvalidIdentityToken', 'Response signature invalid'],
  ['No role', 'InvalidSamlResponse', 'Your request included an invalid SAML response. To logout, click here.'],
];

export async function signsInBreaksAndMends(workbench: Workbench): Promise<void> {
  await workbench.command('AWS Labs: SAML Round Trip');
  let panel = await workbench.webview({ has: '.setup' }, 90_000);
  const before = await resources(workbench);
  await workbench.screenshot(`${shots}-empty-dark.png`);
  await press(panel, 'Set up');
  await panel.getByText('All 6 are there').waitFor({ timeout: 60_000 });

  await signInHere(panel, 'STS gave credentials.');
  await panel.locator('.detail').getByText('GetCallerIdentity').waitFor();
  await panel.locator('.detail').getByText('assumed-role/LabsRoundTrip/ann@example.com').first().waitFor();
  await inAllThemes(workbench, 'credentials');

  await panel.getByRole('tab', { name: 'To Cognito' }).click();
  await signInHere(panel, 'The app has its tokens.');
  await chooseLine(panel, /ID token and access token/);
  assert.equal(await panel.locator('.note.good').count(), 2, 'both tokens are verified');
  await panel.locator('.detail').getByText('cognito:username').first().waitFor();
  await inAllThemes(workbench, 'tokens');
  await chooseLine(panel, /AuthnRequest/);
  await panel.locator('.detail').getByText('URL-encoded, base64, DEFLATE').waitFor();
  await press(panel, 'Sign out');
  await outcome(panel, 'signed out again');

  await inABrowser(workbench, panel);
  panel = await reloaded(workbench);
  await breaks(workbench, panel);
  await rollsOver(workbench, panel);

  await press(panel, 'Remove');
  await panel.getByText('Nothing is left: looked again for all 6, and found 0.').waitFor({ timeout: 60_000 });
  assert.deepEqual(await resources(workbench), before, 'the sandbox is as it was');
  const log = await poll('the log of the removal', async () => {
    const lines = workbench.output('AWS Labs');
    return lines.includes('cognito-idp.DeleteUserPool ok') ? lines : undefined;
  });
  assert.deepEqual(secretsIn(log), [], 'nothing secret is logged');
}

/** A person: the page is opened in a tab of its own, somebody is chosen, and the diagram follows. */
async function inABrowser(workbench: Workbench, panel: FrameLocator): Promise<void> {
  const cognito = await openedPage(workbench, panel);
  await cognito.getByLabel('Bob Baker').check();
  await cognito.getByRole('button', { name: 'Sign in' }).click();
  await cognito.getByRole('heading', { name: 'You are back at the app' }).waitFor();
  await panel.locator('.line.done', { hasText: 'bob signs in' }).waitFor();
  await outcome(panel, 'The app has its tokens.');
  await cognito.close();

  await panel.getByRole('tab', { name: 'To AWS sign-in' }).click();
  const aws = await openedPage(workbench, panel);
  await aws.getByLabel('Ann Archer').check();
  await aws.getByRole('button', { name: 'Sign in' }).click();
  await aws.getByRole('heading', { name: 'You are signed in to AWS' }).waitFor();
  await panel.getByRole('tab', { name: 'To AWS sign-in', selected: true }).waitFor();
  await chooseLine(panel, /Temporary credentials/);
  await panel.locator('.detail').getByText('nothing of them is recorded').waitFor();
  await aws.close();
}

async function openedPage(workbench: Workbench, panel: FrameLocator): Promise<Page> {
  const opened = workbench.page.context().waitForEvent('page', { timeout: 30_000 });
  await press(panel, 'Open in browser');
  return opened;
}

/** What was set up is found again. The journeys are not: the sandbox keeps no messages when it is left. */
async function reloaded(workbench: Workbench): Promise<FrameLocator> {
  await workbench.page.reload();
  await workbench.editorTab('SAML round trip').click();
  const panel = await workbench.webview({ has: '.setup.whole' }, 90_000);
  return panel;
}

async function breaks(workbench: Workbench, panel: FrameLocator): Promise<void> {
  await panel.getByRole('tab', { name: 'To AWS sign-in' }).click();
  for (const [title, mark, words] of refusals) {
    await breakIt(panel, title);
    await signInHere(panel, words);
    await panel.locator('.line.failed .mark', { hasText: mark }).waitFor();
    const told = await panel.locator('.refusal').innerText();
    assert.ok(told.includes(words) && told.includes('Why.') && told.includes('In real life.'), told);
    if (title === 'Wrapped signature') await inAllThemes(workbench, 'refused');
  }
  await breakIt(panel, 'Comment in the NameID');
  await signInHere(panel, 'the comment fooled nobody');
  await breakIt(panel, 'Nothing');
}

async function rollsOver(workbench: Workbench, panel: FrameLocator): Promise<void> {
  await press(panel, 'Roll the key over');
  await panel.locator('.stale').waitFor();
  await signInHere(panel, 'Response signature invalid');
  assert.match(await panel.locator('.refusal').innerText(), /After a rollover that is what happens/);
  await narrow(workbench);
  await press(panel, 'Update the provider with the new metadata');
  await panel.locator('.stale').waitFor({ state: 'detached' });
  await signInHere(panel, 'STS gave credentials.');
}

const press = (panel: FrameLocator, name: string) => panel.getByRole('button', { name, exact: true }).click();
const outcome = (panel: FrameLocator, hasText: string) => panel.locator('.outcome', { hasText }).waitFor();

async function signInHere(panel: FrameLocator, expected: string): Promise<void> {
  await panel.getByRole('button', { name: /^Sign in here/ }).click();
  await panel.locator('main[aria-busy=false]').waitFor();
  await outcome(panel, expected);
}

async function breakIt(panel: FrameLocator, title: string): Promise<void> {
  const choice = panel.locator('.choices .choice', { has: panel.getByText(title, { exact: true }) });
  await choice.locator('input').check();
  await panel.locator('main[aria-busy=false] .choices .chosen', { hasText: title }).waitFor();
}

const chooseLine = (panel: FrameLocator, name: RegExp) => panel.getByRole('option', { name }).click();

async function inAllThemes(workbench: Workbench, name: string): Promise<void> {
  for (const theme of ['light', 'high-contrast', 'high-contrast-light', 'dark'] as const)
    await picture(workbench, name, theme);
}

async function narrow(workbench: Workbench): Promise<void> {
  await workbench.setPanelWidth(400);
  for (const theme of ['light', 'dark'] as const) await picture(workbench, 'narrow', theme);
  await workbench.closeSideBar();
}

async function picture(workbench: Workbench, name: string, theme: Theme): Promise<void> {
  await workbench.setTheme(theme);
  await workbench.screenshot(`${shots}-${name}-${theme}.png`);
}

async function resources(workbench: Workbench): Promise<unknown> {
  const { endpoint } = await poll('the sandbox', async () => runningSandbox(workbench));
  return (await fetch(`${endpoint}/_sandbox/state`)).json();
}

/** Tokens, session tokens, and responses in base64. */
const secretsIn = (log: string): readonly string[] =>
  log.match(/eyJ[\w-]{20,}|IQoJ[\w/+-]{20,}|PHNhbWxw\S{20,}/g) ?? [];
