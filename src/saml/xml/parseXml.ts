// Text -> elements with offsets, or the first place where it is no XML. Nothing is resolved but the five entities of XML
// itself, nothing is fetched, and no depth can overflow the stack: depth has a limit of its own.
import { SaxesParser, type SaxesTagNS } from 'saxes';
import {
  resolvePrefix,
  type Attribute,
  type Comment,
  type Element,
  type Node,
  type Range,
  type XmlDocument,
} from './document.ts';

/** As libxml2 has it: real metadata is some 12 deep. */
export const deepest = 257;

export interface XmlProblem extends Range {
  readonly kind: 'syntax' | 'depth' | 'entity';
  readonly message: string;
}

export type ParsedXml =
  | { readonly ok: true; readonly document: XmlDocument }
  | { readonly ok: false; readonly problem: XmlProblem; readonly doctype: Range | undefined };

class Stop extends Error {
  readonly problem: XmlProblem;
  constructor(problem: XmlProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

type Building = Element & {
  namespace: string;
  attributes: Attribute[];
  children: Node[];
  end: number;
  contentRange: { start: number; end: number };
};

/** Never throws. */
export function parseXml(text: string): ParsedXml {
  const builder = new Builder(text);
  try {
    return { ok: true, document: builder.build() };
  } catch (error) {
    if (error instanceof Stop) return { ok: false, problem: error.problem, doctype: builder.doctype };
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: { kind: 'syntax', start: 0, end: 0, message }, doctype: builder.doctype };
  }
}

class Builder {
  readonly #text: string;
  readonly #parser = new SaxesParser({
    xmlns: true,
    position: false,
    // XML 1.1 allows what nobody else takes.
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  readonly #open: Building[] = [];
  readonly #outside: Comment[] = [];
  #root: Building | undefined;
  #encoding: string | undefined;
  #attributes: Attribute[] = [];
  /** A namespace with blanks around it has been seen. The parser takes them away; they make it another namespace. */
  #padded = false;
  /** Where the piece being read began: the end of the piece before it. */
  #last = 0;
  doctype: Range | undefined;

  constructor(text: string) {
    this.#text = text;
    const parser = this.#parser;
    parser.on('error', ({ message }) => this.#fail(message));
    parser.on('xmldecl', ({ encoding }) => {
      this.#encoding = encoding;
      this.#last = parser.position;
    });
    parser.on('doctype', () => this.#onDoctype());
    parser.on('attribute', ({ name, prefix, local, value }) => this.#onAttribute(name, prefix, local, value));
    parser.on('opentag', (tag) => this.#onOpen(tag));
    parser.on('closetag', () => this.#onClose());
    parser.on('text', (value) => this.#onText(value, false));
    parser.on('cdata', (value) => this.#onText(value, true));
    parser.on('comment', (value) => this.#onAside('comment', value));
    parser.on('processinginstruction', ({ target, body }) =>
      this.#onAside('instruction', body === '' ? target : `${target} ${body}`),
    );
  }

  build(): XmlDocument {
    this.#parser.write(this.#text).close();
    const root = this.#root ?? this.#fail('there is no element.');
    return {
      text: this.#text,
      root,
      encoding: this.#encoding,
      doctype: this.doctype,
      outside: this.#outside,
    };
  }

  #fail(message: string): never {
    const end = Math.min(Math.max(this.#parser.position, 0), this.#text.length);
    const kind = message.includes('entity') ? 'entity' : 'syntax';
    throw new Stop({ kind, message: message.replace(/^\d+:\d+: /, ''), start: Math.max(0, end - 1), end });
  }

  #onDoctype(): void {
    const end = this.#parser.position;
    this.doctype = { start: this.#text.lastIndexOf('<!DOCTYPE', end), end };
    this.#last = end;
  }

  #onAttribute(name: string, prefix: string, local: string, value: string): void {
    const close = this.#parser.position - 1;
    const quote = this.#text[close] ?? '"';
    const open = this.#text.lastIndexOf(quote, close - 1);
    const nameEnd = this.#text.lastIndexOf('=', open);
    const start = this.#text.lastIndexOf(name, nameEnd);
    if ((prefix === 'xmlns' || name === 'xmlns') && value.trim() !== value) this.#padded = true;
    this.#attributes.push({
      kind: 'attribute',
      name,
      prefix,
      local,
      namespace: '',
      value,
      start,
      end: close + 1,
      nameRange: { start, end: start + name.length },
      valueRange: { start: open + 1, end: close },
    });
  }

  #onOpen(tag: SaxesTagNS): void {
    const end = this.#parser.position;
    const parent = this.#open.at(-1);
    if (this.#open.length >= deepest)
      throw new Stop({ kind: 'depth', message: `elements stand more than ${deepest} deep.`, start: this.#last, end });
    const start = this.#text.lastIndexOf('<', end - 1);
    const element: Building = {
      kind: 'element',
      name: tag.name,
      prefix: tag.prefix,
      local: tag.local,
      namespace: tag.uri,
      parent,
      start,
      end,
      nameRange: { start: start + 1, end: start + 1 + tag.name.length },
      tagRange: { start, end },
      contentRange: { start: end, end },
      attributes: this.#attributes.map((one) => ({ ...one, namespace: tag.attributes[one.name]?.uri ?? '' })),
      children: [],
      declared: this.#padded ? declarationsIn(this.#attributes) : tag.ns,
    };
    if (this.#padded) resolveAgain(element);
    this.#attributes = [];
    if (parent) parent.children.push(element);
    else this.#root = element;
    this.#open.push(element);
    this.#last = end;
  }

  #onClose(): void {
    const element = this.#open.pop();
    const end = this.#parser.position;
    if (!element) return;
    if (element.tagRange.end !== end) {
      element.end = end;
      element.contentRange.end = this.#text.lastIndexOf('</', end - 1);
    }
    this.#last = end;
  }

  #onText(value: string, cdata: boolean): void {
    const start = this.#last;
    // Text is reported when the `<` after it has been read.
    const end = cdata ? this.#parser.position : this.#text.indexOf('<', start);
    this.#last = end < 0 ? this.#text.length : end;
    this.#open.at(-1)?.children.push({ kind: 'text', value, cdata, start, end: this.#last });
  }

  #onAside(kind: Comment['kind'], value: string): void {
    // A comment is reported before its last sign has been read.
    const end = this.#parser.position + (kind === 'comment' ? 1 : 0);
    const aside: Comment = { kind, value, start: this.#last, end };
    this.#last = end;
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(aside);
    else this.#outside.push(aside);
  }
}

function declarationsIn(attributes: readonly Attribute[]): Readonly<Record<string, string>> {
  const own = attributes.filter(({ name, prefix }) => name === 'xmlns' || prefix === 'xmlns');
  return Object.fromEntries(own.map(({ name, local, value }) => [name === 'xmlns' ? '' : local, value]));
}

function resolveAgain(element: Building): void {
  element.namespace = resolvePrefix(element, element.prefix) ?? element.namespace;
  element.attributes = element.attributes.map((one) =>
    one.prefix === '' || one.prefix === 'xmlns'
      ? one
      : { ...one, namespace: resolvePrefix(element, one.prefix) ?? one.namespace },
  );
}
