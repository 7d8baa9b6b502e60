import type { Folds } from '../components/jsonTree.ts';

/** What the learner did to the panel itself. Kept by the editor while the panel is hidden; never the session's truth. */
interface Saved {
  /** By which the host finds the lab again after a reload. */
  readonly lab?: string;
  readonly open: Readonly<Record<string, boolean>>;
  readonly drafts: Readonly<Record<string, string>>;
  readonly scroll: number;
}

const fresh: Saved = { open: {}, drafts: {}, scroll: 0 };

export class PanelState implements Folds {
  #saved: Saved;
  readonly #save: (saved: Saved) => void;
  readonly #changed: () => void;

  constructor(saved: unknown, save: (saved: Saved) => void, changed: () => void) {
    this.#saved = { ...fresh, ...(isSaved(saved) ? saved : {}) };
    this.#save = save;
    this.#changed = changed;
  }

  isOpen(id: string, otherwise: boolean): boolean {
    return this.#saved.open[id] ?? otherwise;
  }

  setOpen(id: string, open: boolean): void {
    if (this.#saved.open[id] === open) return;
    this.#keep({ open: { ...this.#saved.open, [id]: open } });
    this.#changed();
  }

  setLab(lab: string): void {
    if (this.#saved.lab !== lab) this.#keep({ lab });
  }

  draft(name: string): string | undefined {
    return this.#saved.drafts[name];
  }

  setDraft(name: string, value: string): void {
    this.#keep({ drafts: { ...this.#saved.drafts, [name]: value } });
    this.#changed();
  }

  clearDraft(name: string): void {
    const { [name]: _gone, ...drafts } = this.#saved.drafts;
    this.#keep({ drafts });
  }

  get scroll(): number {
    return this.#saved.scroll;
  }

  setScroll(scroll: number): void {
    this.#keep({ scroll });
  }

  #keep(change: Partial<Saved>): void {
    this.#saved = { ...this.#saved, ...change };
    this.#save(this.#saved);
  }
}

function isSaved(value: unknown): value is Partial<Saved> {
  return typeof value === 'object' && value !== null && 'open' in value && 'drafts' in value;
}
