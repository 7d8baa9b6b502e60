// What flows do with the panel of any lab: clean it up, take its picture, and see that nothing was complained of.
import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** `plan`: what the plan has to name before anything is removed. */
export async function cleanUp(panel: FrameLocator, plan: RegExp): Promise<void> {
  await panel.locator('.toolbar').getByRole('button', { name: 'Clean up' }).click();
  const remove = panel.getByRole('button', { name: /Remove it all|Look once more/ });
  await remove.waitFor();
  assert.match(await panel.locator('#teardown').innerText(), plan);
  await remove.click();
  await panel.locator('.proof').getByText('0 left').waitFor();
}

/** The same moment in dark and light: `path` is that of the pictures, without theme and ending. */
export async function pictures(workbench: Workbench, path: string): Promise<void> {
  await workbench.screenshot(`${path}-dark.png`);
  await workbench.setTheme('light');
  await workbench.screenshot(`${path}-light.png`);
  await workbench.setTheme('dark');
}

/** Of our own pages; the editor has complaints of its own. */
export function assertNoComplaints(workbench: Workbench): void {
  assert.deepEqual(
    workbench.consoleErrors.filter((line) => /Content Security Policy|webview|lab\.js|mailbox\.js/.test(line)),
    [],
  );
}
