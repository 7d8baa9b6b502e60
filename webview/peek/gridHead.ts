import type { Column } from './columns.ts';

export interface HeadFacts {
  readonly by: string;
  readonly descending: boolean;
}

export interface HeadActs {
  sort(column: Column): void;
  /** By so many pixels. */
  widen(column: Column, by: number): void;
}

/** The head of the table: a button a column, which sorts; its right edge is dragged, or Alt and arrows pressed, to make it wider. */
export class GridHead {
  readonly element = document.createElement('div');
  readonly #grid: HTMLElement;
  readonly #acts: HeadActs;
  #drawn = '';

  constructor(grid: HTMLElement, acts: HeadActs) {
    this.#grid = grid;
    this.#acts = acts;
    this.element.className = 'grid-head';
    this.element.setAttribute('role', 'row');
    this.element.setAttribute('aria-rowindex', '1');
  }

  draw(columns: readonly Column[], facts: HeadFacts): void {
    const key = JSON.stringify([columns.map(({ id }) => id), facts]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    const focused = this.element.contains(document.activeElement)
      ? document.activeElement?.getAttribute('data-column')
      : undefined;
    this.element.replaceChildren(...columns.map((column) => this.#cell(column, facts)));
    this.element.querySelector<HTMLElement>(`[data-column="${focused}"]`)?.focus();
  }

  #cell(column: Column, { by, descending }: HeadFacts): HTMLElement {
    const cell = document.createElement('div');
    cell.className = 'head-cell';
    cell.setAttribute('role', 'columnheader');
    if (column.sort === undefined) {
      const title = document.createElement('span');
      title.className = 'visually-hidden';
      title.textContent = column.title;
      cell.append(title);
      return cell;
    }
    const sorted = by === column.sort;
    const down = descending !== (column.turned === true);
    cell.setAttribute('aria-sort', sorted ? (down ? 'descending' : 'ascending') : 'none');
    cell.append(this.#button(column, sorted ? (down ? ' ↓' : ' ↑') : ''), this.#edge(column));
    return cell;
  }

  #button(column: Column, arrow: string): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = column.title;
    button.dataset['column'] = column.id;
    button.title = [column.help, 'Press to sort. Alt and arrows change its width.'].filter(Boolean).join(' ');
    const mark = document.createElement('span');
    mark.textContent = arrow;
    mark.setAttribute('aria-hidden', 'true');
    button.append(mark);
    button.addEventListener('click', () => this.#acts.sort(column));
    button.addEventListener('keydown', (event) => {
      if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
      event.preventDefault();
      this.#acts.widen(column, event.key === 'ArrowLeft' ? -16 : 16);
    });
    return button;
  }

  #edge(column: Column): HTMLElement {
    const edge = document.createElement('div');
    edge.className = 'edge';
    edge.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      edge.setPointerCapture(event.pointerId);
      this.#grid.classList.add('resizing');
    });
    edge.addEventListener('pointermove', (event) => {
      if (edge.hasPointerCapture(event.pointerId) && event.movementX !== 0) this.#acts.widen(column, event.movementX);
    });
    edge.addEventListener('pointerup', () => this.#grid.classList.remove('resizing'));
    return edge;
  }
}
