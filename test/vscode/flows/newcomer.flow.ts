// A newcomer does the first lab as the panel offers it: opens the view, starts, runs every step, confirms the mail in the
// mailbox, cleans up and sees "0 left". The pictures of the way are kept.
import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { poll } from '../poll.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'dark', limit: 300_000 } as const;

const lab = 'Amazon SNS & SQS simplified';
const shots = '.cache/screenshots';

export async function doesTheLabToItsEnd(workbench: Workbench): Promise<void> {
  await workbench.openView('AWS Labs');
  await workbench.tree('Labs').click(lab);
  const panel = await workbench.webview({ has: '.intro' });
  const mailbox = await workbench.webview({ has: '.blank' });
  await workbench.screenshot(`${shots}/start-dark.png`);
  await panel.getByRole('button', { name: 'Start the lab' }).click();
  await panel.locator('.toolbar span.progress').waitFor({ timeout: 60_000 });

  const steps = await panel.locator('.step').evaluateAll((found) => found.map(({ id }) => id));
  assert.ok(steps.length >= 10, `${steps.length} steps`);
  for (const [place, step] of steps.entries()) {
    await runStep(workbench, panel, mailbox, step);
    if (place === 3) await pictures(workbench, 'half-way');
  }

  await cleansUp(workbench, panel);
  await assertNoComplaints(workbench);
}

async function runStep(workbench: Workbench, panel: FrameLocator, mailbox: FrameLocator, id: string): Promise<void> {
  const step = panel.locator(`[id="${id}"]`);
  await step.getByRole('button', { name: /^(Run|I have read this)$/ }).click();
  await poll(`${id} done`, async () => {
    if ((await step.getAttribute('class'))?.includes('step-failed')) throw new Error(await step.innerText());
    if ((await step.getAttribute('class'))?.includes('step-done')) return true;
    if (await step.locator('.notice-question').isVisible()) await answers(workbench, panel, mailbox, id);
    return undefined;
  });
}

/** What the learner is asked: to confirm the subscription by its mail, and to look at another. */
async function answers(workbench: Workbench, panel: FrameLocator, mailbox: FrameLocator, id: string): Promise<void> {
  const done = panel.locator(`[id="${id}"]`).getByRole('button', { name: 'I have done it' });
  const unread = mailbox.locator('.unread .mail-head').first();
  if (await unread.isVisible()) await unread.click();
  const confirm = mailbox.getByRole('button', { name: /Confirm/ }).and(mailbox.locator(':not([aria-expanded])'));
  if ((await confirm.count()) > 0) {
    await pictures(workbench, 'mailbox');
    await confirm.first().click();
    await mailbox.locator('.outcome').first().waitFor();
  } else if (await done.isVisible()) await done.click();
}

async function cleansUp(workbench: Workbench, panel: FrameLocator): Promise<void> {
  await panel.locator('.toolbar').getByRole('button', { name: 'Clean up' }).click();
  await panel.getByRole('button', { name: 'Remove it all' }).waitFor();
  assert.match(await panel.locator('#teardown').innerText(), /\d+ message/);
  await workbench.screenshot(`${shots}/plan-dark.png`);
  await emptiesAQueue(workbench, panel);
  await panel.getByRole('button', { name: 'Remove it all' }).click();
  await panel.locator('.proof').getByText('0 left').waitFor();
  await pictures(workbench, 'proof');
}

/** The plan offers to throw away what a queue holds and to keep the queue; it is then counted anew. */
async function emptiesAQueue(workbench: Workbench, panel: FrameLocator): Promise<void> {
  const empty = panel.locator('#teardown').getByRole('button', { name: /^Empty .* and keep$/ });
  const before = await empty.count();
  await empty.first().click();
  await workbench.dialog().getByText('deleted for good; the queue stays').waitFor();
  await workbench.pressInDialog('Empty it');
  await panel.locator('.notice', { hasText: 'is emptied and still there' }).waitFor();
  await poll('one queue fewer to empty', async () => ((await empty.count()) === before - 1 ? true : undefined));
}

/** The same moment in dark and light, and in a narrow panel. */
async function pictures(workbench: Workbench, name: string): Promise<void> {
  await workbench.screenshot(`${shots}/${name}-dark.png`);
  await workbench.setTheme('light');
  await workbench.screenshot(`${shots}/${name}-light.png`);
  await workbench.setTheme('dark');
}

async function assertNoComplaints(workbench: Workbench): Promise<void> {
  const ours = workbench.consoleErrors.filter((line) =>
    /Content Security Policy|webview|lab\.js|mailbox\.js/.test(line),
  );
  assert.deepEqual(ours, []);
  assert.match(workbench.output('AWS Labs'), /sns\.CreateTopic ok \d+ ms/);
}
