// The lab of the bucket that tells of its files, clicked through as a learner does: refused, let in by hand, followed to the dead
// letters, cleaned up; and begun from what the lab before it has left. The pictures of the way are kept.
import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { assertNoComplaints, cleanUp, pictures } from '../labPanel.ts';
import { poll } from '../poll.ts';
import type { Workbench } from '../workbench.ts';

export const editor = {
  theme: 'dark',
  limit: 300_000,
  settings: { 'editor.autoClosingBrackets': 'never', 'editor.autoClosingQuotes': 'never', 'editor.autoIndent': 'none' },
} as const;

const lab = 'Enhanced workflow: S3, SNS and SQS events';
const labBefore = 'Amazon SNS & SQS simplified';
const shots = '.cache/screenshots/s3-events';

export async function doesTheEventsLabToItsEnd(workbench: Workbench): Promise<void> {
  const first = await openLab(workbench, lab);
  await pictures(workbench, `${shots}/start`);
  await start(first);
  for (const step of ['events', 'base', 'bucket', 'refused']) await run(first, step);
  await first.locator('#step-refused .notice-lesson', { hasText: 'Unable to validate' }).scrollIntoViewIfNeeded();
  await pictures(workbench, `${shots}/refused`);

  const panel = await letsTheBucketInByHand(workbench, first);
  for (const step of ['accepted', 'upload', 'undone', 'clean-up']) {
    await run(panel, step);
    await pictures(workbench, `${shots}/${step}`);
  }
  await showsWhatTheEventSays(workbench, panel);
  await cleanUp(panel, /ordersbucket-\w+\n1 object/);
  await pictures(workbench, `${shots}/proof`);
  assertNoComplaints(workbench);
}

/** Check says what is missing; a policy of the learner's own, in another form than the lab's, is as good. */
async function letsTheBucketInByHand(workbench: Workbench, panel: FrameLocator): Promise<FrameLocator> {
  const step = panel.locator('#step-policy');
  await step.getByRole('button', { name: /^Check$/ }).click();
  await step.locator('.check', { hasText: 'No statement allows' }).first().waitFor();
  await step.locator('.check').first().scrollIntoViewIfNeeded();
  await pictures(workbench, `${shots}/policy-hint`);
  const bucket = (await panel.locator('#step-bucket').innerText()).match(/ordersbucket-\w+/)?.[0] ?? '';
  await writePolicy(workbench, bucket);
  await workbench.editorTab(lab).click();
  const again = await workbench.webview({ has: '#step-base' });
  await again
    .locator('#step-policy')
    .getByRole('button', { name: /^Check$/ })
    .click();
  await again.locator('#step-policy .step-word', { hasText: 'Done by hand' }).waitFor();
  await pictures(workbench, `${shots}/policy-by-hand`);
  return again;
}

/** As the lab's text says: the topic's policy, opened as a document, and saved. */
async function writePolicy(workbench: Workbench, bucket: string): Promise<void> {
  const { keyboard } = workbench.page;
  const resources = workbench.tree('Resources');
  await resources.expand('SNS topics');
  await resources.contextMenu('Order', 'Open Policy');
  await workbench.editorTab('policy.json').waitFor();
  const lines = workbench.page.locator('.editor-instance .view-lines').first();
  const [resource, account] = await poll(
    'the ARN of the topic',
    async () => /arn:aws:sns:[\w-]+:(\d+):Order/.exec(await lines.innerText()) ?? undefined,
  );
  const statement = {
    Effect: 'Allow',
    Principal: { Service: ['s3.amazonaws.com'] },
    Action: ['SNS:Publish'],
    Resource: resource,
    Condition: {
      ArnLike: { 'aws:SourceArn': `arn:aws:s3:*:*:${bucket}` },
      StringEquals: { 'aws:SourceAccount': account },
    },
  };
  await keyboard.press('Control+A');
  await keyboard.press('Delete');
  await keyboard.insertText(JSON.stringify({ Version: '2012-10-17', Statement: statement }, undefined, 2));
  await pictures(workbench, `${shots}/policy-document`);
  await keyboard.press('Control+S');
  const written = workbench.page.locator('.tabs-container .tab', { hasText: 'policy.json' });
  await poll('the policy saved', async () =>
    (await written.getAttribute('class'))?.includes('dirty') ? undefined : true,
  );
}

