// Reads YAML that stands inside a larger text, and says of everything where it stands.
// In: a part of the text. Out: values through typed questions; whatever does not fit becomes a Problem and undefined.
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type YAMLMap } from 'yaml';
import { didYouMean } from './didYouMean.ts';
import { parseDuration } from './duration.ts';
import type { Problem, Range, Template } from './model.ts';
import type { Source } from './source.ts';

export type Fields = ReadonlyMap<string, Node>;

export class YamlReader {
  readonly problems: Problem[];
  readonly #source: Source;
  readonly #base: number;

  constructor(source: Source, base: number, problems: Problem[]) {
    this.#source = source;
    this.#base = base;
    this.problems = problems;
  }

  /** The document's root; undefined when it is empty or no YAML. */
  read(end: number): Node | undefined {
    const document = parseDocument(this.#source.text.slice(this.#base, end), { prettyErrors: false });
    for (const { pos, message, code } of [...document.errors, ...document.warnings]) {
      const said = code === 'DUPLICATE_KEY' ? 'This key is given twice.' : `Not YAML: ${message}.`;
      this.#report(this.#source.range(this.#base + pos[0], this.#base + pos[1]), said);
    }
    return document.errors.length > 0 ? undefined : (document.contents ?? undefined);
  }

  #report(range: Range, message: string, severity: Problem['severity'] = 'error'): void {
    this.problems.push({ range, severity, message });
  }

  problem(node: Node, message: string): undefined {
    this.#report(this.rangeOf(node), message);
    return undefined;
  }

  problemAt(node: Node, offset: number, length: number, message: string): undefined {
    const start = this.offsetIn(node, offset);
    this.#report(this.#source.range(start, start + Math.max(1, length)), message);
    return undefined;
  }

  rangeOf(node: Node): Range {
    const [start = 0, end = start] = node.range ?? [];
    return this.#source.range(this.#base + start, this.#base + end);
  }

  rangeWithin(node: Node, offset: number, length: number): Range {
    const start = this.offsetIn(node, offset);
    return this.#source.range(start, start + length);
  }

  /** Where the character at `offset` of a text value stands in the file: exact unless YAML has folded or unescaped it. */
  offsetIn(node: Node, offset: number): number {
    const [start = 0, end = start] = node.range ?? [];
    const from = this.#base + start;
    const raw = this.#source.text.slice(from, this.#base + end);
    const value = isScalar(node) && typeof node.value === 'string' ? node.value : '';
    const quote = /^["']/.test(raw) ? 1 : 0;
    if (raw.slice(quote, quote + value.length) === value) return from + quote + offset;
    const near = raw.indexOf(value.slice(offset, offset + 8).split('\n')[0] ?? '');
    return from + Math.max(0, near);
  }

  /** A map's values by key, where all keys are known ones. */
  fields(node: Node | undefined, what: string, known: readonly string[]): Fields | undefined {
    if (!node || !isMap(node)) return node && this.problem(node, `${what} must be a map of ${known.join(', ')}.`);
    const fields = new Map<string, Node>();
    for (const [key, keyNode, value] of this.#pairs(node)) {
      if (known.includes(key)) fields.set(key, value ?? keyNode);
      else this.problem(keyNode, `${what} has no ${key}.${didYouMean(key, known)}`);
    }
    return fields;
  }

  /** A map's entries under names of the author's own. */
  entries(node: Node | undefined, what: string): readonly (readonly [string, Node, Node])[] {
    if (!node) return [];
    if (!isMap(node)) return this.problem(node, `${what} must be a map.`) ?? [];
    return this.#pairs(node).map(([key, keyNode, value]) => [key, keyNode, value ?? keyNode] as const);
  }

  #pairs(map: YAMLMap): (readonly [string, Node, Node | undefined])[] {
    return map.items.flatMap((pair: Pair) => {
      if (!isNode(pair.key) || !isScalar(pair.key)) return [];
      return [[String(pair.key.value), pair.key, isNode(pair.value) ? pair.value : undefined] as const];
    });
  }

  list(node: Node | undefined, what: string): readonly Node[] {
    if (!node) return [];
    if (!isSeq(node)) return this.problem(node, `${what} must be a list.`) ?? [];
    return node.items.filter(isNode);
  }

  text(node: Node | undefined, what: string): string | undefined {
    if (!node) return undefined;
    if (
      isScalar(node) &&
      (typeof node.value === 'string' || typeof node.value === 'number' || typeof node.value === 'boolean')
    )
      return String(node.value);
    return this.problem(node, `${what} must be text.`);
  }

  number(node: Node | undefined, what: string): number | undefined {
    if (!node) return undefined;
    return isScalar(node) && typeof node.value === 'number'
      ? node.value
      : this.problem(node, `${what} must be a number.`);
  }

  duration(node: Node | undefined, what: string): number | undefined {
    const text = this.text(node, what);
    if (!node || text === undefined) return undefined;
    return parseDuration(text) ?? this.problem(node, `${what} must be a time such as 500ms, 30s or 2m.`);
  }

  /** Any JSON; `each` sees every text in it, keys too. */
  template(node: Node, each: (text: string, node: Node) => void): Template {
    if (isAlias(node)) return this.problem(node, 'YAML aliases are not allowed here.') ?? null;
    if (isSeq(node)) return node.items.filter(isNode).map((item) => this.template(item, each));
    if (isMap(node))
      return Object.fromEntries(
        this.#pairs(node).map(([key, keyNode, value]) => {
          each(key, keyNode);
          return [key, value ? this.template(value, each) : null];
        }),
      );
    const value = isScalar(node) ? node.value : null;
    if (typeof value === 'string') each(value, node);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  }

  /** The node at a path of keys and indices, or the nearest one above it; of a last key, the key itself. */
  locate(node: Node, path: readonly (string | number)[]): Range {
    let at = node;
    for (const [index, step] of path.entries()) {
      const last = index === path.length - 1;
      const pair = isMap(at) ? this.#pairs(at).find(([key]) => key === String(step)) : undefined;
      const next = pair ? (last ? pair[1] : pair[2]) : isSeq(at) ? at.items[Number(step)] : undefined;
      if (!isNode(next)) break;
      at = next;
    }
    return this.rangeOf(at);
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}
