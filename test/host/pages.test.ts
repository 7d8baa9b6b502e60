import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { labRequests } from '../../src/host/labRequests.ts';
import { parseMessage } from '../../src/host/parseMessage.ts';
import type { CheckView, LabView } from '../../src/protocol/lab.ts';
import * as lab from '../webview/labViews.ts';
import * as mailbox from '../webview/mailboxViews.ts';
import { startPages, type OpenPage, type PageOptions } from './openPage.ts';

// The webviews' pages in a real browser, under their real policy, in all themes and widths.

vi.setConfig({ testTimeout: 30_000 });

let pages: Awaited<ReturnType<typeof startPages>>;
beforeAll(async () => {
  pages = await startPages();
}, 60_000);
afterAll(() => pages.close());

async function show(view: unknown, options: PageOptions = { name: 'lab' }): Promise<OpenPage> {
  const open = await pages.open(options);
  await open.send({ kind: 'view', view });
  await open.page.locator('main, .mails, .blank').first().waitFor();
  return open;
}

const labViews: readonly [string, LabView][] = Object.entries(lab);

/** Runs in the page: controls that would be read out without a name. */
const namelessControls = `[...document.querySelectorAll('button, vscode-button, summary, select, [role=link]')]
  .filter((control) => !((control.getAttribute('aria-label') ?? '') + control.textContent).trim())
  .map((control) => control.outerHTML)`;

