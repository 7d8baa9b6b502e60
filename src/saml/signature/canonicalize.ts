// Canonical XML 1.0, inclusive and exclusive, of an element of our own tree: what is digested is what was read, by one parser.
import type { Attribute, Element, Node } from '../xml/document.ts';
import { namespaces } from '../xml/namespaces.ts';
import type { Canonicalization } from './algorithms.ts';

export interface CanonicalOptions extends Canonicalization {
  /** InclusiveNamespaces/@PrefixList of the exclusive form; '#default' is the default namespace. */
  readonly prefixes?: readonly string[];
  /** The enveloped signature, which is not part of what it signs. */
  readonly without?: Element;
  /** 'drop': as if text of white space only were not there; 'trim': nor white space around values. */
  readonly space?: 'keep' | 'drop' | 'trim';
}

/** Prefix -> namespace. What an element changes in it is put back behind the element: copies would cost the square of the size. */
type Scope = Map<string, string | undefined>;

export function canonicalize(apex: Element, options: CanonicalOptions): string {
  const writer = new Writer(options, scopeAbove(apex));
  writer.element(apex, true);
  return writer.out.join('');
}

class Writer {
  readonly out: string[] = [];
  readonly #options: CanonicalOptions;
  readonly #forced: ReadonlySet<string>;
  /** What prefixes mean where the writer is. */
  readonly #scope: Scope;
  /** What has been written of it. */
  readonly #rendered: Scope = new Map();

  constructor(options: CanonicalOptions, scope: Scope) {
    this.#options = options;
    this.#scope = scope;
    this.#forced = new Set((options.prefixes ?? []).map((prefix) => (prefix === '#default' ? '' : prefix)));
  }

  element(element: Element, apex: boolean): void {
    if (element === this.#options.without) return;
    const outer = put(this.#scope, Object.entries(element.declared));
    const fresh = this.#fresh(element, apex);
    const written = put(this.#rendered, fresh);
    const own = element.attributes.filter(({ namespace }) => namespace !== namespaces.xmlns);
    const attributes = apex && !this.#options.exclusive ? [...this.#inherited(element, own), ...own] : own;
    this.out.push(`<${element.name}`);
    for (const [prefix, uri] of fresh)
      this.out.push(` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeValue(uri)}"`);
    for (const { name, value } of attributes.toSorted(byName)) this.out.push(` ${name}="${escapeValue(value)}"`);
    this.out.push('>');
    for (const child of element.children) this.#child(child, element);
    this.out.push(`</${element.name}>`);
    putBack(this.#rendered, written);
    putBack(this.#scope, outer);
  }

  #child(child: Node, parent: Element): void {
    if (child.kind === 'element') this.element(child, false);
    else if (child.kind === 'text') this.#text(child.value, parent);
    else if (child.kind === 'instruction') this.out.push(`<?${child.value}?>`);
    else if (this.#options.comments) this.out.push(`<!--${child.value}-->`);
  }

  #text(value: string, parent: Element): void {
    const { space = 'keep' } = this.#options;
    if (space !== 'keep' && value.trim() === '') return;
    const leaf = space === 'trim' && parent.children.every(({ kind }) => kind !== 'element');
    this.out.push(escapeText(leaf ? value.trim() : value));
  }

  #fresh(element: Element, apex: boolean): [string, string][] {
    return [...this.#wanted(element, apex)]
      .map((prefix): [string, string] => [prefix, this.#scope.get(prefix) ?? ''])
      .filter(([prefix, uri]) => prefix !== 'xml' && (this.#rendered.get(prefix) ?? '') !== uri)
      .toSorted(([one], [other]) => compare(one, other));
  }

  /** Prefixes that may have to be written here: what stands above has been written there. */
  #wanted(element: Element, apex: boolean): Iterable<string> {
    const declared = apex ? this.#scope.keys() : Object.keys(element.declared);
    return this.#options.exclusive ? this.#used(element, declared) : declared;
  }

  #inherited(element: Element, own: readonly Attribute[]): Attribute[] {
    const all = inheritedXml(element, own);
    return this.#options.ownIds === true ? all.filter(({ local }) => local !== 'id') : all;
  }

  /** The prefixes that this element and its attributes use, and those that are listed. */
  #used(element: Element, declared: Iterable<string>): Set<string> {
    const prefixes = new Set([element.prefix]);
    for (const { prefix, namespace } of element.attributes)
      if (prefix !== '' && namespace !== namespaces.xmlns) prefixes.add(prefix);
    if (this.#forced.size > 0) for (const prefix of declared) if (this.#forced.has(prefix)) prefixes.add(prefix);
    return prefixes;
  }
}

/** What stood there before. */
function put(scope: Scope, entries: readonly (readonly [string, string])[]): [string, string | undefined][] {
  const before = entries.map(([prefix]): [string, string | undefined] => [prefix, scope.get(prefix)]);
  for (const [prefix, uri] of entries) scope.set(prefix, uri);
  return before;
}

function putBack(scope: Scope, before: readonly (readonly [string, string | undefined])[]): void {
  // Not deleted: a map that is emptied and filled again is built anew each time.
  for (const [prefix, uri] of before) scope.set(prefix, uri);
}

/** By code points, as the standard has it, and not by the order of a language. */
function compare(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let at = 0; at < end; at += 1) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (one !== other) return ranked(one) - ranked(other);
  }
  return a.length - b.length;
}

/** Halves of characters beyond 65,535 come behind all others. */
const ranked = (unit: number): number => ((unit & 0xf800) === 0xd800 ? unit + 0x10000 : unit);

const byName = (a: Attribute, b: Attribute): number => compare(a.namespace, b.namespace) || compare(a.local, b.local);

function ancestorsOf(element: Element): Element[] {
  const found: Element[] = [];
  for (let one = element.parent; one; one = one.parent) found.unshift(one);
  return found;
}

function scopeAbove(apex: Element): Scope {
  return new Map(ancestorsOf(apex).flatMap(({ declared }) => Object.entries(declared)));
}

/** xml:lang and its like from the elements above: they belong to the apex in the inclusive form. */
function inheritedXml(apex: Element, own: readonly Attribute[]): Attribute[] {
  const found = new Map<string, Attribute>();
  for (const { attributes } of ancestorsOf(apex))
    for (const one of attributes) if (one.namespace === namespaces.xml) found.set(one.local, one);
  return [...found.values()].filter(({ name }) => !own.some((mine) => mine.name === name));
}

const textSigns: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };
const valueSigns: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

function escapeText(text: string): string {
  return /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, (sign) => textSigns[sign] ?? sign) : text;
}

function escapeValue(text: string): string {
  return /[&<"\t\n\r]/.test(text) ? text.replace(/[&<"\t\n\r]/g, (sign) => valueSigns[sign] ?? sign) : text;
}
