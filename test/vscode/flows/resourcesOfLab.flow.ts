// What a lab makes appears in the Resources view by itself, marked with the lab's name, and goes when the lab is cleaned up.
import assert from 'node:assert/strict';
import { poll } from '../poll.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'light', limit: 120_000 } as const;

export async function marksWhatALabMade(workbench: Workbench): Promise<void> {
  await workbench.openView('AWS Labs');
  const tree = workbench.tree('Resources');
  await tree.expand('SNS topics');
  await tree.row(/No topics in/);
  await workbench.tree('Labs').click('Amazon SNS & SQS simplified');
  const panel = await workbench.webview({ has: '.intro' });
  await panel.getByRole('button', { name: 'Start the lab' }).click();
  for (const place of [0, 1]) {
    const step = panel.locator('.step').nth(place);
    await step.getByRole('button', { name: /^(Run|I have read this)$/ }).click();
    await poll(`step ${place + 1} done`, async () => {
      const state = (await step.getAttribute('class')) ?? '';
      assert.ok(!state.includes('step-failed'), await step.innerText());
      return state.includes('step-done') ? true : undefined;
    });
  }
  await poll('the topic, marked', async () =>
    (await tree.rows()).some(({ level, description }) => level === 2 && description.includes('lab “Amazon SNS & SQS'))
      ? true
      : undefined,
  );
  await workbench.screenshot('.cache/screenshots/resources-of-lab-light.png');
}
