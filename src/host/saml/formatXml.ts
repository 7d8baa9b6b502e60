// A parsed document -> the same in lines, for reading only, and where each place of the original went. Every tag, attribute and text
// is copied as it stands; only white space between them is ours.
import type { Element, Node, Range, XmlDocument } from '../../saml/xml/document.ts';

/** Three numbers each: offset in the original, offset in the result, length. In the order of both. */
export type Pieces = readonly (readonly [from: number, to: number, length: number])[];

export interface Formatted {
  readonly text: string;
  readonly pieces: Pieces;
}

const widest = 110;
const keyWidth = 76;

export function formatXml(document: XmlDocument): Formatted {
  return new Formatter(document.text).write(document);
}

class Formatter {
  readonly #text: string;
  readonly #out: string[] = [];
  readonly #pieces: [number, number, number][] = [];
  #length = 0;

  constructor(text: string) {
    this.#text = text;
  }

  write({ root, text }: XmlDocument): Formatted {
    this.#block({ start: 0, end: root.start });
    this.#element(root, 0);
    this.#own('\n');
    this.#block({ start: root.end, end: text.length });
    return { text: this.#out.join('').replace(privateKey, hidden), pieces: this.#pieces };
  }

  /** What stands outside the root. */
  #block({ start, end }: Range): void {
    const inner = trimmed(this.#text, { start, end });
    if (inner.start === inner.end) return;
    this.#copy(inner);
    this.#own('\n');
  }

  #element(element: Element, depth: number): void {
    this.#startTag(element, depth);
    const empty = element.contentRange.start === element.contentRange.end;
    if (empty && element.end === element.tagRange.end) return;
    this.#children(element, depth);
    this.#copy({ start: element.contentRange.end, end: element.end });
  }

  #startTag({ tagRange, nameRange, attributes, end }: Element, depth: number): void {
    this.#copy({ start: tagRange.start, end: nameRange.end });
    const length = attributes.reduce((sum, one) => sum + one.end - one.start + 1, nameRange.end - tagRange.start);
    const apart = attributes.length > 1 && depth * 2 + length > widest;
    for (const attribute of attributes) {
      this.#own(apart ? `\n${'  '.repeat(depth + 2)}` : ' ');
      this.#copy(attribute);
    }
    const closed = end === tagRange.end && this.#text[end - 2] === '/';
    this.#copy({ start: tagRange.end - (closed ? 2 : 1), end: tagRange.end });
  }

  #children({ children, contentRange }: Element, depth: number): void {
    const shown = children.filter((child) => child.kind !== 'text' || child.value.trim() !== '');
    if (shown.length === 0) return;
    if (shown.every(({ kind }) => kind === 'text') && this.#inline(trimmed(this.#text, contentRange))) return;
    for (const child of shown) {
      this.#newLine(depth + 1);
      this.#node(child, depth + 1);
    }
    this.#newLine(depth);
  }

  #inline(range: Range): boolean {
    if (range.end - range.start > widest) return false;
    this.#copy(range);
    return true;
  }

  #node(node: Node, depth: number): void {
    if (node.kind === 'element') this.#element(node, depth);
    else if (node.kind === 'text') this.#words(trimmed(this.#text, node), depth);
    else this.#copy(node);
  }

  /** Keys and certificates are cut into lines of one width; other texts stay as they are. */
  #words(range: Range, depth: number): void {
    const text = this.#text.slice(range.start, range.end);
    if (!/^[A-Za-z0-9+/=]+$/.test(text)) return this.#copy(range);
    for (let at = range.start; at < range.end; at += keyWidth) {
      if (at > range.start) this.#newLine(depth);
      this.#copy({ start: at, end: Math.min(at + keyWidth, range.end) });
    }
  }

  #newLine(depth: number): void {
    this.#own(`\n${'  '.repeat(depth)}`);
  }

  #own(text: string): void {
    this.#out.push(text);
    this.#length += text.length;
  }

  /** Line by line, since editors have one kind of line end in a document. */
  #copy({ start, end }: Range): void {
    if (end <= start) return;
    const at = this.#text.indexOf('\r', start);
    const stop = at < 0 || at >= end ? end : at;
    this.#pieces.push([start, this.#length, stop - start]);
    this.#own(this.#text.slice(start, stop));
    if (stop === end) return;
    const next = this.#text[stop + 1] === '\n' ? stop + 2 : stop + 1;
    this.#own('\n');
    this.#copy({ start: next, end });
  }
}

/** A key that strayed into the file is not shown a second time; what stands behind it stays where it was. */
const privateKey = /(-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----)([^-]*)/g;
const hidden = (_all: string, begin: string, key: string): string => begin + key.replace(/\S/g, '*');

function trimmed(text: string, { start, end }: Range): Range {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text[from] ?? '')) from += 1;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to -= 1;
  return { start: from, end: to };
}

/** Where a range of the original is in the formatted text; the nearest place for what was left out. */
export function rangeThere(pieces: Pieces, { start, end }: Range): Range {
  const from = placeOf(pieces, start);
  const to = end > start ? placeOf(pieces, end - 1) + 1 : from;
  return { start: from, end: Math.max(from, to) };
}

function placeOf(pieces: Pieces, offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.[0] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const [from, to, length] = pieces[low] ?? [0, 0, 0];
  return to + Math.max(0, Math.min(offset - from, length));
}
