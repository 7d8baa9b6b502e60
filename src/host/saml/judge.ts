// Each version of a document judged once, whoever asks: squiggles, hovers, outline, folding and fixes share what was found.
import type { Formatted } from './formatXml.ts';
import { Refusal } from '../explain.ts';
import type { Failure, OtherThread } from './otherThread.ts';
import { formatText, judgeText, notJudged, type Judged } from './samlWork.ts';

/** What of the editor's document is needed. */
export interface JudgedDocument {
  readonly uri: { toString(): string };
  readonly version: number;
  readonly encoding: string;
  getText(): string;
}

/** Longer texts take longer than a frame: another thread takes them. In characters. */
export const longText = 100_000;

const failures: Readonly<Record<Failure, string>> = {
  late: 'This document took longer than 20 seconds and was given up. It may be made to keep readers busy; or the machine is busy: change a letter to try again.',
  died: 'This document took more memory than there is for it, and was given up. Take the one entity that you need out of it.',
};

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
    if (text.length < longText) return formatText({ text });
    const formatted = await this.#thread.format(document.uri.toString(), text);
    if (typeof formatted !== 'string') return formatted;
    throw new Refusal({ what: failures[formatted] });
  }

  async #work(document: JudgedDocument): Promise<Judged | undefined> {
    const text = document.getText();
    const options = { now: this.#now(), bom: document.encoding === 'utf8bom' };
    if (text.length < longText) return judgeText({ text, options });
    const judged = await this.#thread.judge(document.uri.toString(), { text, options });
    return typeof judged === 'string' ? notJudged(failures[judged]) : judged;
  }
}
