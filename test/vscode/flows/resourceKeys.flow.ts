// The Resources view by the keyboard: its rows are read again, found by typing, copied and deleted; and the mailbox is opened by name.
import assert from 'node:assert/strict';
import { CreateQueueCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { poll } from '../poll.ts';
import { type RunningSandbox, runningSandbox } from '../runningSandbox.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'dark', limit: 150_000, size: { width: 1280, height: 900 } } as const;

export async function findsCopiesAndDeletesByKeys(workbench: Workbench): Promise<void> {
  await workbench.openView('AWS Labs');
  const tree = workbench.tree('Resources');
  await tree.expand('SQS queues');
  await tree.row(/No queues in/);
  await tree.expand('SNS topics');
  await tree.row(/No topics in/);
  const sandbox = await poll('the sandbox', () => runningSandbox(workbench));
  const client = new SQSClient(sandbox);
  const make = (QueueName: string) => client.send(new CreateQueueCommand({ QueueName }));
  await Promise.all(['Alpha', 'Beta', 'Gamma'].map(make));

  // The chosen row is read anew, and then all of them.
  await tree.click('SQS queues');
  await workbench.command('AWS Labs: Refresh');
  await tree.expand('SQS queues');
  await tree.row('Gamma');
  assert.equal(await listsOfTopics(sandbox), 1, 'no other row is read');
  await make('Delta');
  await workbench.command('AWS Labs: Refresh Resources');
  await tree.row('Delta');
  assert.equal(await listsOfTopics(sandbox), 2);

  // Finding is the editor's own: it looks among the rows that are there.
  await tree.click('Alpha');
  await workbench.page.keyboard.press('Control+Alt+F');
  const find = workbench.page.locator('.monaco-tree-type-filter input, .tree-type-filter input').first();
  await find.waitFor();
  await find.fill('gam');
  await workbench.page.keyboard.press('Enter');
  await workbench.screenshot('.cache/screenshots/resources-found-dark.png');
  await poll('the found row to have the focus', async () => {
    const focused = tree.root.locator('[role=treeitem].focused, .monaco-list-row.focused');
    return (await focused.count()) > 0 && (await focused.first().innerText()).includes('Gamma') ? true : undefined;
  });
  await workbench.page.keyboard.press('Escape');

  await tree.click('Gamma');
  await workbench.page.keyboard.press('Control+C');
  await poll('its ARN to be copied', async () => {
    const copied = await workbench.page.evaluate<string>('navigator.clipboard.readText()');
    return /^arn:aws:sqs:us-east-1:\d{12}:Gamma$/.test(copied) ? true : undefined;
  });

  await workbench.page.keyboard.press('Delete');
  await workbench.dialog().getByText('Delete the queue Gamma?').waitFor();
  await workbench.pressInDialog('Cancel');
  await client.send(new GetQueueUrlCommand({ QueueName: 'Gamma' }));
  await tree.click('Gamma');
  await workbench.page.keyboard.press('Delete');
  await workbench.pressInDialog('Delete');
  await workbench.notification('The queue Gamma was deleted.').waitFor();
  await poll('its row to go', async () => ((await tree.labels()).includes('Gamma') ? undefined : true));
  await assert.rejects(client.send(new GetQueueUrlCommand({ QueueName: 'Gamma' })), { name: 'QueueDoesNotExist' });
  client.destroy();
}

export async function opensTheMailboxFromElsewhere(workbench: Workbench): Promise<void> {
  await workbench.openView('Explorer');
  await workbench.command('AWS Labs: Open Mailbox');
  const mailbox = await workbench.webview({ has: '.blank' });
  await mailbox.locator('.blank').waitFor();
}

async function listsOfTopics({ endpoint }: RunningSandbox): Promise<number> {
  const text = await (await fetch(`${endpoint}/_sandbox/calls?after=0`)).text();
  return text.split('"sns.ListTopics"').length - 1;
}
