// What is there already: made by the learner, outside the editor and found by Check, or somebody else's and met by Run. The lab
// asks before it takes anything for its own, and what it may not take it leaves alone.
import assert from 'node:assert/strict';
import { CreateQueueCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { FrameLocator, Locator } from 'playwright-core';
import { poll } from '../poll.ts';
import { runningSandbox } from '../runningSandbox.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'dark', limit: 180_000 } as const;

const lab = 'Amazon SNS & SQS simplified';
const shots = '.cache/screenshots';
const makeQueue = 'Create the queue for orders';
const byHand = { MessageRetentionPeriod: '86400', ReceiveMessageWaitTimeSeconds: '0', VisibilityTimeout: '30' };

export async function adoptsWhatTheLearnerMadeByHand(workbench: Workbench): Promise<void> {
  const { panel, sqs } = await startLab(workbench);
  await sqs.send(new CreateQueueCommand({ QueueName: 'ContentQ', Attributes: byHand }));
  const step = stepOf(panel, makeQueue);
  await step.getByRole('button', { name: /^Check$/ }).click();
  await workbench.dialog().getByText('You made queue ContentQ by hand').waitFor();
  await workbench.screenshot(`${shots}/adopt-dark.png`);
  await workbench.pressInDialog('Adopt');
  await step.locator('.step-word', { hasText: 'Done by hand' }).waitFor();
  await panel.locator('.resource', { hasText: 'ContentQ' }).waitFor();

  await cleanUp(panel);
  await assert.rejects(sqs.send(new GetQueueUrlCommand({ QueueName: 'ContentQ' })), { name: 'QueueDoesNotExist' });
}

export async function leavesAloneWhatItMayNotTake(workbench: Workbench): Promise<void> {
  const { panel, sqs } = await startLab(workbench);
  await sqs.send(new CreateQueueCommand({ QueueName: 'ContentQ', Attributes: byHand }));
  const step = stepOf(panel, makeQueue);
  await step.getByRole('button', { name: /^Run$/ }).click();
  await workbench.dialog().getByText('There is already a queue ContentQ').waitFor();
  await workbench.pressInDialog('Cancel');
  await step.locator('.notice-error', { hasText: 'ContentQ' }).waitFor();
  await workbench.screenshot(`${shots}/not-adopted-dark.png`);
  assert.equal(await step.locator('.notice-error').count(), 1, 'said once');

  await cleanUp(panel);
  assert.ok(await sqs.send(new GetQueueUrlCommand({ QueueName: 'ContentQ' })));
}

export async function startsAfreshWhenTheSandboxWasEmptied(workbench: Workbench): Promise<void> {
  const { panel, sqs } = await startLab(workbench);
  await stepOf(panel, makeQueue).getByRole('button', { name: 'Run up to here' }).click();
  await panel.locator('.toolbar span.progress', { hasText: '3 of' }).waitFor();
  await workbench.command('AWS Labs: Reset Sandbox');
  await workbench.pressInDialog('Empty it');
  await panel.locator('.toolbar span.progress', { hasText: '0 of' }).waitFor();
  await assert.rejects(sqs.send(new GetQueueUrlCommand({ QueueName: 'ContentQ' })), { name: 'QueueDoesNotExist' });
  const row = await workbench.tree('Labs').row(lab);
  await poll('the tree to know it too', async () =>
    /0 of \d+/.test((await row.getAttribute('aria-label')) ?? '') ? true : undefined,
  );
  await stepOf(panel, makeQueue).getByRole('button', { name: 'Run up to here' }).click();
  await panel.locator('.toolbar span.progress', { hasText: '3 of' }).waitFor();
}

/** Finished, the lab is shown as not begun when it is to be done again: in the panel and in the tree. */
export async function isDoneAgain(workbench: Workbench): Promise<void> {
  const { panel } = await startLab(workbench);
  await stepOf(panel, makeQueue).getByRole('button', { name: 'Run up to here' }).click();
  await panel.locator('.toolbar span.progress', { hasText: '3 of' }).waitFor();
  await workbench.page.reload();
  // The browser edition may forget a tab that was opened just before: the tree opens the lab again.
  const again = await poll(
    'the lab that goes on',
    async () => {
      await workbench.tree('Labs').click(lab);
      return workbench.webview({ has: '.toolbar span.progress' }, 20_000);
    },
    80_000,
  );
  await cleanUp(again);
  await again.getByRole('button', { name: 'Do it again' }).click();
  await again.getByRole('button', { name: 'Start the lab' }).waitFor();
  const row = await workbench.tree('Labs').row(lab);
  await poll('no step done in the tree', async () =>
    (await row.getAttribute('aria-label'))?.includes('not begun') ? true : undefined,
  );
}

async function startLab(workbench: Workbench): Promise<{ panel: FrameLocator; sqs: SQSClient }> {
  await workbench.openView('AWS Labs');
  await workbench.tree('Labs').click(lab);
  const panel = await workbench.webview({ has: '.intro' });
  await panel.locator('#input-email input').press('Enter');
  await panel.locator('.toolbar span.progress').waitFor({ timeout: 60_000 });
  const sandbox = runningSandbox(workbench);
  assert.ok(sandbox, 'a sandbox runs');
  return { panel, sqs: new SQSClient(sandbox) };
}

async function cleanUp(panel: FrameLocator): Promise<void> {
  await panel.locator('.toolbar').getByRole('button', { name: 'Clean up' }).click();
  await panel.getByRole('button', { name: /Remove it all|Look once more/ }).click();
  await panel.locator('.proof').getByText('0 left').waitFor();
}

const stepOf = (panel: FrameLocator, title: string): Locator =>
  panel.locator('section.step').filter({ has: panel.locator('.step-title', { hasText: title }) });
