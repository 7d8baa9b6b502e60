/**
 * A binary heap, smallest key first, that tells every item where it is, so that any item can be taken out.
 * Adding, taking and removing cost O(log n); adding in rising order, as messages mostly come, costs O(1).
 */
export class Heap<Item> {
  readonly #items: Item[] = [];
  readonly #keys: number[] = [];
  readonly #place: (item: Item, index: number) => void;

  /** `place` notes an item's index, -1 once it is out; `remove` takes that index. */
  constructor(place: (item: Item, index: number) => void) {
    this.#place = place;
  }

  get size(): number {
    return this.#items.length;
  }

  first(): Item | undefined {
    return this.#items[0];
  }

  /** Infinity when there is nothing. */
  firstKey(): number {
    return this.#keys[0] ?? Infinity;
  }

  push(item: Item, key: number): void {
    this.#items.push(item);
    this.#keys.push(key);
    this.#rise(item, key, this.#items.length - 1);
  }

  /** Nothing happens for an index of nothing. */
  remove(index: number): void {
    const item = this.#items[index];
    if (item === undefined) return;
    this.#place(item, -1);
    const last = this.#items.pop();
    const key = this.#keys.pop();
    if (last === undefined || key === undefined || last === item) return;
    const up = (index - 1) >> 1;
    if (index > 0 && key < (this.#keys[up] ?? -Infinity)) this.#rise(last, key, index);
    else this.#sink(last, key, index);
  }

  /** In no order. */
  values(): IterableIterator<Item> {
    return this.#items.values();
  }

  clear(): void {
    this.#items.length = 0;
    this.#keys.length = 0;
  }

  #rise(item: Item, key: number, from: number): void {
    let at = from;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = this.#items[up];
      const parentKey = this.#keys[up];
      if (parent === undefined || parentKey === undefined || parentKey <= key) break;
      this.#put(parent, parentKey, at);
      at = up;
    }
    this.#put(item, key, at);
  }

  #sink(item: Item, key: number, from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      const child = (this.#keys[left + 1] ?? Infinity) < (this.#keys[left] ?? Infinity) ? left + 1 : left;
      const below = this.#items[child];
      const belowKey = this.#keys[child];
      if (below === undefined || belowKey === undefined || key <= belowKey) break;
      this.#put(below, belowKey, at);
      at = child;
    }
    this.#put(item, key, at);
  }

  #put(item: Item, key: number, at: number): void {
    this.#items[at] = item;
    this.#keys[at] = key;
    this.#place(item, at);
  }
}