async function showsWhatTheEventSays(workbench: Workbench, panel: FrameLocator): Promise<void> {
  const shown = panel.locator('#step-upload .action', { hasText: 'What a program needs of it' });
  const text = await shown.innerText();
  for (const part of [
    /ObjectCreated:Put/,
    /ordersbucket-/,
    /orders\/order-1004\.json/,
    /size/,
    /eTag/,
    /ForSNSNotification/,
  ])
    assert.match(text, part);
  await shown.scrollIntoViewIfNeeded();
  await pictures(workbench, `${shots}/event`);
}

export async function startsFromWhatTheLabBeforeHasLeft(workbench: Workbench): Promise<void> {
  const before = await openLab(workbench, labBefore);
  await before.locator('#input-email input').fill('me@example.com');
  await start(before);
  const last = before.locator('#step-redrive-policy');
  await last.getByRole('button', { name: 'Run up to here' }).click();
  await before.locator('.toolbar span.progress', { hasText: '6 of' }).waitFor();

  const panel = await openLab(workbench, lab);
  assert.equal(await panel.locator('#input-email input').inputValue(), 'me@example.com');
  await start(panel);
  await panel.locator('#step-base').getByRole('button', { name: /^Run$/ }).click();
  await workbench.dialog().getByText('The lab sns-sqs has left topic Order').waitFor();
  await pictures(workbench, `${shots}/take-over`);
  await workbench.pressInDialog('Start from them');
  await settle(panel, 'base');
  await panel.locator('.resource', { hasText: 'ContentRedriveQ' }).waitFor();
  await panel.locator('#step-base').scrollIntoViewIfNeeded();
  await pictures(workbench, `${shots}/taken-over`);

  await workbench.editorTab(labBefore).click();
  const old = await workbench.webview({ has: '#step-redrive-policy' });
  await cleanUp(old, /nothing left to remove/);
  await old.locator('.proof').getByText('the lab s3-events took over').waitFor();
  await pictures(workbench, `${shots}/passed-on`);
  await workbench.editorTab(lab).click();
  const again = await workbench.webview({ has: '#step-base' });
  await again
    .locator('#step-base')
    .getByRole('button', { name: /^Check$/ })
    .click();
  await poll('it still holds', async () =>
    (await again.locator('#step-base .check-held').count()) === 3 ? true : undefined,
  );
  await cleanUp(again, /ContentQ/);
}

async function openLab(workbench: Workbench, title: string): Promise<FrameLocator> {
  await workbench.openView('AWS Labs');
  await workbench.tree('Labs').click(title);
  await workbench.editorTab(title).waitFor();
  return workbench.webview({ has: title === lab ? '#step-base' : '#step-redrive-policy' });
}

async function start(panel: FrameLocator): Promise<void> {
  await panel.getByRole('button', { name: 'Start the lab' }).click();
  await panel.locator('.toolbar span.progress').waitFor({ timeout: 60_000 });
}

async function run(panel: FrameLocator, id: string): Promise<void> {
  await panel
    .locator(`#step-${id}`)
    .getByRole('button', { name: /^(Run|I have read this)$/ })
    .click();
  await settle(panel, id);
}

/** What the learner is asked is left to the sandbox. */
async function settle(panel: FrameLocator, id: string): Promise<void> {
  const step: Locator = panel.locator(`#step-${id}`);
  const helped = step.getByRole('button', { name: 'Let the sandbox do it' });
  await poll(
    `${id} done`,
    async () => {
      const state = (await step.getAttribute('class')) ?? '';
      if (state.includes('step-failed')) throw new Error(await step.innerText());
      if (state.includes('step-done')) return true;
      if (await helped.isVisible()) await helped.click({ timeout: 5000 }).catch(() => undefined);
      return undefined;
    },
    90_000,
  );
}
