// The sandbox is killed from outside in the middle of a lab: the editor notices, says so, starts it again with its state,
// and the learner goes on where they were.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { poll } from '../poll.ts';
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

async function finish(panel: FrameLocator, place: number): Promise<void> {
  const step = panel.locator('.step').nth(place);
  await step.getByRole('button', { name: /^(Run|I have read this)$/ }).click();
  await poll(`step ${place + 1} done`, async () => {
    const state = (await step.getAttribute('class')) ?? '';
    assert.ok(!state.includes('step-failed'), await step.innerText());
    return state.includes('step-done') ? true : undefined;
  });
}

function sandboxProcess({ profile }: Workbench): number {
  const home = dirname(profile.serverData);
  const [file] = globSync('**/sandbox/sandbox.json', { cwd: home });
  if (file === undefined) return 0;
  const facts: unknown = JSON.parse(readFileSync(join(home, file), 'utf8'));
  return typeof facts === 'object' && facts !== null && 'pid' in facts ? Number(facts.pid) : 0;
}
