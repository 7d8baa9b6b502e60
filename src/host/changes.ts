/** Tells whoever listens that something changed; what, they look up themselves. */
export class Changes {
  readonly #listeners = new Set<() => void>();

  readonly on = (listener: () => void): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  fire(): void {
    for (const listener of this.#listeners) listener();
  }
}
