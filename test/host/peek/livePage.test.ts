// The viewer end to end, without the editor: sandbox, target, host, channel, and the page in a browser.
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openLookBench, type LookBench, type TestQueue } from '../../peek/lookBench.ts';
import { startLiveBrowser, type LiveBrowser, type LivePage, type LivePageOptions } from './liveBrowser.ts';
import { liveHost, TestDesk, type LiveHost } from './livePage.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let bench: LookBench;
let browser: LiveBrowser;
beforeAll(async () => {
  [bench, browser] = await Promise.all([openLookBench(), startLiveBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await bench.stop();
});

interface Open extends LivePage {
  readonly host: LiveHost;
  readonly desk: TestDesk;
}

async function open(
  queue: TestQueue,
  manner: 'true' | 'guarded' = 'true',
  more: Partial<LivePageOptions> & { readonly real?: boolean } = {},
): Promise<Open> {
  const desk = new TestDesk(bench.clock);
  const target = manner === 'true' ? bench.inner : bench.target;
  const page: { post?(message: unknown): void } = {};
  const host = liveHost({ target, queue, desk, post: (message) => page.post?.(message), real: more.real ?? false });
  const live = await browser.open({ ...more, receive: host.receive });
  page.post = live.post;
  host.receive({ id: 0, request: { kind: 'ready' } });
  return { ...live, host, desk };
}

const rows = (live: Open) => live.page.locator('.grid-row:visible');

async function shot(live: Open, name: string): Promise<void> {
  mkdirSync('.cache/screenshots', { recursive: true });
  await live.page.screenshot({ path: `.cache/screenshots/peek-${name}.png` });
}

const order = (at: number): string =>
  JSON.stringify({
    orderId: 4700 + at,
    customer: at % 3 === 0 ? 'Ада' : 'Grace',
    items: [{ sku: `NOTEBOOK-${at}`, count: 1 }],
  });

describe('in the sandbox', () => {
  it('shows what is there without a receive, finds, opens and follows by keyboard', async () => {
    const { source } = await bench.pair(5);
    await bench.send(source, 40, order);
    const live = await open(source);
    await rows(live).first().waitFor();
    await shot(live, 'true-dark');
    expect(await live.page.locator('.grid').getAttribute('aria-rowcount')).toBe('41');
    await live.page.keyboard.press('/');
    await live.page.keyboard.type('notebook-17');
    await live.page.locator('.counted', { hasText: '1 of 40' }).waitFor();
    await live.page.keyboard.press('Escape');
    await live.page.keyboard.press('Enter');
    await live.page.locator('.detail pre', { hasText: '"orderId": 4717' }).waitFor();
    await shot(live, 'detail-dark');
    await live.page.keyboard.press('Escape');
    await live.page.locator('.detail').waitFor({ state: 'hidden' });
    expect(await live.page.evaluate('document.activeElement.className')).toBe('grid');
    await live.page.keyboard.press('c');
    await vi.waitFor(() => expect(live.desk.copied).toEqual([order(17)]));
    expect((await bench.stored(source)).every(({ receives }) => receives === 0)).toBe(true);
    expect(live.complaints.filter((line) => !line.includes('404'))).toEqual([]);
    await live.page.close();
  });
});

describe('what is done to chosen messages', () => {
  it('in the sandbox: copied, saved, sent back, edited, deleted after a question', async () => {
    const { source, dead } = await bench.pair(1);
    await bench.send(source, 6, order);
    await bench.failOnce(source);
    await bench.failOnce(source);
    const live = await open(dead);
    await rows(live).first().waitFor();
    const { page, desk } = live;
    await page.locator('.grid').focus();
    for (const key of ['ArrowDown', ' ', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
    await page.getByText('3 chosen').waitFor();
    await page.getByRole('button', { name: 'Save chosen as NDJSON' }).click();
    await page.getByText('one JSON object a line').waitFor();
    const lines =
      desk.saved[0]?.text
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line)) ?? [];
    expect(desk.saved[0]?.name).toBe(`${dead.name}.ndjson`);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatchObject({ Body: order(0), Attributes: { DeadLetterQueueSourceArn: source.arn } });

    await page.getByRole('button', { name: 'Redrive' }).click();
    await page.locator('.counted', { hasText: '3 messages' }).waitFor();
    expect(await bench.stored(source)).toHaveLength(3);
    expect(desk.asked).toEqual([]);

    await page.keyboard.press('Escape');
    await rows(live).first().click();
    await page.getByText(`It was dead-lettered from ${source.name}.`).waitFor();
    await page.getByText('keeps the time of its first sending').waitFor();
    await page.getByRole('button', { name: 'Edit and resend' }).click();
    await vi.waitFor(() => expect(desk.composed).toHaveLength(1));
    expect(desk.composed[0]).toMatchObject({
      to: { kind: 'queue', name: source.name },
      replaces: { queueUrl: dead.url },
    });

    desk.sure = false;
    await page.getByRole('button', { name: 'Delete' }).click();
    await vi.waitFor(() => expect(desk.asked[0]).toContain(`Delete 1 message from ${dead.name} for good?`));
    expect(await bench.stored(dead)).toHaveLength(3);
    desk.sure = true;
    await page.locator('.grid').focus();
    await page.keyboard.press('Control+a');
    await page.getByText('3 chosen').waitFor();
    await page.keyboard.press('Delete');
    await page.getByText('The queue is empty.').waitFor();
    expect(await bench.stored(dead)).toEqual([]);
    await page.close();
  });

  it('elsewhere: by the handles of the look, and once those have ended by another look, which is said', async () => {
    const { source, dead } = await bench.pair(1);
    await bench.send(source, 6, order);
    await bench.failOnce(source);
    await bench.failOnce(source);
    const live = await open(dead, 'guarded', { real: true });
    const { page, desk } = live;
    await page.getByRole('button', { name: 'Look: adds 1 receive' }).click();
    await page.locator('.held', { hasText: '6 held here' }).waitFor();
    await page.locator('.grid').focus();
    for (const key of ['Home', ' ']) await page.keyboard.press(key);
    await page.getByText('1 chosen').waitFor();
    await page.getByRole('button', { name: 'Redrive' }).click();
    await page.locator('.counted', { hasText: '5 seen' }).waitFor();
    expect(await bench.stored(source)).toHaveLength(1);

    await bench.advance(31_000);
    await page.locator('.held').waitFor({ state: 'hidden' });
    await page.locator('.grid').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Delete');
    await page.locator('.counted', { hasText: '4 seen' }).waitFor();
    expect(desk.asked.at(-1)).toContain(
      '1 message is not held any more, so the queue is looked into again to find it.',
    );
    expect(desk.asked.at(-1)).toContain(`[type ${dead.name}]`);
    expect(await bench.stored(dead)).toHaveLength(4);
    await page.close();
    await live.host.dispose();
  });
});

describe('in the manner of AWS', () => {
  it('says the price, looks when that was agreed to, and gives back', async () => {
    const { source } = await bench.pair(5);
    await bench.send(source, 12, order);
    const live = await open(source, 'guarded');
    await live.page.getByText('this queue dead-letters after 5 receives').waitFor();
    await shot(live, 'price-dark');
    await live.page.getByRole('button', { name: 'Look: adds 1 receive' }).click();
    await live.page.locator('.held', { hasText: '12 held here' }).waitFor();
    await shot(live, 'held-dark');
    await live.page.getByRole('button', { name: 'Give back now' }).click();
    await live.page.locator('.held').waitFor({ state: 'hidden' });
    expect(await bench.stored(source)).toMatchObject(
      Array.from({ length: 12 }, () => ({ receives: 1, state: 'visible' })),
    );
    await live.page.close();
  });

  it('refuses where one look is one too many, and offers the dead-letter queue instead', async () => {
    const { source, dead } = await bench.pair(1);
    await bench.send(source, 2, order);
    const live = await open(source, 'guarded', { theme: 'light', width: 400, height: 700 });
    await live.page.getByText('one look uses that up').waitFor();
    await shot(live, 'refused-light-400');
    await live.page.getByRole('button', { name: `Look into ${dead.name} instead` }).click();
    await vi.waitFor(() => expect(live.desk.viewed).toMatchObject([{ name: dead.name }]));
    expect((await bench.stored(source)).every(({ receives }) => receives === 0)).toBe(true);
    await live.page.getByRole('button', { name: 'I agree to that' }).click();
    await live.page.locator('.held', { hasText: '2 held here' }).waitFor();
    expect(await live.page.locator('.receives-near').first().innerText()).toBe('1/1');
    await live.host.dispose();
    expect(await bench.stored(source)).toMatchObject([{ state: 'visible' }, { state: 'visible' }]);
    await live.page.close();
  });

  it('a queue that is deleted meanwhile goes, with a word', async () => {
    const queue = await bench.create();
    await bench.send(queue, 2);
    const live = await open(queue, 'guarded');
    await live.page.getByText('does nothing about it').waitFor();
    await bench.target.send('sqs.DeleteQueue', { QueueUrl: queue.url });
    await live.page.getByRole('button', { name: 'Look: adds 1 receive' }).click();
    await live.page.getByText(`${queue.name} is not there any more`).waitFor();
    await live.page.close();
  });
});

describe('the page', () => {
  it.each([
    ['dark', 1280],
    ['light', 700],
    ['contrast', 1280],
    ['contrast', 400],
    ['light', 400],
  ] as const)('%s, %i wide: fits, complains of nothing, names every control', async (theme, width) => {
    const { source } = await bench.pair(3, true);
    await bench.send(source, 30, (at) => (at === 2 ? odd : order(at)));
    await bench.failOnce(source);
    await bench.failOnce(source);
    const live = await open(source, 'true', { theme, width, height: 800 });
    const { page, complaints } = live;
    await rows(live).first().waitFor();
    await rows(live).nth(2).click();
    await page.locator('.detail h3').first().waitFor();
    await shot(live, `page-${theme}-${width}`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(complaints.filter((line) => !line.includes('404'))).toEqual([]);
    const nameless = `[...document.querySelectorAll('button, vscode-button, summary, input')]
      .filter((control) => !((control.getAttribute('aria-label') ?? '') + control.textContent).trim())
      .map((control) => control.outerHTML)`;
    expect(await page.evaluate(nameless)).toEqual([]);
    await page.close();
  });

  it('sorts by a column, widens it by keyboard, and keeps the cursor on its message when rows move', async () => {
    const queue = await bench.create();
    await bench.send(queue, 50, (at) => `${'x'.repeat(at)} ${at}`);
    const live = await open(queue);
    const { page } = live;
    await rows(live).first().waitFor();
    await rows(live).nth(3).click();
    await page.getByRole('button', { name: /^Size/ }).click();
    await page.locator('[aria-sort=ascending]', { hasText: 'Size' }).waitFor();
    await page.getByRole('button', { name: /^Size/ }).click();
    await page.locator('[aria-sort=descending]', { hasText: 'Size' }).waitFor();
    await vi.waitFor(async () => expect(await page.locator('.grid-row.cursor .cell-body').allInnerTexts()).toEqual([]));
    await page.locator('.grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('.grid-row.cursor .cell-body', { hasText: 'xx 2' }).waitFor();
    const width = () => page.evaluate<number>(`document.querySelector('[data-column=size]').parentElement.offsetWidth`);
    const before = await width();
    await page.locator('[data-column=size]').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await vi.waitFor(async () => expect(await width()).toBe(before + 16));
    expect(await page.evaluate('savedState().widths.size')).toBe(before + 16);
    await page.close();
  });
});

const odd = 'odd \u202etext\u202c <img src=x onerror=alert(1)> שלום 👩‍💻';
