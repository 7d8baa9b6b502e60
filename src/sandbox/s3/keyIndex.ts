// Entries in the order of their keys: an array of short sorted blocks, so that a listing starts where it is asked to without sorting,
// an insert moves a few hundred references at most, and what is saved of an unchanged block is saved again as it is.
import { compareKeys } from './keyOrder.ts';

interface Keyed {
  readonly key: string;
}

interface Block<Entry extends Keyed> {
  entries: Entry[];
  /** What `save` made of the block when it was last asked; gone with the next change. */
  saved: Uint8Array | undefined;
}

const longest = 512;

export class KeyIndex<Entry extends Keyed> {
  #blocks: Block<Entry>[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: string): Entry | undefined {
    const block = this.#blocks[this.#blockOf(key)];
    const entry = block?.entries[firstNotBefore(block.entries, key)];
    return entry?.key === key ? entry : undefined;
  }

  /** Adds the entry, or takes it in place of the one with its key. */
  set(entry: Entry): void {
    const index = Math.max(0, this.#blockOf(entry.key));
    const block = this.#blocks[index];
    if (!block) {
      this.#blocks.push({ entries: [entry], saved: undefined });
      this.#size = 1;
      return;
    }
    block.saved = undefined;
    const at = firstNotBefore(block.entries, entry.key);
    if (block.entries[at]?.key === entry.key) {
      block.entries[at] = entry;
      return;
    }
    block.entries.splice(at, 0, entry);
    this.#size++;
    if (block.entries.length > longest) this.#split(index, block, at);
  }

  delete(key: string): void {
    const index = this.#blockOf(key);
    const block = this.#blocks[index];
    const at = block ? firstNotBefore(block.entries, key) : 0;
    if (!block || block.entries[at]?.key !== key) return;
    block.entries.splice(at, 1);
    block.saved = undefined;
    this.#size--;
    if (block.entries.length === 0) this.#blocks.splice(index, 1);
  }

  /** Something within the entry of this key was changed. */
  touch(key: string): void {
    const block = this.#blocks[this.#blockOf(key)];
    if (block) block.saved = undefined;
  }

  /** All entries whose key is not before `from`, in order; while it runs nothing may be added or deleted. */
  *from(from: string): Generator<Entry, void, undefined> {
    let index = Math.max(0, this.#blockOf(from));
    let at = firstNotBefore(this.#blocks[index]?.entries ?? [], from);
    for (; index < this.#blocks.length; index++, at = 0) {
      const entries = this.#blocks[index]?.entries ?? [];
      for (; at < entries.length; at++) {
        const entry = entries[at];
        if (entry) yield entry;
      }
    }
  }

  /** One piece of saved bytes a block; only changed blocks are saved anew. */
  save(save: (entries: readonly Entry[]) => Uint8Array): Uint8Array[] {
    return this.#blocks.map((block) => (block.saved ??= save(block.entries)));
  }

  /** Takes what `save` gave, in its order. */
  restore(pieces: readonly Uint8Array[], read: (piece: Uint8Array) => Entry[]): void {
    this.#blocks = pieces.map((saved) => ({ entries: read(saved), saved }));
    this.#size = this.#blocks.reduce((sum, { entries }) => sum + entries.length, 0);
  }

  #split(index: number, block: Block<Entry>, at: number): void {
    // Keys that come in order fill blocks: the last is left full, and a new one begun.
    const atEnd = index === this.#blocks.length - 1 && at === block.entries.length - 1;
    const half = atEnd ? block.entries.length - 1 : block.entries.length >> 1;
    this.#blocks.splice(index + 1, 0, { entries: block.entries.splice(half), saved: undefined });
  }

  /** The last block that begins at or before this key; -1 where none does. */
  #blockOf(key: string): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const first = this.#blocks[middle]?.entries[0];
      if (first && compareKeys(first.key, key) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function firstNotBefore(entries: readonly Keyed[], key: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle];
    if (entry && compareKeys(entry.key, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
