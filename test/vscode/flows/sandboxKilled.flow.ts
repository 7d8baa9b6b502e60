// The sandbox is killed from outside in the middle of a lab: the editor notices, says so, starts it again with its state,
// and the learner goes on where they were.
import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { poll } from '../poll.ts';
import { runningSandbox } from '../runningSandbox.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'dark', limit: 240_000 } as const;

export async function goesOnAfterTheSandboxWasKilled(workbench: Workbench): Promise<void> {
  await workbench.openView('AWS Labs');
  await workbench.tree('Labs').click('Amazon SNS & SQS simplified');
  const panel = await workbench.webview({ has: '.intro' });
  await panel.getByRole('button', { name: 'Start the lab' }).click();
  for (const step of [0, 1]) await finish(panel, step);

  const first = sandboxProcess(workbench);
  process.kill(first, 'SIGKILL');
  await workbench.notification('The sandbox was ended from outside').waitFor();
  await poll('another sandbox', async () => (sandboxProcess(workbench) === first ? undefined : true));
  await panel.locator('.notice', { hasText: 'ended from outside' }).waitFor();
  await workbench.screenshot('.cache/screenshots/sandbox-killed-dark.png');
  await panel.locator('.toolbar span.progress', { hasText: '2 of' }).waitFor({ timeout: 60_000 });

  // The topic is still there, and what comes next builds on it.
  for (const step of [2, 3]) await finish(panel, step);
  await panel.locator('.toolbar span.progress', { hasText: '4 of' }).waitFor({ timeout: 60_000 });
}

export async function goesOnWithAStepInWhichItWasKilled(workbench: Workbench): Promise<void> {
  await workbench.openView('AWS Labs');
  await workbench.tree('Labs').click('Amazon SNS & SQS simplified');
  const panel = await workbench.webview({ has: '.intro' });
  await panel.getByRole('button', { name: 'Start the lab' }).click();
  await panel.getByRole('button', { name: 'Run all' }).click();
  const question = panel.locator('.notice-question');
  await question.waitFor({ timeout: 60_000 });

  const first = sandboxProcess(workbench);
  process.kill(first, 'SIGKILL');
  await panel.locator('.notice', { hasText: 'ended from outside' }).waitFor();
  await poll('another sandbox', async () => (sandboxProcess(workbench) === first ? undefined : true));
  await workbench.screenshot('.cache/screenshots/sandbox-killed-in-step-dark.png');

  // It is back at the same address, so a step that waits may not have noticed. One that has says so, once, and is run again.
  const failed = panel.locator('.step-failed');
  const goesOn = panel.locator('.toolbar span.progress', { hasText: /\b([7-9]|1\d) of/ });
  await poll(
    'the step to go on',
    async () => {
      if ((await goesOn.count()) > 0) return true;
      if ((await failed.count()) > 0) {
        const notices = await failed.locator('.notice-error').allInnerTexts();
        assert.equal(notices.length, 1, 'said once');
        assert.match(notices[0] ?? '', /The sandbox does not answer|The connection broke/);
        await failed
          .getByRole('button', { name: 'Run again' })
          .click({ timeout: 2000 })
          .catch(() => undefined);
      }
      const answer = question.getByRole('button', { name: 'Let the sandbox do it' });
      if ((await answer.count()) > 0) await answer.click({ timeout: 2000 }).catch(() => undefined);
      return undefined;
    },
    60_000,
  );
}

async function finish(panel: FrameLocator, place: number): Promise<void> {
  const step = panel.locator('.step').nth(place);
  await step.getByRole('button', { name: /^(Run|I have read this)$/ }).click();
  await poll(`step ${place + 1} done`, async () => {
    const state = (await step.getAttribute('class')) ?? '';
    assert.ok(!state.includes('step-failed'), await step.innerText());
    return state.includes('step-done') ? true : undefined;
  });
}

const sandboxProcess = (workbench: Workbench): number => runningSandbox(workbench)?.pid ?? 0;
