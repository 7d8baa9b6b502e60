// The table: a hundred thousand rows of which only those in sight are elements. Drawn by hand, since at 60 frames a second a template is too much.
// In: rows by place. Out: what was pressed. It knows nothing of queues.
import type { RowView } from '../../src/protocol/peek.ts';
import type { CellFacts, Column } from './columns.ts';
import { GridHead, type HeadActs, type HeadFacts } from './gridHead.ts';

export const rowHeight = 24;
const headHeight = 26;
/** Rows drawn beyond what is in sight, at each end. */
const beyond = 6;

export interface GridSource {
  readonly count: number;
  at(index: number): RowView | undefined;
  readonly facts: CellFacts;
}

export interface GridEvents extends HeadActs {
  /** These places are in sight. */
  sight(from: number, to: number): void;
  press(index: number, event: MouseEvent): void;
  key(event: KeyboardEvent): void;
}

interface Slot {
  readonly element: HTMLElement;
  readonly cells: readonly HTMLElement[];
  index: number;
}

export class Grid {
  readonly element = document.createElement('div');
  readonly #space = document.createElement('div');
  readonly #head: GridHead;
  readonly #source: GridSource;
  readonly #events: GridEvents;
  #columns: readonly Column[] = [];
  #slots: Slot[] = [];
  #cursor = -1;
  #due = false;

  constructor(source: GridSource, events: GridEvents) {
    this.#source = source;
    this.#events = events;
    this.#head = new GridHead(this.element, events);
    this.element.className = 'grid';
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'grid');
    this.element.setAttribute('aria-label', 'Messages');
    this.element.setAttribute('aria-multiselectable', 'true');
    this.#space.className = 'grid-space';
    this.#space.setAttribute('role', 'rowgroup');
    this.element.append(this.#head.element, this.#space);
    this.element.addEventListener('scroll', () => this.draw(), { passive: true });
    this.element.addEventListener('keydown', (event) => {
      if (event.target === this.element) events.key(event);
    });
    this.#space.addEventListener('click', (event) => this.#pressed(event));
    // The editor selects a page's whole text at Control+A, which here chooses rows.
    document.addEventListener('selectionchange', () => {
      const selection = document.getSelection();
      if (document.activeElement === this.element && selection?.isCollapsed === false) selection.removeAllRanges();
    });
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** Rows that fit. */
  get page(): number {
    return Math.max(1, Math.floor((this.element.clientHeight - headHeight) / rowHeight));
  }

  setColumns(columns: readonly Column[], widths: Readonly<Record<string, number>>, facts: HeadFacts): void {
    const same = columns.length === this.#columns.length && columns.every(({ id }, at) => this.#columns[at]?.id === id);
    this.#columns = columns;
    if (!same) this.#empty();
    this.#head.draw(columns, facts);
    const tracks = columns.map(({ id, width }) => (width === 0 ? 'minmax(160px, 1fr)' : `${widths[id] ?? width}px`));
    this.element.style.setProperty('--columns', tracks.join(' '));
    this.element.setAttribute('aria-colcount', String(columns.length));
    this.draw();
  }

  /** Moves the cursor, and scrolls no further than needed. */
  setCursor(index: number, reveal = true): void {
    this.#cursor = index;
    if (reveal && index >= 0) this.#reveal(index);
    this.draw();
  }

  #reveal(index: number): void {
    const { element } = this;
    const top = index * rowHeight;
    const room = element.clientHeight - headHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + room) element.scrollTop = top + rowHeight - room;
  }

  scrollToTop(): void {
    this.element.scrollTop = 0;
  }

  /** Soon, and once a frame. */
  draw(): void {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      this.drawNow();
    });
  }

  drawNow(): void {
    const { count } = this.#source;
    this.#space.style.height = `${count * rowHeight}px`;
    this.element.setAttribute('aria-rowcount', String(count + 1));
    const first = Math.max(0, Math.floor(this.element.scrollTop / rowHeight) - beyond);
    const last = Math.min(count, first + this.page + 2 * beyond + 2);
    this.#fit(this.page + 2 * beyond + 2);
    const size = this.#slots.length;
    for (const slot of this.#slots) {
      const at = this.#slots.indexOf(slot);
      const index = first + ((at - (first % size) + size) % size);
      this.#drawSlot(slot, index < last ? index : -1);
    }
    const active = this.#cursor >= first && this.#cursor < last ? `row-${this.#cursor}` : undefined;
    if (active === undefined) this.element.removeAttribute('aria-activedescendant');
    else this.element.setAttribute('aria-activedescendant', active);
    if (last > first) this.#events.sight(first, last);
  }

  #fit(wanted: number): void {
    while (this.#slots.length < wanted) {
      const slot = this.#newSlot();
      this.#slots.push(slot);
      this.#space.append(slot.element);
    }
  }

  #empty(): void {
    this.#slots = [];
    this.#space.replaceChildren();
  }

  #newSlot(): Slot {
    const element = document.createElement('div');
    element.className = 'grid-row';
    element.setAttribute('role', 'row');
    const cells = this.#columns.map(({ id }) => {
      const cell = document.createElement('div');
      cell.className = `cell cell-${id}`;
      cell.setAttribute('role', 'gridcell');
      return cell;
    });
    element.append(...cells);
    return { element, cells, index: -2 };
  }

  #drawSlot(slot: Slot, index: number): void {
    const { element } = slot;
    if (slot.index !== index) {
      slot.index = index;
      element.hidden = index < 0;
      if (index < 0) {
        element.removeAttribute('id');
        return;
      }
      element.id = `row-${index}`;
      element.setAttribute('aria-rowindex', String(index + 2));
      element.style.transform = `translateY(${index * rowHeight}px)`;
    }
    if (index >= 0) this.#drawRow(slot, this.#source.at(index));
  }

  #drawRow({ element, cells, index }: Slot, row: RowView | undefined): void {
    const { facts } = this.#source;
    set(element, 'aria-selected', row?.chosen === true ? 'true' : 'false');
    set(element, 'class', `grid-row${index === this.#cursor ? ' cursor' : ''}${row === undefined ? ' coming' : ''}`);
    for (const [at, cell] of cells.entries()) {
      const column = this.#columns[at];
      if (column === undefined) continue;
      const text = row === undefined ? '' : column.text(row, facts);
      if (cell.textContent !== text) cell.textContent = text;
      set(cell, 'class', `cell cell-${column.id} ${row === undefined ? '' : (column.look?.(row, facts) ?? '')}`);
      set(cell, 'title', row === undefined ? '' : (column.hint?.(row, facts) ?? ''));
    }
  }

  #pressed(event: MouseEvent): void {
    const row = event.target instanceof Element ? event.target.closest('.grid-row') : null;
    const slot = this.#slots.find(({ element }) => element === row);
    if (slot && slot.index >= 0) this.#events.press(slot.index, event);
  }
}

function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
