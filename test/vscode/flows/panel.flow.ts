// The panel beyond the straight way: up to a step in one go, check and undo, hidden and shown again, the window reloaded, in
// every theme and in a narrow column. The pictures are kept.
import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { poll } from '../poll.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'dark', limit: 300_000 } as const;

const lab = 'Amazon SNS & SQS simplified';
const topic = 'Create the topic';
const deadLetters = 'Create the queue for what fails';
const redrive = 'Make it the dead-letter queue of the first';
const shots = '.cache/screenshots';

export async function keepsWhatTheLearnerDid(workbench: Workbench): Promise<void> {
  await workbench.openView('AWS Labs');
  await workbench.tree('Labs').click(lab);
  let panel = await workbench.webview({ has: '.intro' });
  await panel.getByRole('button', { name: 'Start the lab' }).click();
  await press(panel, redrive, 'Run up to here');
  await progress(panel, '6 of');
  await inAllThemes(workbench, panel);

  await press(panel, deadLetters, 'Undo');
  await stepOf(panel, deadLetters, 'step-waiting').waitFor();
  await press(panel, deadLetters, 'Check');
  await stepOf(panel, deadLetters).locator('.check-failed .notice-hint').first().waitFor();
  await press(panel, deadLetters, /^Run$/);
  await stepOf(panel, deadLetters, 'step-done').waitFor();
  await press(panel, redrive, /^Run( again)?$/);
  await progress(panel, '6 of');

  // Hidden behind another editor, the panel is thrown away; it comes back with what was folded.
  await stepOf(panel, topic).locator('.fold').click();
  await stepOf(panel, topic).locator('.step-body').waitFor({ state: 'hidden' });
  await workbench.command('File: New Untitled Text File');
  await workbench.editorTab(lab).click();
  panel = await workbench.webview({ has: '.intro' });
  await progress(panel, '6 of');
  assert.equal(await stepOf(panel, topic).locator('.step-body').isVisible(), false);

  // A window loaded again shows the panel again and takes the session up where it was. What was folded is not held to here:
  // closing, the browser edition saves a panel's own state only as far as it gets.
  await workbench.page.reload();
  await workbench.editorTab(lab).click();
  panel = await workbench.webview({ has: '.toolbar span.progress' }, 60_000);
  await progress(panel, '6 of');
  await workbench.tree('Labs').expand(lab);
  await poll('the tree to know it too', async () => {
    const done = (await workbench.tree('Labs').rows()).filter(({ spoken }) => spoken.endsWith(', done'));
    return done.length >= 6 ? true : undefined;
  });
}

async function inAllThemes(workbench: Workbench, panel: FrameLocator): Promise<void> {
  await stepOf(panel, 'Let messages in')
    .locator('.fold')
    .evaluate((fold) => fold.scrollIntoView());
  for (const theme of ['light', 'high-contrast', 'high-contrast-light', 'dark'] as const) {
    await workbench.setTheme(theme);
    await workbench.screenshot(`${shots}/panel-${theme}.png`);
  }
  await workbench.setPanelWidth(400);
  await workbench.screenshot(`${shots}/panel-400-dark.png`);
  await workbench.setTheme('light');
  await workbench.screenshot(`${shots}/panel-400-light.png`);
  await workbench.setTheme('dark');
  await workbench.setPanelWidth(900);
}

async function press(panel: FrameLocator, step: string, name: string | RegExp): Promise<void> {
  await stepOf(panel, step).getByRole('button', { name }).click();
}

/** By its title: a lab's author may name and order steps anew. */
const stepOf = (panel: FrameLocator, title: string, state = 'step'): Locator =>
  panel.locator(`section.${state}`).filter({ has: panel.locator('.step-title', { hasText: title }) });

const progress = (panel: FrameLocator, hasText: string) =>
  panel.locator('.toolbar span.progress', { hasText }).waitFor({ timeout: 60_000 });
