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

type Scope = Readonly<Record<string, string>>;

export function canonicalize(apex: Element, options: CanonicalOptions): string {
  const out: string[] = [];
  new Writer(out, options).element(apex, scopeAbove(apex), {}, true);
  return out.join('');
}

class Writer {
  readonly #out: string[];
  readonly #options: CanonicalOptions;
  readonly #forced: readonly string[];

  constructor(out: string[], options: CanonicalOptions) {
    this.#out = out;
    this.#options = options;
    this.#forced = (options.prefixes ?? []).map((prefix) => (prefix === '#default' ? '' : prefix));
  }

  /** `inherited`: what prefixes mean around the element; `rendered`: what has been written of it. */
  element(element: Element, inherited: Scope, rendered: Scope, apex: boolean): void {
    if (element === this.#options.without) return;
    const declares = Object.keys(element.declared).length > 0;
    const scope = declares ? { ...inherited, ...element.declared } : inherited;
    const fresh = this.#fresh(element, scope, rendered);
    const own = element.attributes.filter(({ namespace }) => namespace !== namespaces.xmlns);
    const attributes = apex && !this.#options.exclusive ? [...inheritedXml(element, own), ...own] : own;
    this.#out.push(`<${element.name}`);
    for (const [prefix, uri] of fresh)
      this.#out.push(` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeValue(uri)}"`);
    for (const { name, value } of attributes.toSorted(byName)) this.#out.push(` ${name}="${escapeValue(value)}"`);
    this.#out.push('>');
    const now = fresh.length === 0 ? rendered : { ...rendered, ...Object.fromEntries(fresh) };
    for (const child of element.children) this.#child(child, scope, now, element);
    this.#out.push(`</${element.name}>`);
  }

  #child(child: Node, scope: Scope, rendered: Scope, parent: Element): void {
    if (child.kind === 'element') this.element(child, scope, rendered, false);
    else if (child.kind === 'text') this.#text(child.value, parent);
    else if (child.kind === 'instruction') this.#out.push(`<?${child.value}?>`);
    else if (this.#options.comments) this.#out.push(`<!--${child.value}-->`);
  }

  #text(value: string, parent: Element): void {
    const { space = 'keep' } = this.#options;
    if (space !== 'keep' && value.trim() === '') return;
    const leaf = space === 'trim' && parent.children.every(({ kind }) => kind !== 'element');
    this.#out.push(escapeText(leaf ? value.trim() : value));
  }

  #fresh(element: Element, scope: Scope, rendered: Scope): [string, string][] {
    const wanted = this.#options.exclusive ? this.#used(element, scope) : scope;
    return Object.entries(wanted)
      .filter(([prefix, uri]) => prefix !== 'xml' && (rendered[prefix] ?? '') !== uri)
      .toSorted(([a], [b]) => compare(a, b));
  }

  /** The namespaces that this element and its attributes use, and those that are listed. */
  #used(element: Element, scope: Scope): Scope {
    const prefixes = new Set([element.prefix]);
    for (const { prefix, namespace } of element.attributes)
      if (prefix !== '' && namespace !== namespaces.xmlns) prefixes.add(prefix);
    for (const prefix of this.#forced) if (Object.hasOwn(scope, prefix)) prefixes.add(prefix);
    return Object.fromEntries([...prefixes].map((prefix) => [prefix, scope[prefix] ?? '']));
  }
}

/** By code points, as the standard has it, and not by the order of a language. */
function compare(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const byName = (a: Attribute, b: Attribute): number => compare(a.namespace, b.namespace) || compare(a.local, b.local);

function ancestorsOf(element: Element): Element[] {
  const found: Element[] = [];
  for (let one = element.parent; one; one = one.parent) found.unshift(one);
  return found;
}

function scopeAbove(apex: Element): Scope {
  const scope: Record<string, string> = {};
  for (const { declared } of ancestorsOf(apex)) Object.assign(scope, declared);
  return scope;
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
