// What a parsed XML document is to us: elements with exact offsets into the text they were read from.
// Offsets are UTF-16 code units, as in editors; ranges are half open.

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Attribute extends Range {
  readonly kind: 'attribute';
  /** As written, with its prefix. */
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
  /** Entities resolved, white space normalised. */
  readonly value: string;
  readonly nameRange: Range;
  /** Without the quotes. */
  readonly valueRange: Range;
}

export interface Text extends Range {
  readonly kind: 'text';
  readonly value: string;
  readonly cdata: boolean;
}

export interface Comment extends Range {
  readonly kind: 'comment' | 'instruction';
  readonly value: string;
}

export interface Element extends Range {
  readonly kind: 'element';
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
  readonly parent: Element | undefined;
  readonly attributes: readonly Attribute[];
  readonly children: readonly Node[];
  readonly nameRange: Range;
  /** From `<` to `>` of the start tag. */
  readonly tagRange: Range;
  /** Between the tags; empty for `<a/>`. */
  readonly contentRange: Range;
  /** Namespaces declared on this element itself, by prefix. */
  readonly declared: Readonly<Record<string, string>>;
}

export type Node = Element | Text | Comment;

export interface XmlDocument {
  readonly text: string;
  readonly root: Element;
  /** What the XML declaration says, where there is one. */
  readonly encoding: string | undefined;
  readonly doctype: Range | undefined;
  /** Processing instructions and comments outside the root. */
  readonly outside: readonly Comment[];
}

export function elementsOf({ children }: Element): Element[] {
  return children.filter((child) => child.kind === 'element');
}

export function is(element: Element, namespace: string, local: string): boolean {
  return element.local === local && element.namespace === namespace;
}

export function childrenOf(element: Element, namespace: string, local: string): Element[] {
  return elementsOf(element).filter((child) => is(child, namespace, local));
}

export function childOf(element: Element, namespace: string, local: string): Element | undefined {
  return elementsOf(element).find((child) => is(child, namespace, local));
}

/** All below, in document order; not the element itself. Iterative: a document may be deep. */
export function descendantsOf(element: Element, namespace: string, local: string): Element[] {
  return [...walk(element)].filter((one) => one !== element && is(one, namespace, local));
}

/** The element and all elements below it, in document order. */
export function* walk(element: Element): Generator<Element> {
  const stack = [element];
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    yield one;
    for (let at = one.children.length - 1; at >= 0; at -= 1) {
      const child = one.children[at];
      if (child?.kind === 'element') stack.push(child);
    }
  }
}

/** The text directly inside, comments left out. */
export function textOf({ children }: Element): string {
  return children.map((child) => (child.kind === 'text' ? child.value : '')).join('');
}

export function attributeOf(element: Element, local: string, namespace = ''): Attribute | undefined {
  return element.attributes.find((one) => one.local === local && one.namespace === namespace);
}

export function valueOf(element: Element, local: string, namespace = ''): string | undefined {
  return attributeOf(element, local, namespace)?.value;
}

/** What a prefix means where this element stands; '' is the default namespace. */
export function resolvePrefix(element: Element, prefix: string): string | undefined {
  if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace';
  for (let one: Element | undefined = element; one; one = one.parent) {
    if (Object.hasOwn(one.declared, prefix)) return one.declared[prefix];
  }
  return prefix === '' ? '' : undefined;
}
