// The editor as a user sees it: what flows click, type and read. Everything waits for what it needs, within limits.
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { pageFaults } from './pageFaults.ts';
import { poll } from './poll.ts';
import { type Profile, type Settings, type Theme, changeSettings, themes } from './profile.ts';
import { Tree } from './tree.ts';

/** Which web page inside the editor is meant: by its document's title, or by an element that only it has. */
export type WebviewMatch = { readonly title: string | RegExp } | { readonly has: string };

const modifier = process.platform === 'darwin' ? 'Meta' : 'Control';

/** What the editor itself reports at every start. */
const own =
  /status of 404|bad HTTP response code \(404\)|registration TypeError|ERR_NAME_NOT_RESOLVED|authentication provider/;

export class Workbench {
  readonly page: Page;
  readonly profile: Profile;
  /** What the browser's console reported as errors, our web pages' security violations among them. */
  readonly consoleErrors: string[] = [];
  /** What was wrong with our pages for some people, at each moment of which a picture was taken. */
  readonly pageFaults = new Set<string>();

  constructor(page: Page, profile: Profile) {
    this.page = page;
    this.profile = profile;
    page.on('console', (message) => {
      if (message.type() === 'error' && !own.test(message.text())) this.consoleErrors.push(message.text());
    });
    page.on('pageerror', (error) => this.consoleErrors.push(error.message));
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address, { waitUntil: 'commit' });
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page.locator('.activitybar [role=tab]').first().waitFor();
    await this.page.locator('.statusbar-item').first().waitFor();
  }

  /** The view container with this title, in the activity bar. Clicking an open one would close it. */
  async openView(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: title });
    await tab.waitFor({ timeout: 30_000 });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.page.locator('.part.sidebar .title-label', { hasText: title }).waitFor();
  }

  async closeSideBar(): Promise<void> {
    const bar = this.page.locator('.part.sidebar');
    if (await bar.isVisible()) await this.command('View: Toggle Primary Side Bar Visibility');
    await bar.waitFor({ state: 'hidden' });
  }

  tree(title: string): Tree {
    return new Tree(this.page, title);
  }

  /** A button in the title of a view, shown when the pointer is over it. */
  async viewAction(view: string, action: string): Promise<void> {
    const header = this.page.locator('.pane-header, .part.sidebar .composite.title', { hasText: view }).first();
    await header.hover();
    await header.getByRole('button', { name: action }).click();
  }

  /** A command by its whole title, through the palette. */
  async command(title: string): Promise<void> {
    const input = this.quickInput();
    const option = this.page.locator(`.quick-input-widget [role=option][aria-label^=${JSON.stringify(title)}]`).first();
    // A window that is still settling closes the palette, or does not know the command yet: then it is opened anew.
    await poll(`the command “${title}”`, async () => {
      if (await input.isVisible()) await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('F1');
      if (!(await appears(input, 3_000))) return undefined;
      await input.fill(`>${title}`);
      return (await succeeds(option.click({ timeout: 5_000 }))) ? true : undefined;
    });
  }

  /** What is offered where the cursor stands. Just after typing or moving it may be nothing yet, or something else: then it is asked anew. */
  async quickFix(title: string, beforeTaking?: () => Promise<unknown>): Promise<void> {
    const action = this.page.locator('.action-widget').getByText(title);
    await poll(`the quick fix “${title}”`, async () => {
      await this.page.keyboard.press('Control+.');
      if (await appears(action, 3_000)) return true;
      await this.page.keyboard.press('Escape');
      return undefined;
    });
    await beforeTaking?.();
    await action.click();
  }

  /** The text field of what is asked at the top of the window. */
  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible input.input');
  }

  quickInputText(): Promise<string> {
    return this.page.locator('.quick-input-widget:visible').innerText();
  }

  /** Chooses from a list that is asked for. */
  async pick(label: string | RegExp, timeout = 20_000): Promise<void> {
    await this.page.locator('.quick-input-widget [role=option]', { hasText: label }).first().click({ timeout });
  }

  async answer(text: string): Promise<void> {
    await this.quickInput().fill(text);
    await this.page.keyboard.press('Enter');
  }

  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-toast', { hasText: text }).first();
  }

  async notificationTexts(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** A modal question of the editor. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  async pressInDialog(button: string | RegExp): Promise<void> {
    await this.dialog().getByRole('button', { name: button }).click();
    await this.dialog().waitFor({ state: 'hidden' });
  }

  editorTab(title: string | RegExp): Locator {
    return this.page.locator('.tabs-container [role=tab]', { hasText: title });
  }

  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press(`${modifier}+P`);
    await this.quickInput().fill(name);
    await this.pick(name);
    await this.editorTab(name).waitFor();
  }

  async closeEditors(): Promise<void> {
    await this.command('View: Close All Editors');
  }

  /** The inner document of a web page that an extension shows, once it has what identifies it. */
  async webview(match: WebviewMatch, limit = 30_000): Promise<FrameLocator> {
    return poll(`the web page ${JSON.stringify(match)}`, () => this.#findWebview(match), limit);
  }

  async #findWebview(match: WebviewMatch): Promise<FrameLocator | undefined> {
    for (const outer of await this.page.locator('iframe.webview').all()) {
      if (!(await outer.isVisible())) continue;
      const inner = outer.contentFrame().frameLocator('iframe#active-frame');
      if (!(await fits(inner, match))) continue;
      const name = await outer.getAttribute('name');
      return this.page.frameLocator(`iframe.webview[name="${name}"]`).frameLocator('iframe#active-frame');
    }
    return undefined;
  }

  resize(width: number, height: number): Promise<void> {
    return this.page.setViewportSize({ width, height });
  }

  /** Makes the editor area this wide by dragging the edge of the side bar, which is opened for it. */
  async setPanelWidth(width: number): Promise<void> {
    const editor = this.page.locator('.part.editor');
    if (!(await this.page.locator('.part.sidebar').isVisible())) {
      await this.command('View: Toggle Primary Side Bar Visibility');
    }
    await poll(`an editor area ${width} pixels wide`, async () => {
      const box = await editor.boundingBox();
      if (box && Math.abs(box.width - width) <= 2) return true;
      if (box) await this.#drag({ x: box.x - 2, y: box.y + box.height / 2 }, box.width - width);
      return undefined;
    });
  }

  async #drag(from: { readonly x: number; readonly y: number }, by: number): Promise<void> {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + by / 2, from.y, { steps: 3 });
    await this.page.mouse.move(from.x + by, from.y, { steps: 3 });
    await this.page.mouse.up();
  }

  async setTheme(theme: Theme): Promise<void> {
    this.setSettings({ 'workbench.colorTheme': themes[theme] });
    const mark = { light: 'vs', dark: 'vs-dark', 'high-contrast': 'hc-black', 'high-contrast-light': 'hc-light' }[
      theme
    ];
    await this.page.locator(`.monaco-workbench.${mark}`).waitFor();
  }

  setSettings(settings: Settings): void {
    changeSettings(this.profile, settings);
  }

  /** All lines of an output channel so far. Read from its file: the editor draws only the lines in sight. */
  output(channel: string): string {
    const files = globSync(`**/logs/**/*${channel}.log`, { cwd: dirname(this.profile.serverData) });
    return files.map((file) => readFileSync(join(dirname(this.profile.serverData), file), 'utf8')).join('');
  }

  async screenshot(path: string): Promise<string> {
    const file = resolve(path);
    mkdirSync(dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
    for (const fault of await pageFaults(this.page)) this.pageFaults.add(fault);
    return file;
  }
}

async function appears(locator: Locator, timeout: number): Promise<boolean> {
  return succeeds(locator.waitFor({ timeout }));
}

async function succeeds(act: Promise<unknown>): Promise<boolean> {
  return act.then(
    () => true,
    () => false,
  );
}

async function fits(inner: FrameLocator, match: WebviewMatch): Promise<boolean> {
  if ('has' in match) return (await inner.locator(match.has).count()) > 0;
  const titles = await inner.locator('head > title').allTextContents();
  return titles.some((title) => (typeof match.title === 'string' ? title === match.title : match.title.test(title)));
}
