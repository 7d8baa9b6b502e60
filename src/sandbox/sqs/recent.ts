/**
 * What was seen under a key within the last five minutes: deduplication ids, and ids of receive attempts.
 * Two generations of five minutes; the older is dropped whole, so nothing is ever searched for what is out of date.
 */
export class Recent<Entry> {
  static readonly span = 5 * 60_000;
  #young = new Map<string, { at: number; entry: Entry }>();
  #old = new Map<string, { at: number; entry: Entry }>();
  #turnedAt = -Infinity;

  find(key: string, now: number): Entry | undefined {
    this.#turn(now);
    const found = this.#young.get(key) ?? this.#old.get(key);
    return found !== undefined && now < found.at + Recent.span ? found.entry : undefined;
  }

  remember(key: string, entry: Entry, now: number): void {
    this.#turn(now);
    this.#young.set(key, { at: now, entry });
  }

  forget(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
  }

  snapshot(now: number): [key: string, at: number, entry: Entry][] {
    this.#turn(now);
    return [...this.#old, ...this.#young]
      .filter(([, { at }]) => now < at + Recent.span)
      .map(([key, { at, entry }]) => [key, at, entry]);
  }

  restore(rows: readonly (readonly [key: string, at: number, entry: Entry])[], now: number): void {
    this.clear();
    this.#turnedAt = now;
    for (const [key, at, entry] of rows) this.#young.set(key, { at, entry });
  }

  #turn(now: number): void {
    const passed = now - this.#turnedAt;
    if (passed < Recent.span) return;
    this.#old = passed < 2 * Recent.span ? this.#young : new Map();
    this.#young = new Map();
    this.#turnedAt = now;
  }
}
