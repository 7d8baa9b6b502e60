// The composer as a person uses it: a queue is made and written to, a topic published to, a record put; what does not fit is said at its
// field, and the text outlives being hidden and a reload of the window. The pictures are kept, in every theme.
import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { poll } from '../poll.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'dark', limit: 300_000 } as const;

const shots = '.cache/screenshots';

export async function sendsPublishesAndPuts(workbench: Workbench): Promise<void> {
  await workbench.openView('AWS Labs');
  await workbench.command('AWS Labs: Create Queue');
  await workbench.pick('Standard');
  await workbench.answer('a b');
  await poll('the rule to be said', async () =>
    /only A-Z.*a space/s.test(await workbench.quickInputText()) ? true : undefined,
  );
  await workbench.screenshot(`${shots}/create-queue-dark.png`);
  await workbench.answer('Orders');
  await workbench.pick('A new one');
  await workbench.answer('3');
  await workbench.notification('Orders was created').waitFor({ timeout: 60_000 });

  await workbench.command('AWS Labs: Send Message');
  await pickNamed(workbench, 'Orders');
  let page = await workbench.webview({ has: '#body' });
  await says(page, 'Send to Orders');
  await refusesWhatDoesNotFit(page, workbench);
  await sendsThree(page, workbench);

  await inAllThemes(workbench);
  await keepsTheText(workbench);

  await workbench.command('AWS Labs: Create Topic');
  await workbench.pick('Standard');
  await workbench.answer('News');
  await workbench.notification('News was created').waitFor();
  await workbench.command('AWS Labs: Publish Message');
  await workbench.pick('News');
  page = await workbench.webview({ has: '#subject' });
  await publishesPerProtocol(page, workbench);

  await workbench.command('AWS Labs: Create Stream');
  await workbench.answer('clicks');
  await workbench.pick('Provisioned');
  await workbench.answer('1');
  await workbench.notification('clicks was created').waitFor();
  await workbench.command("AWS Labs: Advance Sandbox's Clock");
  await workbench.answer('1m');
  await workbench.notification('moved on by 1m').waitFor();
  await workbench.command('AWS Labs: Put Record');
  await workbench.pick('clicks');
  page = await workbench.webview({ has: '#partitionKey' });
  await puts(page, workbench);
  assert.deepEqual(
    workbench.consoleErrors.filter((line) => /Content Security Policy|Refused to/.test(line)),
    [],
  );
}

/** By its whole name: Orders, and not Orders-dlq. */
const pickNamed = (workbench: Workbench, name: string) =>
  workbench.page.locator('.quick-input-widget').getByRole('option', { name, exact: true }).click();

const says = (page: FrameLocator, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 30_000 });
const button = (page: FrameLocator, name: string) => page.getByRole('button', { name, exact: true });

async function refusesWhatDoesNotFit(page: FrameLocator, workbench: Workbench): Promise<void> {
  await button(page, 'Add attribute').click();
  await page.getByLabel('Name of attribute 1').fill('AWS.color');
  await page.getByLabel('Value of attribute 1').fill('blue');
  await page.locator('#delay').getByRole('textbox').fill('901');
  await button(page, 'Send').click();
  await says(page, 'Nothing was sent.');
  for (const rule of ['The body is empty', 'kept for AWS', '0 to 900']) await says(page, new RegExp(rule));
  await poll('the focus to be in the first field that does not fit', async () =>
    (await page.locator('#body:focus').count()) === 1 ? true : undefined,
  );
  await workbench.screenshot(`${shots}/compose-refused-dark.png`);
  await page.getByLabel('Name of attribute 1').fill('color');
  await page.locator('#delay').getByRole('textbox').fill('');
}

async function sendsThree(page: FrameLocator, workbench: Workbench): Promise<void> {
  const body = page.locator('#body');
  await body.fill('{"id":12345678901234567890,"items":[{"sku":"A1"}]}');
  await button(page, 'Format JSON').click();
  await poll('the JSON to be laid out', async () =>
    (await body.inputValue()).includes('  "id": 12345678901234567890,') ? true : undefined,
  );
  await page.locator('#count').getByRole('textbox').fill('3');
  await body.press('Control+Enter');
  await says(page, 'Sent 3 messages to Orders.');
  assert.equal(await page.locator('.results li code').count(), 3);
  assert.notEqual(await body.inputValue(), '', 'the text stays');
  await workbench.screenshot(`${shots}/compose-queue-dark.png`);
}

async function inAllThemes(workbench: Workbench): Promise<void> {
  for (const theme of ['light', 'high-contrast', 'high-contrast-light'] as const) {
    await workbench.setTheme(theme);
    await workbench.screenshot(`${shots}/compose-queue-${theme}.png`);
  }
  await workbench.setPanelWidth(400);
  await workbench.screenshot(`${shots}/compose-400-high-contrast-light.png`);
  await workbench.setTheme('dark');
  await workbench.setPanelWidth(900);
}

async function keepsTheText(workbench: Workbench): Promise<void> {
  const text = async () => {
    await workbench.editorTab('Send to Orders').click();
    return (await workbench.webview({ has: '#body' }, 60_000)).locator('#body').inputValue();
  };
  await workbench.command('File: New Untitled Text File');
  assert.match(await text(), /"sku": "A1"/);
  await workbench.page.reload();
  await workbench.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  assert.match(await text(), /"sku": "A1"/);
  const page = await workbench.webview({ has: '#body' });
  await button(page, 'Send').click();
  await says(page, /Sent (3 messages )?to Orders/);
}

async function publishesPerProtocol(page: FrameLocator, workbench: Workbench): Promise<void> {
  await page.locator('#subject').getByRole('textbox').fill('Big news');
  await page.locator('#body').fill('for everybody');
  await page.getByRole('checkbox', { name: 'A different text per protocol' }).click();
  await page.getByLabel('Add a text for').selectOption('sqs');
  await page.getByRole('textbox', { name: 'Text for sqs' }).fill('for queues');
  await workbench.screenshot(`${shots}/compose-topic-dark.png`);
  await button(page, 'Publish').click();
  await says(page, 'Published to News.');
}

async function puts(page: FrameLocator, workbench: Workbench): Promise<void> {
  await page.locator('#body').fill('{"click": 1}');
  await button(page, 'Put').click();
  await says(page, /A record needs a partition key/);
  await page.locator('#partitionKey').getByRole('textbox').fill('user-1');
  await button(page, 'Put').click();
  await says(page, 'Put into clicks.');
  await says(page, /shardId-000000000000/);
  await workbench.screenshot(`${shots}/compose-stream-dark.png`);
  await workbench.setTheme('light');
  await workbench.screenshot(`${shots}/compose-stream-light.png`);
}
