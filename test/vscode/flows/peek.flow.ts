// Looking into queues: in the sandbox truly, by search and keyboard, with what can be done to messages; on an endpoint, where to look is to
// receive, with the price said before and all given back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { sandbox as anySandbox, start } from '../../bench/servers.ts';
import { poll } from '../poll.ts';
import { runningSandbox } from '../runningSandbox.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'dark', limit: 240_000 } as const;

const command = 'AWS Labs: Look into Queue';

interface Queues {
  readonly sqs: SQSClient;
  readonly source: string;
  readonly dead: string;
}

/** `ContentQ`, which dead-letters to `OrderDeadQ` after so many receives. */
async function createQueues(sqs: SQSClient, maxReceiveCount: number): Promise<Queues> {
  const create = async (QueueName: string, Attributes = {}) =>
    (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
  const dead = await create('OrderDeadQ');
  const arn = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ['QueueArn'] }));
  const deadLetterTargetArn = arn.Attributes?.['QueueArn'];
  const source = await create('ContentQ', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }) });
  return { sqs, source, dead };
}

async function fill({ sqs, source }: Queues, count: number): Promise<void> {
  for (let at = 0; at < count; at += 10) {
    const Entries = Array.from({ length: 10 }, (_, place) => ({
      Id: `m${place}`,
      MessageBody: JSON.stringify({ orderId: 4700 + at + place, item: `notebook ${at + place}` }),
    }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: source, Entries }));
  }
}

async function openQueue(workbench: Workbench, name: string): Promise<FrameLocator> {
  // A window that is still settling may close the question: then it is asked anew.
  await poll(
    `the viewer of ${name}`,
    async () => {
      await workbench.command(command);
      await workbench.quickInput().fill(name, { timeout: 5_000 });
      await workbench.pick(name, 5_000);
      await workbench.editorTab(`Queue ${name}`).waitFor({ timeout: 10_000 });
      return true;
    },
    60_000,
  );
  return workbench.webview({ title: `Queue ${name}` });
}

const waitForText = (page: FrameLocator, text: string | RegExp) => page.getByText(text).first().waitFor();

export async function looksFindsSavesRedrivesAndDeletesInTheSandbox(workbench: Workbench): Promise<void> {
  await workbench.openView('AWS Labs');
  await workbench.command(command);
  const running = await poll('the sandbox', async () => runningSandbox(workbench), 60_000);
  await workbench.page.keyboard.press('Escape');
  const { endpoint, region, credentials } = running;
  const sqs = new SQSClient({ endpoint, region, credentials });
  const queues = await createQueues(sqs, 1);
  await fill(queues, 40);
  await workbench.closeSideBar();

  const page = await openQueue(workbench, 'ContentQ');
  await page.locator('.grid-row:visible').first().waitFor();
  await workbench.screenshot('.cache/screenshots/peek-editor-dark.png');
  assert.equal(await page.locator('.grid').getAttribute('aria-rowcount'), '41');

  // By keyboard: find, open, close, copy.
  await page.locator('.grid').focus();
  await workbench.page.keyboard.press('/');
  await workbench.page.keyboard.type('"notebook 17"');
  await waitForText(page, '1 of 40');
  await workbench.page.keyboard.press('Escape');
  await workbench.page.keyboard.press('Enter');
  await page.locator('.detail pre', { hasText: '"orderId": 4717' }).waitFor();
  for (const theme of ['light', 'high-contrast', 'high-contrast-light', 'dark'] as const) {
    await workbench.setTheme(theme);
    await workbench.screenshot(`.cache/screenshots/peek-editor-detail-${theme}.png`);
  }
  await page.locator('.grid').focus();
  await workbench.page.keyboard.press('c');
  const clipboard = () => workbench.page.evaluate('navigator.clipboard.readText()');
  await poll('the body in the clipboard', async () => (String(await clipboard()).includes('4717') ? true : undefined));
  await workbench.page.keyboard.press('Escape');

  // Dead letters appear by themselves, and go back.
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queues.source, MaxNumberOfMessages: 3, VisibilityTimeout: 0 }),
  );
  assert.equal(Messages.length, 3);
  await sqs.send(new ReceiveMessageCommand({ QueueUrl: queues.source, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }));
  await page.getByRole('button', { name: 'OrderDeadQ' }).click();
  await workbench.editorTab('Queue OrderDeadQ').waitFor();
  const dead = await workbench.webview({ title: 'Queue OrderDeadQ' });
  await dead.locator('.grid-row:visible').first().waitFor();
  await dead.locator('.grid').focus();
  await workbench.page.keyboard.press('ArrowDown');
  await workbench.page.keyboard.press('Space');
  await waitForText(dead, '1 chosen');
  await workbench.screenshot('.cache/screenshots/peek-editor-dead-dark.png');
  const before = await dead.locator('.grid').getAttribute('aria-rowcount');
  await dead.getByRole('button', { name: 'Redrive' }).click();
  await poll('one message fewer', async () => {
    const now = await dead.locator('.grid').getAttribute('aria-rowcount');
    return Number(now) === Number(before) - 1 ? true : undefined;
  });

  // All that is left is saved, then deleted.
  await dead.locator('.grid').focus();
  await workbench.page.keyboard.press('Control+A');
  await dead.getByRole('button', { name: 'Save chosen as NDJSON' }).click();
  const file = join(workbench.profile.workspace, 'OrderDeadQ.ndjson');
  await workbench.quickInput().waitFor();
  await workbench.page.keyboard.press('Enter');
  await waitForText(dead, 'saved to OrderDeadQ.ndjson');
  await workbench.screenshot('.cache/screenshots/peek-editor-chosen-dark.png');
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  assert.equal(lines.length, Number(before) - 2);
  assert.ok(JSON.parse(lines[0] ?? '').Body);
  await dead.getByRole('button', { name: 'Delete' }).click();
  await workbench.pressInDialog('Delete');
  await waitForText(dead, 'The queue is empty.');
  assert.deepEqual(
    workbench.consoleErrors.filter((line) => /Content Security/.test(line)),
    [],
  );
}

export async function saysThePriceAndGivesBackOnAnEndpoint(workbench: Workbench): Promise<void> {
  const server = await start(anySandbox);
  try {
    const { endpoint } = server;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials });
    const queues = await createQueues(sqs, 1);
    await fill(queues, 10);
    const counts = async () => {
      const AttributeNames = ['ApproximateNumberOfMessages' as const, 'ApproximateNumberOfMessagesNotVisible' as const];
      const answer = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queues.source, AttributeNames }));
      return Object.values(answer.Attributes ?? {}).join('/');
    };
    await workbench.openView('AWS Labs');
    await workbench.statusItem('Sandbox').click();
    await workbench.pick('Endpoint URL');
    await workbench.answer(endpoint);
    await workbench.statusItem(/127\.0\.0\.1/).waitFor();
    await workbench.closeSideBar();

    const page = await openQueue(workbench, 'ContentQ');
    await waitForText(page, 'Not looked into by default');
    await waitForText(page, 'dead-letters after 1 receive');
    await workbench.screenshot('.cache/screenshots/peek-editor-refused-dark.png');
    assert.equal(await counts(), '10/0');
    await page.getByRole('button', { name: 'I agree to that: look all the same' }).click();
    await waitForText(page, /10 held here/);
    assert.equal(await counts(), '0/10');
    await workbench.screenshot('.cache/screenshots/peek-editor-held-dark.png');
    await workbench.closeEditors();
    await poll('all given back', async () => ((await counts()) === '10/0' ? true : undefined), 15_000);
  } finally {
    await server.stop();
  }
}
