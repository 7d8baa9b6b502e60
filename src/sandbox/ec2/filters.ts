// Filters of Describe operations: all of them must hold, one value of each is enough. Values are case-sensitive; * and ? are wildcards.
import { invalid } from './refusals.ts';

export interface Filter {
  readonly Name?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

type Fact = string | number | boolean | undefined | readonly (string | undefined)[];

export interface Filterable<Item> {
  /** What is filtered by which name. */
  readonly facts: Readonly<Record<string, (item: Item) => Fact>>;
  /** Where the items can be tagged: tag:KEY, tag-key and tag-value work too. */
  readonly tagsOf?: (item: Item) => ReadonlyMap<string, string> | undefined;
}

export function filtered<Item>(
  items: readonly Item[],
  filters: readonly Filter[] | undefined,
  by: Filterable<Item>,
): Item[] {
  const tests = (filters ?? []).map((filter) => testOf(filter, by));
  return items.filter((item) => tests.every((test) => test(item)));
}

function testOf<Item>({ Name = '', Values = [] }: Filter, by: Filterable<Item>): (item: Item) => boolean {
  const factOf = readerOf(Name, by);
  if (factOf === undefined) throw invalid(`The filter '${Name}' is invalid`);
  const patterns = Values.map(patternOf);
  const fits = (value: string): boolean =>
    patterns.some((pattern) => (typeof pattern === 'string' ? pattern === value : pattern.test(value)));
  return (item) =>
    [factOf(item)]
      .flat()
      .some((value: string | number | boolean | undefined) => value !== undefined && fits(String(value)));
}

function readerOf<Item>(name: string, { facts, tagsOf }: Filterable<Item>): ((item: Item) => Fact) | undefined {
  if (Object.hasOwn(facts, name)) return facts[name];
  if (tagsOf === undefined) return undefined;
  if (name.startsWith('tag:')) return (item) => tagsOf(item)?.get(name.slice(4));
  if (name === 'tag-key') return (item) => [...(tagsOf(item)?.keys() ?? [])];
  if (name === 'tag-value') return (item) => [...(tagsOf(item)?.values() ?? [])];
  return undefined;
}

/** A backslash takes its meaning from a wildcard. */
function patternOf(value: string): string | RegExp {
  if (!/[*?\\]/.test(value)) return value;
  const source = value.replaceAll(/\\([*?\\])|([*])|([?])|([.+^${}()|[\]\\/-])/g, (all, escaped, many, one) => {
    if (many !== undefined) return '.*';
    if (one !== undefined) return '.';
    return escaped !== undefined ? `\\${String(escaped)}` : `\\${String(all)}`;
  });
  return new RegExp(`^${source}$`, 's');
}
