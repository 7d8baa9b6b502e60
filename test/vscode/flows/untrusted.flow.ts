// A workspace that nobody has trusted: the views work, the extension's own labs run, and those of the workspace are read and not run.
import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import { poll } from '../poll.ts';
import type { Workbench } from '../workbench.ts';

export const editor = {
  theme: 'light',
  limit: 150_000,
  trust: true,
  settings: {
    'security.workspace.trust.enabled': true,
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
  },
} as const;

const text = `---
title: A lab of somebody
summary: Makes a queue.
minutes: 1
services: [sqs]
covers: [T1]
names:
  queue: somebody-\${session.short}
---

# A lab of somebody

## A queue
<!-- step: queue -->

\`\`\`yaml run
- call: sqs.CreateQueue
  with: { QueueName: "\${names.queue}" }
\`\`\`
`;

export async function showsAndDoesNotRunWhatTheWorkspaceBrings(workbench: Workbench): Promise<void> {
  await workbench.statusItem('Restricted Mode').waitFor();
  const folder = join(workbench.profile.workspace, 'labs', 'somebody');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'lab.md'), text);
  await workbench.openView('AWS Labs');
  const labs = workbench.tree('Labs');
  await labs.row('A lab of somebody');
  await poll('it to be marked', async () => {
    const row = (await labs.rows()).find(({ label }) => label === 'A lab of somebody');
    return row?.description.includes('not trusted') ? true : undefined;
  });
  await labs.click('A lab of somebody');
  const panel = await workbench.webview({ title: 'AWS lab' });
  await panel
    .getByText(/not trusted/)
    .first()
    .waitFor();
  await workbench.screenshot('.cache/screenshots/untrusted-light.png');
  await workbench.command('AWS Labs: Run All Steps');
  await panel.getByText('This workspace is not trusted, so none of its labs is run.').first().waitFor();

  // The view and its commands are the extension's own.
  const tree = workbench.tree('Resources');
  await tree.expand('SQS queues');
  await tree.row(/No queues in/);
  await workbench.command('AWS Labs: Create Queue');
  await workbench.pick('Standard');
  await workbench.answer('Mine');
  await workbench.pick('No dead-letter queue');
  await tree.row('Mine');
}
