// The round trip's page in a real browser, under its real policy, with views of a real sandbox.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Target } from '../../../src/aws/target.ts';
import { parseMessage } from '../../../src/host/parseMessage.ts';
import type { RoundTripPage } from '../../../src/host/saml/roundTripPage.ts';
import type { RoundTripRequest, RoundTripView } from '../../../src/protocol/roundTrip.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';
import { startPages, type OpenPage, type PageOptions } from '../openPage.ts';
import { openRoundTrip, openSandboxTarget } from './openRoundTrip.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let pages: Awaited<ReturnType<typeof startPages>>;
let sandbox: TestSandbox;
let target: Target;
let behind: RoundTripPage;
const views: Record<string, RoundTripView> = {};

beforeAll(async () => {
  [pages, sandbox] = await Promise.all([startPages(), startTestSandbox()]);
  target = await openSandboxTarget(sandbox);
  behind = openRoundTrip(target);
  const after = async (name: string, ...requests: readonly RoundTripRequest[]) => {
    for (const request of requests) await behind.handle(request);
    views[name] = behind.view();
  };
  await after('empty', { kind: 'ready' });
  await after('credentials', { kind: 'setUp' }, { kind: 'signIn', start: 'provider' });
  await after('refused', { kind: 'break', break: 'wrapped' }, { kind: 'signIn', start: 'provider' });
  await after(
    'tokens',
    { kind: 'break', break: 'none' },
    { kind: 'trip', trip: 'cognito' },
    { kind: 'signIn', start: 'service' },
  );
  await after('stale', { kind: 'rollOver' }, { kind: 'signOut' });
  views['elsewhere'] = { ...behind.view(), state: 'elsewhere', target: 'AWS (profile work)' };
});
afterAll(async () => {
  behind.dispose();
  target.dispose();
  await Promise.all([pages.close(), sandbox.stop()]);
});

async function show(name: string, options: Partial<PageOptions> = {}): Promise<OpenPage> {
  const open = await pages.open({ name: 'roundTrip', ...options });
  await open.send({ kind: 'view', view: views[name] });
  await open.page.locator('main').waitFor();
  return open;
}

/** Runs in the page: controls that would be read out without a name. */
const nameless = `[...document.querySelectorAll('button, vscode-button, summary, select, input, [role=option]')]
  .filter((control) => !((control.getAttribute('aria-label') ?? '') + control.textContent + (control.labels?.[0]?.textContent ?? '')).trim())
  .map((control) => control.outerHTML)`;

describe.each(['empty', 'credentials', 'refused', 'tokens', 'stale', 'elsewhere'])('the page, %s', (name) => {
  it('fits wide and narrow, complains of nothing, and names every control', async () => {
    const { page, complaints } = await show(name);
    for (const width of [1280, 700, 400]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
    expect(complaints.filter((line) => !line.includes('404'))).toEqual([]);
    expect(await page.evaluate(nameless)).toEqual([]);
    const levels = await page.evaluate<number[]>(
      "[...document.querySelectorAll('main :is(h1, h2, h3)')].map((heading) => Number(heading.tagName[1]))",
    );
    expect(levels[0]).toBe(1);
    for (const [place, level] of levels.entries()) expect(level - (levels[place - 1] ?? level)).toBeLessThanOrEqual(1);
    await page.close();
  });
});

describe('the diagram', () => {
  it('is gone through by arrows, and explains what is chosen', async () => {
    const { page } = await show('credentials');
    const line = (name: RegExp) => page.getByRole('option', { name });
    await line(/^5\. AWS STS to AWS sign-in, done: Temporary credentials of the role/).focus();
    for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    expect(await line(/AssumeRoleWithSAML/).getAttribute('aria-selected')).toBe('true');
    await page.locator('.detail').getByText('What STS checks').waitFor();
    expect(await page.locator('.detail .fact.good').count()).toBe(9);
    await page.keyboard.press('End');
    await page.locator('.detail').getByText('SecretAccessKey').waitFor();
    expect(await page.locator('[role=option][tabindex="0"]').count()).toBe(1);
    await page.close();
  });

  it('shows where it failed, with AWS’s own words, without being asked', async () => {
    const { page } = await show('refused');
    await page.locator('.line.failed .mark', { hasText: 'InvalidIdentityToken' }).waitFor();
    expect(await page.locator('.refusal').innerText()).toContain('Response signature invalid');
    expect(await page.locator('.line.never').count()).toBe(1);
    await page.close();
  });

  it('looks at the same message after the page was thrown away', async () => {
    const first = await show('tokens');
    await first.page.getByRole('option', { name: /ID token/ }).click();
    const savedState = await first.page.evaluate<unknown>('savedState()');
    await first.page.close();
    const second = await show('tokens', { savedState });
    expect(await second.page.locator('.detail h2').innerText()).toBe('ID token and access token');
    await second.page.close();
  });
});

describe('what the page asks', () => {
  it('is understood by the host: every button and every choice', async () => {
    for (const name of ['empty', 'stale', 'tokens', 'elsewhere']) {
      const { page, asked } = await show(name);
      await page.evaluate(
        "document.querySelectorAll('vscode-button:not([disabled]), [role=tab], input').forEach((one) => one.click())",
      );
      const requests = await asked();
      expect(requests.length).toBeGreaterThan(2);
      for (const request of requests)
        expect(parseMessage(behind.requests, { id: 1, request }), JSON.stringify(request)).toBeDefined();
      await page.close();
    }
  });
});
