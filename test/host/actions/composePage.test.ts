// The composer's page in a real browser, under its real policy: wide and narrow, by keyboard, and what it says to the host.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { composeRequests } from '../../../src/host/resources/composeRequests.ts';
import { parseMessage } from '../../../src/host/parseMessage.ts';
import type { ComposeView } from '../../../src/protocol/compose.ts';
import * as views from '../../webview/composeViews.ts';
import { startPages, type OpenPage, type PageOptions } from '../openPage.ts';

vi.setConfig({ testTimeout: 30_000 });

let pages: Awaited<ReturnType<typeof startPages>>;
beforeAll(async () => void (pages = await startPages()), 60_000);
afterAll(() => pages.close());

async function show(view: ComposeView, options: Partial<PageOptions> = {}): Promise<OpenPage> {
  const open = await pages.open({ name: 'compose', ...options });
  await open.send({ kind: 'view', view });
  await open.page.locator('main').waitFor();
  return open;
}

const all = Object.entries(views).flatMap(([name, view]) => ('phase' in view ? [[name, view] as const] : []));

const nameless = `[...document.querySelectorAll('button, vscode-button, select, textarea')]
  .filter((control) => !((control.getAttribute('aria-label') ?? '') + control.textContent + (control.labels?.length ?? '')).trim())
  .map((control) => control.outerHTML)`;

describe.each(all)('%s', (name, view) => {
  it('fits wide and narrow, complains of nothing, and names every control', async () => {
    const { page, complaints } = await show(view);
    for (const width of [1280, 700, 400, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth'), `${width}`).toBeLessThanOrEqual(width);
    }
    expect(complaints.filter((line) => !line.includes('404'))).toEqual([]);
    expect(await page.evaluate(nameless)).toEqual([]);
    expect(await page.locator('body').ariaSnapshot()).not.toMatch(/- (button|link|textbox|combobox)( \[.*\])?:?$/m);
    await page.close();
  });

  it.each(['dark', 'light', 'contrast'] as const)('is drawn in %s', async (theme) => {
    const { page } = await show(view, { theme, width: 760, height: 900 });
    await page.screenshot({ path: `.cache/screenshots/page-compose-${name}-${theme}.png`, fullPage: true });
    await page.close();
  });
});

describe('what the page asks', () => {
  it('is understood by the host: every button that can be pressed', async () => {
    const { page, asked } = await show(views.queue);
    await page.evaluate(
      "document.querySelectorAll('vscode-button:not([disabled])').forEach((button) => button.click())",
    );
    await page.waitForTimeout(300);
    const requests = await asked();
    expect(requests.length).toBeGreaterThan(4);
    for (const request of requests)
      expect(parseMessage(composeRequests, { id: 1, request }), JSON.stringify(request)).toBeDefined();
    await page.close();
  });

  it('is the draft, once nobody types any more, and again when it is sent from anywhere by keys', async () => {
    const { page, asked } = await show(views.stream);
    await page.locator('#body').fill('changed');
    await page.locator('#partitionKey').getByRole('textbox').fill('k');
    await page.waitForTimeout(300);
    await page.keyboard.press('Control+Enter');
    const requests = (await asked()) as { kind: string; draft?: string }[];
    // Two fields are filled; on a busy machine there may be a pause between them.
    expect(requests.map(({ kind }) => kind).join(' ')).toMatch(/^ready check (check )?send$/);
    for (const { draft } of requests.slice(-2))
      expect(JSON.parse(draft ?? '')).toMatchObject({ body: 'changed', partitionKey: 'k' });
    await page.close();
  });

  it('shows what is wrong only once the person was there, and goes there', async () => {
    const problems = [{ field: 'partitionKey', what: 'A record needs a partition key.' }];
    const { page, send } = await show({ ...views.stream, problems });
    expect(await page.locator('.field-wrong').count()).toBe(0);
    await page.locator('#partitionKey').getByRole('textbox').fill('');
    await page.locator('.field-wrong', { hasText: 'A record needs a partition key.' }).waitFor();
    await send({ kind: 'view', view: views.stream });
    await page.locator('.field-wrong').waitFor({ state: 'detached' });
    await page.close();
  });
});

describe('the text', () => {
  it('is the saved one after a reload, not the prefill', async () => {
    const saved = { id: 'queue', draft: { ...views.draft, body: 'my own' } };
    const { page, asked } = await show(views.queue, { savedState: saved });
    expect(await page.locator('#body').inputValue()).toBe('my own');
    expect(JSON.stringify(await asked())).toContain('my own');
    await page.close();
  });

  it('stays what it is when views come in while somebody types', async () => {
    const { page, send } = await show(views.queue);
    await page.locator('#body').fill('typed');
    await send({ kind: 'view', view: { ...views.queue, bytes: 5 } });
    await page.getByText('5 of 1,048,576 bytes').waitFor();
    expect(await page.locator('#body').inputValue()).toBe('typed');
    await page.close();
  });

  it('takes a mebibyte, and gives it on whole', async () => {
    const { page, asked } = await show(views.queue);
    await page.locator('#body').fill('x'.repeat(1_048_576));
    await vi.waitFor(async () => expect(JSON.stringify(await asked()).length).toBeGreaterThan(1_048_576), 10_000);
    await page.close();
  });

  it('of attributes can be added, changed and removed by keyboard', async () => {
    const { page } = await show(views.queue);
    await page.getByRole('button', { name: 'Add attribute' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('[id="attributes.2.name"]:focus').waitFor();
    await page.keyboard.type('added');
    expect(await page.getByLabel('Name of attribute 3').inputValue()).toBe('added');
    await page.getByRole('button', { name: 'Remove attribute 1' }).press('Enter');
    await page.getByLabel('Name of attribute 3').waitFor({ state: 'detached' });
    expect(await page.getByLabel('Name of attribute 1').inputValue()).toBe('AWS.size');
    await page.close();
  });
});
