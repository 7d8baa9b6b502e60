// A lab whose text has errors: marked in the tree, each error with its place in the panel and in the editor's own list;
// a click opens the text there. Mended and saved, the lab can be started.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { poll } from '../poll.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'light', files: resolve(import.meta.dirname, '../../fixtures/brokenLab') } as const;

export async function showsEachErrorWhereItStands(workbench: Workbench): Promise<void> {
  await workbench.openView('AWS Labs');
  const tree = workbench.tree('Labs');
  await tree.row('A lab with errors');
  await tree.click('A lab with errors');
  const panel = await workbench.webview({ has: '.problems' });
  await panel.locator('.problem', { hasText: 'line 16, column 9' }).waitFor();
  await workbench.screenshot('.cache/screenshots/broken-light.png');
  await panel.locator('.problem').first().click();
  await workbench.editorTab('lab.md').waitFor();
  await workbench.statusItem('Ln 16, Col').waitFor();

  const file = join(workbench.profile.workspace, 'labs/broken/lab.md');
  const mended = readFileSync(file, 'utf8')
    .replace('sqs.CreateQueu\n', 'sqs.CreateQueue\n  save: queue\n')
    .replace('${nobody.QueueUrl}"', '${queue.QueueUrl}", AttributeNames: [All]');
  writeFileSync(file, mended);
  await panel.getByRole('button', { name: 'Start the lab' }).waitFor();
  await poll('no error left in the tree', async () => {
    const row = (await tree.rows()).find(({ label }) => label === 'A lab with errors');
    return row && !row.description.includes('error') ? true : undefined;
  });
}
