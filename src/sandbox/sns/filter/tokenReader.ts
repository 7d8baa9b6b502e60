import { position, tokensOf } from './jsonTokens.ts';
import type { Token } from './jsonTokens.ts';

/** Thrown while a policy is read and caught where reading began. */
export class FilterProblem extends Error {}

/** Longest part of the source that AWS's messages repeat. */
const quoted = 500;

export class TokenReader {
  private readonly source: string;
  private readonly tokens: readonly Token[];
  private index = 0;

  constructor(source: string) {
    this.source = source;
    this.tokens = tokensOf(source);
  }

  next(): Token {
    const token = this.peek();
    this.index++;
    return token;
  }

  peek(ahead = 0): Token {
    return this.tokens[this.index + ahead] ?? { kind: 'end', at: this.source.length };
  }

  /** Whether the list just opened holds at least two objects and nothing else: only then `$or` is an operator. */
  isListOfObjects(): boolean {
    let depth = 0;
    let objects = 0;
    for (let ahead = 0; ; ahead++) {
      const token = this.peek(ahead);
      if (depth === 0 && token.kind === ']') return objects >= 2;
      if (depth === 0 && token.kind !== '{') return false;
      if (token.kind === '{' || token.kind === '[') objects += depth++ === 0 ? 1 : 0;
      if (token.kind === '}' || token.kind === ']') depth--;
      if (token.kind === 'end') return false;
    }
  }

  /** Refuses, at the token read last or at a given place. */
  fail(message: string, at = this.peek(-1).at): never {
    const { source } = this;
    const cut = source.length > quoted ? `[truncated ${source.length - quoted} chars]` : '';
    const where = `[Source: (String)"${source.slice(0, quoted)}"${cut}; ${position(source, at)}]`;
    throw new FilterProblem(`${message}\n at ${where}`);
  }

  /** Refuses without a place. */
  refuse(message: string): never {
    throw new FilterProblem(message);
  }
}
