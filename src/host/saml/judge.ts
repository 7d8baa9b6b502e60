// Each version of a document judged once, whoever asks: squiggles, hovers, outline, folding and fixes share what was found.
import type { Formatted } from './formatXml.ts';
import type { OtherThread } from './otherThread.ts';
import { formatText, judgeText, type Judged } from './samlWork.ts';

/** What of the editor's document is needed. */
export interface JudgedDocument {
  readonly uri: { toString(): string };
  readonly version: number;
  readonly encoding: string;
  getText(): string;
}

/** Longer texts take longer than a frame: another thread takes them. In characters. */
const longText = 300_000;

export class Judge {
  readonly #thread: OtherThread;
  readonly #now: () => number;
  /** Held no longer than the document itself. */
  readonly #known = new WeakMap<
    JudgedDocument,
    { readonly version: string; readonly judged: Promise<Judged | undefined> }
  >();

  constructor(thread: OtherThread, now: () => number) {
    this.#thread = thread;
    this.#now = now;
  }

  /** undefined: a newer version is on its way. */
  of(document: JudgedDocument): Promise<Judged | undefined> {
    const version = `${document.version} ${document.encoding}`;
    const known = this.#known.get(document);
    if (known?.version === version) return known.judged;
    const judged = this.#work(document);
    this.#known.set(document, { version, judged });
    return judged;
  }

  /** undefined: it is no XML. */
  async format(document: JudgedDocument): Promise<Formatted | undefined> {
    const text = document.getText();
    return text.length < longText ? formatText({ text }) : this.#thread.format(document.uri.toString(), text);
  }

  async #work(document: JudgedDocument): Promise<Judged | undefined> {
    const text = document.getText();
    const options = { now: this.#now(), bom: document.encoding === 'utf8bom' };
    return text.length < longText
      ? judgeText({ text, options })
      : this.#thread.judge(document.uri.toString(), { text, options });
  }
}
