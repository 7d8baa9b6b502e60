// The lab of SAML, clicked through as a learner does: a file of one's own, metadata judged, both sign-ins, what is refused, and cleaned up.
// The pictures of the way are kept.
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { assertNoComplaints, cleanUp, pictures } from '../labPanel.ts';
import { poll } from '../poll.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'dark', limit: 400_000 } as const;

const lab = 'SAML 2.0: AD integration with a web application';
const shots = '.cache/screenshots/saml-lab';

export async function doesTheSamlLabToItsEnd(workbench: Workbench): Promise<void> {
  await workbench.openView('AWS Labs');
  await workbench.tree('Labs').click(lab);
  await workbench.editorTab(lab).waitFor();
  await workbench.closeSideBar();
  const panel = await workbench.webview({ has: '#step-federation' });
  await choosesAFile(workbench, panel);
  await panel.getByRole('button', { name: 'Start the lab' }).click();
  await panel.locator('.toolbar span.progress').waitFor({ timeout: 60_000 });
  for (const step of ['federation', 'journey']) await run(panel, step);
  await panel.locator('#step-journey').scrollIntoViewIfNeeded();
  await pictures(workbench, `${shots}/journey`);

  await run(panel, 'metadata');
  const company = panel.locator('#step-metadata .facts');
  await company.getByText('http://sts.example.com/adfs/services/trust').waitFor();
  await company.scrollIntoViewIfNeeded();
  await pictures(workbench, `${shots}/metadata`);

  await run(panel, 'trust');
  const rules = panel.locator('#step-trust details', { hasText: 'Claim rules for AD FS' });
  await rules.locator('summary').click();
  await rules.getByText('saml-provider/CompanyADFS').waitFor();
  await rules.scrollIntoViewIfNeeded();
  await pictures(workbench, `${shots}/claim-rules`);

  for (const step of ['validate', 'iam', 'pool']) await run(panel, step);
  await panel.locator('#step-validate .notice-lesson').scrollIntoViewIfNeeded();
  await pictures(workbench, `${shots}/validate`);

  await run(panel, 'to-aws');
  await showsAnn(workbench, panel);
  await run(panel, 'to-app');
  await showsClaims(workbench, panel);
  for (const step of ['refused-by-aws', 'refused-by-cognito']) await run(panel, step);
  await showsRefusals(workbench, panel);
  await run(panel, 'clean-up');
  await cleanUp(panel, /CompanyReaders[\s\S]*CompanyPeople/);
  await pictures(workbench, `${shots}/proof`);
  await looksIntoAFileOfTheLab(workbench, panel);
  assertNoComplaints(workbench);
}

/** Only its name comes to the page. */
async function choosesAFile(workbench: Workbench, panel: FrameLocator): Promise<void> {
  await pictures(workbench, `${shots}/start`);
  await panel.getByRole('button', { name: 'Choose a file' }).click();
  const name = panel.locator('#input-metadata-name');
  const field = workbench.quickInput();
  await field.waitFor();
  const file = resolve('labs/saml/files/adfs-metadata.xml');
  // The dialog lists folders meanwhile: it may forget what it was told, and hears no Enter while it is busy.
  await poll(
    'the file chosen',
    async () => {
      if ((await name.innerText()).trim() === 'adfs-metadata.xml') return true;
      if (!(await field.isVisible())) return undefined;
      // It may close at any moment.
      if ((await field.inputValue({ timeout: 500 })) === file) await workbench.page.keyboard.press('Enter');
      else await field.fill(file, { timeout: 500 });
      return undefined;
    },
    30_000,
    700,
  );
  await name.getByText('adfs-metadata.xml').waitFor();
  assert.equal((await name.innerText()).trim(), 'adfs-metadata.xml');
  await pictures(workbench, `${shots}/file-chosen`);
  await panel.getByRole('button', { name: 'Leave adfs-metadata.xml out' }).click();
  await name.getByText('None chosen').waitFor();
}

async function showsAnn(workbench: Workbench, panel: FrameLocator): Promise<void> {
  const arrival = panel.locator('#step-to-aws .action', { hasText: 'Ann signs in' });
  const facts = await arrival.locator('.facts').innerText();
  for (const part of [
    /urn:amazon:webservices/,
    /ann@example\.com/,
    /role\/CompanyReaders/,
    /http:\/\/idp\.localhost\/saml/,
  ])
    assert.match(facts, part);
  await arrival.locator('.facts').scrollIntoViewIfNeeded();
  await pictures(workbench, `${shots}/assertion`);
  const who = panel.locator('#step-to-aws .action', { hasText: 'And who is Ann?' });
  await who.getByText('Called with the credentials of the session').waitFor();
  const whole = await panel.locator('#step-to-aws').innerText();
  assert.doesNotMatch(whole, /[A-Za-z0-9+/=]{400}/, 'a whole response or token is shown');
  await panel.locator('#step-to-aws .notice-lesson').scrollIntoViewIfNeeded();
  await pictures(workbench, `${shots}/session`);
}

async function showsClaims(workbench: Workbench, panel: FrameLocator): Promise<void> {
  const claims = panel.locator('#step-to-app .action', { hasText: 'The ID token: who it is' });
  for (const part of [/CompanyADFS_ann/, /ann@example\.com/, /token_use/]) assert.match(await claims.innerText(), part);
  await claims.scrollIntoViewIfNeeded();
  await pictures(workbench, `${shots}/claims`);
}

async function showsRefusals(workbench: Workbench, panel: FrameLocator): Promise<void> {
  const lessons = panel.locator('#step-refused-by-aws .notice-lesson');
  assert.equal(await lessons.count(), 5);
  await lessons.nth(3).scrollIntoViewIfNeeded();
  await pictures(workbench, `${shots}/refused-by-aws`);
  assert.equal(await panel.locator('#step-refused-by-cognito .notice-lesson').count(), 5);
  await panel.locator('#step-refused-by-cognito .notice-lesson').last().scrollIntoViewIfNeeded();
  await pictures(workbench, `${shots}/refused-by-cognito`);
}

/** A copy, so that nothing one tries on it harms the lab. */
async function looksIntoAFileOfTheLab(workbench: Workbench, panel: FrameLocator): Promise<void> {
  await panel.locator('#step-validate').getByText('adfs-reformatted.xml').first().click();
  await workbench.editorTab(/Untitled/).waitFor();
  await pictures(workbench, `${shots}/file-of-the-lab`);
}

async function run(panel: FrameLocator, id: string): Promise<void> {
  const step: Locator = panel.locator(`#step-${id}`);
  await step.getByRole('button', { name: /^(Run|I have read this)$/ }).click();
  await poll(
    `${id} done`,
    async () => {
      const state = (await step.getAttribute('class')) ?? '';
      if (state.includes('step-failed')) throw new Error(await step.innerText());
      return state.includes('step-done') ? true : undefined;
    },
    90_000,
  );
}
