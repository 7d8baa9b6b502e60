import type { PeekView, RowView } from '../../src/protocol/peek.ts';

/** Rows kept, so that going back and forth asks for nothing. */
const most = 4000;

/** Rows by their place. Those of an older version are shown until the newer ones come, and asked for again. */
export class RowCache {
  #fresh = new Map<number, RowView>();
  #stale = new Map<number, RowView>();
  #version = -1;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  take({ version, shown, window }: Pick<PeekView, 'version' | 'shown' | 'window'>): void {
    if (version !== this.#version) {
      // Where another search came between, what was at a place says nothing about what is there now.
      this.#stale = shown === this.#count ? new Map([...this.#stale, ...this.#fresh]) : new Map();
      this.#fresh = new Map();
      this.#version = version;
      this.#count = shown;
    }
    if (this.#fresh.size > most) this.#fresh.clear();
    if (this.#stale.size > most) this.#stale.clear();
    for (const [place, row] of window.rows.entries()) this.#fresh.set(window.from + place, row);
  }

  at(index: number): RowView | undefined {
    return this.#fresh.get(index) ?? this.#stale.get(index);
  }

  /** Whether a row between these (the second not included) has still to be asked for. */
  lacks(from: number, to: number): boolean {
    for (let index = from; index < Math.min(to, this.#count); index++) if (!this.#fresh.has(index)) return true;
    return false;
  }
}
