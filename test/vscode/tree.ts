// One tree of a view, found by the view's title: rows are drawn only where they are in sight, so it scrolls to find them.
import type { Locator, Page } from 'playwright-core';
import { poll } from './poll.ts';

export interface Row {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** From 1. */
  readonly level: number;
  /** Absent where there is nothing to expand. */
  readonly expanded?: boolean;
}

export class Tree {
  readonly #page: Page;
  readonly #title: string;
  readonly root: Locator;

  constructor(page: Page, title: string) {
    this.#page = page;
    this.#title = title;
    this.root = page.getByRole('tree', { name: title, exact: true });
  }

  /** What is in sight. */
  async rows(): Promise<Row[]> {
    const rows = await this.root.locator('[role=treeitem]').all();
    return Promise.all(rows.map(readRow));
  }

  async labels(): Promise<string[]> {
    return (await this.rows()).map((row) => row.label);
  }

  /** The first row with this label. */
  async row(label: string | RegExp, limit = 30_000): Promise<Locator> {
    const found = this.root
      .locator('[role=treeitem]')
      .filter({ has: this.#page.locator('.label-name', textOf(label)) });
    await poll(`a row ${String(label)} in the tree “${this.#title}”`, async () => this.#reveal(found), limit);
    return found.first();
  }

  async #reveal(found: Locator): Promise<true | undefined> {
    if ((await found.count()) > 0) return true;
    const box = (await this.root.isVisible()) ? await this.root.boundingBox() : null;
    if (!box) return undefined;
    await this.#page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const before = (await this.labels()).join('\n');
    await this.#page.mouse.wheel(0, box.height * 0.8);
    const moved = await poll(
      'scrolling',
      async () => (before !== (await this.labels()).join('\n') ? true : undefined),
      500,
      50,
    ).catch(() => false);
    if (!moved) await this.#page.mouse.wheel(0, -100_000);
    return (await found.count()) > 0 ? true : undefined;
  }

  async click(label: string | RegExp): Promise<void> {
    await (await this.row(label)).locator('.label-name').first().click();
  }

  async expand(label: string | RegExp): Promise<void> {
    await this.#setExpanded(label, 'true');
  }

  async collapse(label: string | RegExp): Promise<void> {
    await this.#setExpanded(label, 'false');
  }

  async #setExpanded(label: string | RegExp, expanded: 'true' | 'false'): Promise<void> {
    const row = await this.row(label);
    await poll(`${String(label)} to have aria-expanded ${expanded}`, async () => {
      if ((await row.getAttribute('aria-expanded')) === expanded) return true;
      await row.locator('.monaco-tl-twistie').click();
      return undefined;
    });
  }

  /** A button that a row shows while the pointer is over it. */
  async rowAction(label: string | RegExp, action: string): Promise<void> {
    const row = await this.row(label);
    await row.hover();
    await row.getByRole('button', { name: action }).click();
  }

  async contextMenu(label: string | RegExp, entry: string): Promise<void> {
    await (await this.row(label)).click({ button: 'right' });
    const item = this.#page.locator('.monaco-menu').getByRole('menuitem', { name: entry });
    await item.waitFor();
    // For a moment after it opens, a menu takes no click.
    await poll(`the menu entry “${entry}” to take a click`, async () => {
      if (!(await item.isVisible())) return true;
      await item.click({ timeout: 1_000 });
      return item.waitFor({ state: 'hidden', timeout: 500 }).then(() => true as const);
    });
  }

  /** The entries of a row's context menu. */
  async contextEntries(label: string | RegExp): Promise<string[]> {
    await (await this.row(label)).click({ button: 'right' });
    const entries = this.#page.locator('.monaco-menu [role=menuitem] .action-label');
    await entries.first().waitFor();
    const texts = await entries.allInnerTexts();
    await this.#page.keyboard.press('Escape');
    return texts.filter((text) => text !== '');
  }
}

const textOf = (label: string | RegExp): { hasText: RegExp } => ({
  hasText: typeof label === 'string' ? new RegExp(`^${label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : label,
});

async function readRow(row: Locator): Promise<Row> {
  const expanded = await row.getAttribute('aria-expanded');
  return {
    label: await row.locator('.label-name').first().innerText(),
    description: (await row.locator('.label-description').allInnerTexts()).join(' '),
    spoken: (await row.getAttribute('aria-label')) ?? '',
    level: Number(await row.getAttribute('aria-level')),
    ...(expanded === null ? {} : { expanded: expanded === 'true' }),
  };
}
