import type { Draft } from '../../src/protocol/compose.ts';

/** Kept by the editor while the page is hidden, and over a reload of the window. */
interface Saved {
  readonly id: string;
  readonly draft?: Draft;
}

export interface FormStateOptions {
  readonly saved: unknown;
  save(saved: Saved): void;
  /** The draft changed, and nobody typed for a moment. */
  settled(draft: Draft): void;
  changed(): void;
}

const quietMs = 150;
/** A text of so many characters is not saved at every key, but once nobody types for a moment. */
const large = 50_000;

/** What the person typed. The text is here and nowhere else, until it is sent. */
export class FormState {
  readonly #options: FormStateOptions;
  readonly #touched = new Set<string>();
  #id = '';
  #draft: Draft | undefined;
  #due: ReturnType<typeof setTimeout> | undefined;
  /** Sending was tried: every problem is shown from now on. */
  tried = false;

  constructor(options: FormStateOptions) {
    this.#options = options;
    const { saved } = options;
    if (!isSaved(saved)) return;
    this.#id = saved.id;
    this.#draft = saved.draft;
  }

  get own(): Draft | undefined {
    return this.#draft;
  }

  /** The first view says which form this is; its prefill counts only where there is no text of one's own. */
  begin(id: string, prefill: Draft): void {
    if (this.#id === id && this.#draft !== undefined) return;
    this.#id = id;
    this.#draft ??= prefill;
    this.#save();
  }

  set(change: Partial<Draft>, field?: string): void {
    if (this.#draft === undefined) return;
    if (field !== undefined) this.#touched.add(field);
    this.#draft = { ...this.#draft, ...change };
    if (this.#draft.body.length <= large) this.#save();
    this.#options.changed();
    clearTimeout(this.#due);
    this.#due = setTimeout(() => this.#settle(), quietMs);
  }

  shows(field: string): boolean {
    return this.tried || this.#touched.has(field);
  }

  #settle(): void {
    if (this.#draft === undefined) return;
    this.#save();
    this.#options.settled(this.#draft);
  }

  #save(): void {
    this.#options.save({ id: this.#id, ...(this.#draft && { draft: this.#draft }) });
  }
}

/** What this page saved itself, an older version of it at most. */
function isSaved(value: unknown): value is Saved {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}