describe.each(labViews)('the panel, %s', (_name, view) => {
  it('fits wide and narrow, complains of nothing, names every control, and has headings in order', async () => {
    const { page, complaints } = await show(view);
    for (const width of [1280, 700, 400]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
    expect(complaints.filter((line) => !line.includes('404'))).toEqual([]);
    expect(await page.evaluate(namelessControls)).toEqual([]);
    expect(await page.locator('body').ariaSnapshot()).not.toMatch(/- (button|link|textbox|combobox)( \[.*\])?:?$/m);
    const levels = await page.evaluate<number[]>(
      "[...document.querySelectorAll('main :is(h1, h2, h3)')].map((heading) => Number(heading.tagName[1]))",
    );
    expect(levels[0]).toBe(1);
    for (const [place, level] of levels.entries()) expect(level - (levels[place - 1] ?? level)).toBeLessThanOrEqual(1);
    await page.close();
  });
});

describe('what the panel asks', () => {
  it('is understood by the host: every button that can be pressed', async () => {
    const { page, asked } = await show(lab.halfWay);
    await page.evaluate(
      `document.querySelectorAll('vscode-button:not([disabled]), button.target').forEach((button) => button.click())`,
    );
    const requests = await asked();
    expect(requests.length).toBeGreaterThan(12);
    for (const request of requests)
      expect(parseMessage(labRequests, { id: 1, request }), JSON.stringify(request)).toBeDefined();
    await page.close();
  });

  it('is the same by keyboard', async () => {
    const { page, asked } = await show(lab.halfWay);
    const run = page.locator('#step-subscribe').getByRole('button', { name: 'Run', exact: true });
    await run.focus();
    await page.keyboard.press('Enter');
    const link = page.locator('#step-subscribe .link').first();
    await link.focus();
    await page.keyboard.press('Enter');
    expect(await asked()).toEqual([
      { kind: 'ready' },
      { kind: 'runStep', step: 'subscribe' },
      { kind: 'openLink', link: 0 },
    ]);
    await page.close();
  });

  it('goes through the outline by arrows, with one stop for Tab', async () => {
    const { page, asked } = await show(lab.halfWay);
    await page.locator('.outline button').first().focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'End', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    await page.waitForFunction("document.activeElement?.getAttribute('aria-controls') === 'body-mail'");
    expect(await page.locator('.outline button[tabindex="0"]').count()).toBe(1);
    expect(await asked()).toEqual([{ kind: 'ready' }]);
    await page.close();
  });

  it('can be reached by Tab from one end to the other, without a trap', async () => {
    const { page } = await show(lab.halfWay);
    const seen = new Set<string>();
    for (let presses = 0; presses < 120; presses++) {
      await page.keyboard.press('Tab');
      seen.add(
        await page.evaluate<string>(
          "document.activeElement?.closest('section, nav, header, .toolbar, details')?.id || document.activeElement?.tagName || ''",
        ),
      );
    }
    for (const step of lab.halfWay.steps) expect(seen).toContain(`step-${step.id}`);
    await page.close();
  });
});

describe('the start form', () => {
  it('does not start with what does not fit, says why, and goes there', async () => {
    const { page, asked } = await show(lab.start);
    await page.getByRole('button', { name: 'Start the lab' }).click();
    expect(await page.locator('.field-wrong').innerText()).toContain('please fill this in');
    expect(await page.evaluate('document.activeElement.id')).toBe('input-email');
    await page.keyboard.type('shop@example.com');
    await page.getByRole('button', { name: 'Start the lab' }).click();
    expect((await asked()).at(-1)).toEqual({
      kind: 'start',
      inputs: { email: 'shop@example.com', days: '1', 'names.topic': 'Order' },
    });
    await page.close();
  });
});

describe('the start form', () => {
  it('starts by Enter in a field, as forms do', async () => {
    const { page, asked } = await show(lab.start);
    await page.locator('#input-email').click();
    await page.keyboard.type('shop@example.com');
    await page.keyboard.press('Enter');
    const starts = (await asked()).filter((request) => JSON.stringify(request).includes('"start"'));
    expect(starts).toHaveLength(1);
    await page.close();
  });
});

describe('a queue in the plan that still holds something', () => {
  it('can be emptied and kept', async () => {
    const { page, asked } = await show(lab.planned);
    await page.getByRole('button', { name: 'Empty ContentQ and keep' }).click();
    expect((await asked()).at(-1)).toEqual({ kind: 'empty', resource: 'd', confirmation: '' });
    await page.close();
  });
});

describe('what ended a step', () => {
  it('is said once, where it happened', async () => {
    const { page } = await show(lab.halfWay);
    for (const step of await page.locator('.step-failed').all()) {
      expect(await step.locator('.notice-error, .notice-hint').count()).toBeLessThanOrEqual(1);
    }
    await page.close();
  });
});

describe('on a real account', () => {
  it('nothing is removed before the name was typed', async () => {
    const { page, asked } = await show(lab.plannedOnRealAccount);
    const remove = page.getByRole('button', { name: 'Remove it all' });
    expect(await remove.isDisabled()).toBe(true);
    await page.locator('#confirm').click();
    await page.keyboard.type('sns-sqs');
    await remove.click();
    expect((await asked()).at(-1)).toEqual({ kind: 'teardown', confirmation: 'sns-sqs' });
    await page.close();
  });
});

describe('what the learner folded', () => {
  it('is folded again after the page was thrown away', async () => {
    const first = await show(lab.halfWay);
    await first.page.locator('#step-queue .fold').click();
    await first.page.locator('.corrections summary').click();
    const savedState = await first.page.evaluate<unknown>('savedState()');
    await first.page.close();
    const second = await show(lab.halfWay, { name: 'lab', savedState });
    expect(await second.page.locator('#body-queue').isVisible()).toBe(false);
    expect(await second.page.locator('#body-policy').isVisible()).toBe(true);
    expect(savedState).toMatchObject({ lab: 'sns-sqs' });
    await second.page.close();
  });
});

describe('a check', () => {
  const withCheck = (more: Partial<CheckView>): LabView => ({
    ...lab.halfWay,
    steps: lab.halfWay.steps.map((step) => ({
      ...step,
      parts: step.parts.map((part) => (part.kind === 'check' ? { ...part, check: { ...part.check, ...more } } : part)),
    })),
  });

  it('pressed before its step says what comes first, and not the hint of a state that nobody has seen', async () => {
    const failure = {
      code: 'NotKnownYet',
      what: 'Nothing is known yet.',
      advice: 'Run step 5 first.',
      expected: false,
    };
    const { page } = await show(withCheck({ outcome: 'failed', failure }));
    const check = await page.locator('#step-subscribe .check').innerText();
    expect(check).toContain('Cannot be judged yet');
    expect(check).toContain('Run step 5 first.');
    expect(check).not.toContain('NotKnownYet');
    expect(check).not.toContain('The retention period is not one day');
    await page.close();
  });

  it('that holds offers no hint', async () => {
    const { page } = await show(withCheck({ outcome: 'held' }));
    expect(await page.getByRole('button', { name: 'Hint' }).count()).toBe(0);
    await page.close();
  });

  it('and a call keep the command line to the letter, wherever it breaks', async () => {
    const { page } = await show(lab.halfWay);
    const shown = await page.locator('#step-queue pre[aria-label="AWS CLI line"]').first().textContent();
    const part = lab.halfWay.steps[1]?.parts.find(({ kind }) => kind === 'action');
    expect(shown).toBe(part?.kind === 'action' ? part.action.call?.cli : undefined);
    await page.close();
  });
});

describe('text that wants to be more', () => {
  it('stays text, in a lab, an answer and a mail', async () => {
    const evil = '<img src=x onerror="globalThis.hurt=1"><script>globalThis.hurt=1</script>';
    const view = JSON.parse(
      JSON.stringify(lab.halfWay)
        .replaceAll('shop@example.com', JSON.stringify(evil).slice(1, -1))
        .replaceAll('made first, by you', JSON.stringify(evil).slice(1, -1)),
    );
    const panel = await show(view);
    expect(await panel.page.locator('img').count()).toBe(0);
    expect(await panel.page.evaluate('globalThis.hurt')).toBeUndefined();
    await panel.page.close();
    const mail = await show(mailbox.ready, { name: 'mailbox', width: 300, savedState: 'm2' });
    expect(await mail.page.locator('.mail-body:visible').innerText()).toContain('<b>No HTML</b>');
    await mail.page.close();
  });
});

describe('the mailbox', () => {
  it.each(Object.entries(mailbox))('%s: fits 250 pixels without complaint', async (_name, view) => {
    const { page, complaints } = await show(view, { name: 'mailbox', width: 250, savedState: 'm1' });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(250);
    expect(complaints.filter((line) => !line.includes('404'))).toEqual([]);
    await page.close();
  });

  it('marks a mail read when it is opened, and follows its link by number', async () => {
    const { page, asked } = await show(mailbox.ready, { name: 'mailbox', width: 300 });
    await page.locator('.unread .mail-head').click();
    await page.getByRole('button', { name: 'Confirm subscription', exact: true }).click();
    expect(await asked()).toEqual([
      { kind: 'ready' },
      { kind: 'read', mail: 'm1' },
      { kind: 'follow', mail: 'm1', link: 0 },
    ]);
    await page.close();
  });
});
