// 'a? (b | c)+' -> an automaton: which element may come first, which after which, and where one may stop.
// The schemas are deterministic (no element fits two places at once), so one walk without going back decides.

export interface Wildcard {
  readonly kind: 'any';
  /** `#any`, `#other` (than `home`), or the namespaces listed. */
  readonly allow: '#any' | '#other' | readonly string[];
  readonly home: string;
  readonly process: 'lax' | 'strict' | 'skip';
}

export interface NamedElement {
  readonly kind: 'element';
  /** `md:KeyDescriptor` */
  readonly name: string;
  /** Only where the element is not known everywhere. */
  readonly type: string | undefined;
}

export type Position = NamedElement | Wildcard;

export interface ContentModel {
  readonly positions: readonly Position[];
  readonly first: readonly number[];
  readonly follow: readonly (readonly number[])[];
  readonly last: ReadonlySet<number>;
  readonly nullable: boolean;
}

interface Part {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly nullable: boolean;
}

const nothing: Part = { first: [], last: [], nullable: true };

export function parseWildcard(text: string, home: string): Wildcard {
  const [allow = '#any', process = 'lax'] = text.split('/');
  return {
    kind: 'any',
    allow: allow === '#any' || allow === '#other' ? allow : allow.split(','),
    home,
    process: process === 'strict' || process === 'skip' ? process : 'lax',
  };
}

/** `contents`: what a base type has, then what the type itself adds. `home`: the prefix of the namespace each is written for. */
export function compileContent(contents: readonly { readonly text: string; readonly home: string }[]): ContentModel {
  const positions: Position[] = [];
  const follow: number[][] = [];
  const parts = contents.map(({ text, home }) => new Compiler(text, home, positions, follow).whole());
  const all = parts.reduce((before, part) => sequence(before, part, follow), nothing);
  return { positions, follow, first: all.first, last: new Set(all.last), nullable: all.nullable };
}

function link(from: readonly number[], to: readonly number[], follow: number[][]): void {
  for (const position of from) follow[position] = [...new Set([...(follow[position] ?? []), ...to])];
}

function sequence(before: Part, after: Part, follow: number[][]): Part {
  link(before.last, after.first, follow);
  return {
    first: before.nullable ? [...before.first, ...after.first] : before.first,
    last: after.nullable ? [...before.last, ...after.last] : after.last,
    nullable: before.nullable && after.nullable,
  };
}

class Compiler {
  readonly #tokens: readonly string[];
  readonly #home: string;
  readonly #positions: Position[];
  readonly #follow: number[][];
  #at = 0;

  constructor(text: string, home: string, positions: Position[], follow: number[][]) {
    this.#tokens = text.match(/[()|?*+]|[^\s()|?*+]+/g) ?? [];
    this.#home = home;
    this.#positions = positions;
    this.#follow = follow;
  }

  whole(): Part {
    return this.#choice();
  }

  #choice(): Part {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return {
      first: options.flatMap(({ first }) => first),
      last: options.flatMap(({ last }) => last),
      nullable: options.some(({ nullable }) => nullable),
    };
  }

  #sequence(): Part {
    let all = nothing;
    while (this.#at < this.#tokens.length && !['|', ')'].includes(this.#tokens[this.#at] ?? ''))
      all = sequence(all, this.#repeated(), this.#follow);
    return all;
  }

  #repeated(): Part {
    const one = this.#single();
    const often = ['?', '*', '+'].find((sign) => this.#take(sign));
    if (often === '*' || often === '+') link(one.last, one.first, this.#follow);
    return often === '?' || often === '*' ? { ...one, nullable: true } : one;
  }

  #single(): Part {
    if (this.#take('(')) {
      const inner = this.#choice();
      this.#take(')');
      return inner;
    }
    const token = this.#tokens[this.#at] ?? '';
    this.#at += 1;
    const [name = '', type] = token.split('=');
    const at = this.#positions.push(
      name.includes(':') ? { kind: 'element', name, type } : parseWildcard(token, this.#home),
    );
    this.#follow[at - 1] = [];
    return { first: [at - 1], last: [at - 1], nullable: false };
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }
}
