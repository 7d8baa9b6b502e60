// The table of one queue: its rows as the host gives them, the cursor, and what its keys do.
import type { PeekRequest, PeekView } from '../../src/protocol/peek.ts';
import { columnsFor, type Column } from './columns.ts';
import { Grid } from './grid.ts';
import { RowCache } from './rowCache.ts';

export interface TableRim {
  readonly saved: unknown;
  ask(request: PeekRequest): void;
  save(state: unknown): void;
  focusSearch(): void;
}

/** Rows asked for beyond what is in sight, so that scrolling finds them there. */
const ahead = 80;

export class PeekTable {
  readonly #rim: TableRim;
  readonly #rows = new RowCache();
  readonly #grid: Grid;
  #view: PeekView | undefined;
  #now = 0;
  #cursorId = '';
  #anchor = '';
  #asked = '';
  #window = { from: 0, count: 2 * ahead };
  #groups = false;
  #widths: Readonly<Record<string, number>>;
  #following: ReturnType<typeof setTimeout> | undefined;

  constructor(rim: TableRim) {
    this.#rim = rim;
    this.#widths = widthsIn(rim.saved);
    const rows = this.#rows;
    const factsOf = () => ({ now: this.#now, limit: this.#view?.deadLetters?.maxReceiveCount });
    const source = {
      get count() {
        return rows.count;
      },
      at: (index: number) => rows.at(index),
      get facts() {
        return factsOf();
      },
    };
    this.#grid = new Grid(source, {
      sight: (from, to) => this.#see(from, to),
      press: (index, event) => this.#press(index, event),
      key: (event) => this.#key(event),
      sort: (column) => this.#sort(column),
      widen: (column, by) => this.#widen(column, by),
    });
    new ResizeObserver(() => this.#layOut()).observe(this.#grid.element);
  }

  get element(): HTMLElement {
    return this.#grid.element;
  }

  focus(): void {
    this.#grid.element.focus();
    if (this.#grid.cursor < 0 && this.#rows.count > 0) this.#move(0);
  }

  scrollToTop(): void {
    this.#grid.scrollToTop();
  }

  take(view: PeekView): void {
    const { version } = this.#view ?? { version: -1 };
    this.#view = view;
    this.#rows.take(view);
    this.#groups ||= view.queue.fifo || view.window.rows.some(({ group }) => group !== undefined);
    if (version !== view.version) this.#asked = '';
    this.#followCursor(view, version !== view.version);
  }

  /** `now`: the queue's time. */
  draw(now: number): void {
    this.#now = now;
    this.#layOut();
    this.#grid.drawNow();
  }

  #layOut(): void {
    const { by = 'arrival', descending = false } = this.#view?.sorting ?? {};
    const columns = columnsFor(this.#grid.element.clientWidth || window.innerWidth, this.#groups);
    this.#grid.setColumns(columns, this.#widths, { by, descending });
  }

  /** The cursor stays on its message when rows move; where that is gone, on its place. */
  #followCursor({ cursor, shown }: PeekView, moved: boolean): void {
    const { cursor: at } = this.#grid;
    if (moved && cursor.id !== '' && cursor.id === this.#cursorId && cursor.at >= 0 && cursor.at !== at)
      this.#grid.setCursor(cursor.at, false);
    else if (at >= shown) this.#grid.setCursor(shown - 1, false);
    const row = this.#rows.at(this.#grid.cursor);
    if (row !== undefined && !(moved && cursor.id === this.#cursorId && cursor.at >= 0)) this.#cursorId = row.id;
  }

  /** Asks for rows once for each place they are looked at. */
  #see(from: number, to: number): void {
    if (!this.#rows.lacks(from, to)) return;
    const start = Math.max(0, from - ahead);
    this.#window = { from: start, count: to - start + ahead };
    const key = JSON.stringify(this.#window);
    if (key === this.#asked) return;
    this.#asked = key;
    this.#rim.ask({ kind: 'see', ...this.#window, cursor: this.#cursorId });
  }

  #press(index: number, event: MouseEvent): void {
    const row = this.#rows.at(index);
    if (row === undefined) return;
    const inCheck = event.target instanceof Element && event.target.classList.contains('cell-chosen');
    if (event.shiftKey && this.#anchor !== '') this.#rim.ask({ kind: 'chooseTo', from: this.#anchor, to: row.id });
    else if (inCheck || event.ctrlKey || event.metaKey) this.#toggle(row.id);
    else this.#rim.ask({ kind: 'open', message: row.id });
    this.#move(index, false);
  }

  #toggle(id: string): void {
    this.#anchor = id;
    this.#rim.ask({ kind: 'toggle', message: id });
  }

  #sort({ sort = 'arrival', turned = false }: Column): void {
    const { by = '', descending = false } = this.#view?.sorting ?? {};
    const first = turned ? 'down' : 'up';
    const second = turned ? 'up' : 'down';
    const now = descending ? 'down' : 'up';
    if (by !== sort) this.#rim.ask({ kind: 'sort', by: sort, order: first });
    else if (now === first) this.#rim.ask({ kind: 'sort', by: sort, order: second });
    else this.#rim.ask({ kind: 'sort', by: 'arrival', order: 'up' });
  }

  #widen({ id, width }: Column, by: number): void {
    const next = Math.min(800, Math.max(40, (this.#widths[id] ?? width) + by));
    this.#widths = { ...this.#widths, [id]: next };
    this.#rim.save({ widths: this.#widths });
    this.#layOut();
  }

  /** Moves the cursor; the open message goes along. */
  #move(index: number, follow = true): void {
    const at = Math.min(Math.max(0, index), this.#rows.count - 1);
    this.#grid.setCursor(at);
    this.#cursorId = this.#rows.at(at)?.id ?? '';
    clearTimeout(this.#following);
    if (follow) this.#following = setTimeout(() => this.#followUp(), 80);
  }

  /** Once the cursor rests: the host knows where it is, and the open message is the one under it. */
  #followUp(): void {
    const id = this.#rows.at(this.#grid.cursor)?.id;
    if (id === undefined) return;
    this.#cursorId = id;
    if (this.#view?.opened === undefined) this.#rim.ask({ kind: 'see', ...this.#window, cursor: id });
    else if (this.#view.opened.row.id !== id) this.#rim.ask({ kind: 'open', message: id });
  }

  #key(event: KeyboardEvent): void {
    const { cursor, page } = this.#grid;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: cursor + 1,
      ArrowUp: cursor - 1,
      PageDown: cursor + page,
      PageUp: cursor - page,
      Home: 0,
      End: this.#rows.count - 1,
    };
    const to = moves[event.key];
    const id = this.#rows.at(cursor)?.id ?? '';
    if (to !== undefined) this.#moveBy(event, to, id);
    else if (!this.#act(event, id)) return;
    event.preventDefault();
  }

  #moveBy({ shiftKey }: KeyboardEvent, to: number, from: string): void {
    if (shiftKey && this.#anchor === '') this.#anchor = from;
    if (!shiftKey) this.#anchor = '';
    this.#move(to);
    const id = this.#rows.at(this.#grid.cursor)?.id;
    if (shiftKey && id !== undefined && this.#anchor !== '')
      this.#rim.ask({ kind: 'chooseTo', from: this.#anchor, to: id });
  }

  /** Whether the key means something here. */
  #act({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, id: string): boolean {
    const { ask, focusSearch } = this.#rim;
    if (altKey) return false;
    if (ctrlKey || metaKey) {
      if (key.toLowerCase() !== 'a') return false;
      ask({ kind: 'chooseAll' });
      return true;
    }
    if (key === 'Escape' && (this.#view?.chosen ?? 0) > 0) ask({ kind: 'chooseNone' });
    else if (key === '/') focusSearch();
    else if (id === '') return false;
    else if (key === 'Enter') ask({ kind: 'open', message: id });
    else if (key === ' ') this.#toggle(id);
    else if (key === 'c') ask({ kind: 'copyBody', message: id });
    else if (key === 'C') ask({ kind: 'copyJson', message: id });
    else if (key === 'Delete') ask({ kind: 'remove', message: id });
    else return false;
    return true;
  }
}

function widthsIn(saved: unknown): Readonly<Record<string, number>> {
  const widths = typeof saved === 'object' && saved !== null && 'widths' in saved ? saved.widths : undefined;
  return typeof widths === 'object' && widths !== null
    ? Object.fromEntries(Object.entries(widths).filter(([, width]) => typeof width === 'number'))
    : {};
}
