// The Resources view in the real editor: what its rows say, and that it reads what is in sight and nothing else.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  DeleteQueueCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { poll } from '../poll.ts';
import { runningSandbox, type RunningSandbox } from '../runningSandbox.ts';
import type { Workbench } from '../workbench.ts';
import { makeSmallSet } from '../smallSet.ts';

export const editor = { theme: 'dark', limit: 200_000, size: { width: 1280, height: 900 } } as const;

interface Call {
  readonly n: number;
  readonly operation: string;
}

async function admin(sandbox: RunningSandbox, path: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${sandbox.endpoint}/_sandbox/${path}`, {
    ...(body && { method: 'POST', headers, body: JSON.stringify(body) }),
  });
  return answer.json();
}

async function callsAfter(sandbox: RunningSandbox, n: number): Promise<readonly Call[]> {
  const answer = await admin(sandbox, `calls?after=${n}`);
  return typeof answer === 'object' && answer !== null && 'calls' in answer && Array.isArray(answer.calls)
    ? answer.calls
    : [];
}

const lastCall = async (sandbox: RunningSandbox): Promise<number> => (await callsAfter(sandbox, 0)).at(-1)?.n ?? 0;

const details = (calls: readonly Call[]): number =>
  calls.filter(({ operation }) => operation === 'sqs.GetQueueAttributes').length;

/** From here on, every row that is ever drawn is counted, if only for a moment. Gives how many there were. */
async function countDrawn(workbench: Workbench): Promise<() => Promise<number>> {
  await workbench.page.evaluate(`{
    globalThis.drawnQueues = new Set();
    const note = () => {
      for (const row of document.querySelectorAll('[role=treeitem] .label-name'))
        if (row.textContent.startsWith('Queue')) globalThis.drawnQueues.add(row.textContent);
    };
    note();
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true });
  }`);
  return async () => Number(await workbench.page.evaluate('globalThis.drawnQueues.size'));
}

/** The Resources view alone in the side bar, its topics unfolded: this starts the sandbox. */
async function openResources(workbench: Workbench): Promise<RunningSandbox> {
  await workbench.openView('AWS Labs');
  assert.equal(runningSandbox(workbench), undefined, 'no sandbox before something is unfolded');
  for (const view of ['Labs', 'Mailbox']) {
    const header = workbench.page.locator('.pane-header', { hasText: view }).first();
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
  }
  const tree = workbench.tree('Resources');
  await tree.row('SNS topics');
  await tree.expand('SNS topics');
  await tree.row(/No topics in/);
  return poll('the sandbox', () => runningSandbox(workbench));
}

export async function readsWhatIsInSightOfTenThousandQueues(workbench: Workbench): Promise<void> {
  const sandbox = await openResources(workbench);
  const client = new SQSClient({ ...sandbox, maxAttempts: 3 });
  const many = 10_000;
  for (let start = 0; start < many; start += 50) {
    const names = Array.from({ length: 50 }, (_, place) => `Queue${String(start + place).padStart(5, '0')}`);
    await Promise.all(names.map((QueueName) => client.send(new CreateQueueCommand({ QueueName }))));
  }
  await admin(sandbox, 'faults', { rules: [{ operation: '*', kind: 'latency', ms: 40 }] });
  const before = await lastCall(sandbox);
  const tree = workbench.tree('Resources');
  const group = await tree.row('SQS queues');
  const began = Date.now();
  await group.locator('.monaco-tl-twistie').click();
  await tree.root.locator('[role=treeitem]', { hasText: 'Queue00000' }).waitFor();
  console.log(`    first rows ${Date.now() - began} ms after the click`);
  await tree.root.locator('[role=treeitem]', { hasText: 'SQS queues10,000' }).waitFor();
  console.log(`    all of them ${Date.now() - began} ms after`);
  await poll('details of what is in sight', async () => {
    const rows = (await tree.rows()).filter(({ label }) => label.startsWith('Queue'));
    return rows.length > 10 && rows.every(({ description }) => description === 'empty') ? rows : undefined;
  });
  const first = await callsAfter(sandbox, before);
  const drawn = (await tree.rows()).filter(({ label }) => label.startsWith('Queue'));
  const lists = first.filter(({ operation }) => operation === 'sqs.ListQueues').length;
  const asked = first.filter(({ operation }) => operation === 'sqs.ListDeadLetterSourceQueues').length;
  console.log(
    `    ${drawn.length} rows in sight, ${asked} asked for, ${details(first)} calls for details, ${lists} for lists`,
  );
  assert.equal(lists, 10);
  assert.ok(asked <= drawn.length + 2, `${asked} rows were asked for, ${drawn.length} are in sight`);

  // Live: the same rows again, and no others.
  const still = await lastCall(sandbox);
  await new Promise((resolve) => setTimeout(resolve, 4000));
  const again = await callsAfter(sandbox, still);
  assert.ok(
    details(again) > 0 && details(again) <= 2 * (drawn.length + 2),
    `${details(again)} calls while nothing moved`,
  );
  assert.ok(again.every(({ operation }) => operation === 'sqs.GetQueueAttributes'));

  // Far down at once: those that are drawn there are asked for.
  const far = await lastCall(sandbox);
  const newlyDrawn = await countDrawn(workbench);
  await tree.root.locator('[role=treeitem]').nth(3).click();
  await workbench.page.keyboard.press('End');
  const last = await poll('the last rows', async () => {
    const rows = (await tree.rows()).filter(({ label }) => label.startsWith('Queue09'));
    return rows.length > 10 && rows.every(({ description }) => description === 'empty') ? rows : undefined;
  });
  const after = await callsAfter(sandbox, far);
  const seen = after.filter(({ operation }) => operation === 'sqs.ListDeadLetterSourceQueues').length;
  const passed = await newlyDrawn();
  console.log(`    ${last.length} rows at the end, ${passed} ever drawn, ${seen} newly asked for`);
  assert.ok(seen <= passed && passed < 200, `${seen} rows were asked for, ${passed} were drawn`);
  await workbench.screenshot('.cache/screenshots/resources-many-dark.png');

  // A command finds one that is far away, and shows it.
  await workbench.command('AWS Labs: Find Resource');
  await workbench.quickInput().fill('Queue0512');
  await workbench.pick('Queue05123');
  await tree.row('Queue05123');

  // Somebody else deletes it: the row goes, with a word.
  await admin(sandbox, 'faults', { rules: [] });
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'Queue05123' }));
  await client.send(new DeleteQueueCommand({ QueueUrl }));
  await workbench.statusItem('The queue Queue05123 is no longer there.').waitFor();
  assert.ok(!(await tree.labels()).includes('Queue05123'));
  client.destroy();
}

export async function saysWhatMattersInEachRow(workbench: Workbench): Promise<void> {
  const sandbox = await openResources(workbench);
  await makeSmallSet(sandbox);
  await workbench.viewAction('Resources', 'Refresh Resources');
  const tree = workbench.tree('Resources');
  const says = async (label: string, text: string) =>
    poll(`${label}: ${text}`, async () => {
      await tree.row(label);
      const rows = await tree.rows();
      return rows.some((row) => row.label === label && row.description.includes(text)) ? true : undefined;
    });
  await tree.expand('SQS queues');
  await tree.expand('NewContent');
  await says('reader@example.com', 'pending · email');
  await says('Orders', '12 visible · 1 delayed · DLQ 3 after 3 receives');
  await says('Payments.fifo', 'FIFO');
  await tree.collapse('NewContent');
  await tree.expand('Orders');
  await says('OrdersDead', 'DLQ · 3 visible');
  await says('NewContent', 'subscription');
  await tree.expand('NewContent');
  await tree.expand('AutoOff instances');
  await tree.expand('Not quite AutoOff=yes');
  await tree.expand('Kinesis streams');
  await tree.expand('S3 buckets');
  await tree.expand('reports-2026');
  await tree.expand('invoices');
  for (const theme of ['light', 'high-contrast', 'dark'] as const) {
    await workbench.setTheme(theme);
    await workbench.page.mouse.move(700, 500);
    await tree.row('SNS topics');
    await workbench.screenshot(`.cache/screenshots/resources-${theme}.png`);
    await tree.row('AutoOff instances');
    await workbench.screenshot(`.cache/screenshots/resources-${theme}-end.png`);
  }
  // By name, from the palette.
  await workbench.command('AWS Labs: Add Resource by Name');
  await workbench.pick('SQS queues');
  await workbench.answer('Elsewhere');
  await workbench.notification('There is no queue Elsewhere in us-east-1.').waitFor();
  await workbench.command('AWS Labs: Add Resource by Name');
  await workbench.pick('SQS queues');
  await workbench.answer('Orders');
  await says('Orders', '12 visible');
  await workbench.command('AWS Labs: Load More Resources');
  await workbench.notification('All there is to list is shown.').waitFor();
  const client = new SQSClient(sandbox);
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'Orders' }));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'one more' }));
  await says('Orders', '13 visible');
  await client.send(new CreateQueueCommand({ QueueName: 'Orders2' }));
  await tree.rowAction('SQS queues', 'Refresh');
  await says('Orders2', 'empty');
  client.destroy();
}

export async function findsAndUploadsObjects(workbench: Workbench): Promise<void> {
  const sandbox = await openResources(workbench);
  await makeSmallSet(sandbox);
  const tree = workbench.tree('Resources');
  await tree.expand('S3 buckets');
  await tree.contextMenu('reports-2026', 'Find Resource');
  await workbench.answer('invoices/m');
  await tree.row('Begins with “invoices/m”');
  await tree.row('may.csv');
  assert.ok(!(await tree.labels()).includes('june.csv'));

  // A file is dragged from the editor onto the bucket; once more, and it asks before it replaces.
  writeFileSync(join(workbench.profile.workspace, 'hello.html'), '<h1>Hello</h1>');
  await workbench.openFile('hello.html');
  await workbench.editorTab('hello.html').dragTo(await tree.row('reports-2026'));
  await workbench.statusItem('1 file uploaded to reports-2026.').waitFor();
  await tree.row('hello.html');
  await workbench.editorTab('hello.html').dragTo(await tree.row('reports-2026'));
  await workbench.dialog().waitFor();
  await workbench.screenshot('.cache/screenshots/resources-replace-dark.png');
  await workbench.pressInDialog('Cancel');
}
