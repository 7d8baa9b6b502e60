import type { Node } from 'jsonc-parser';
import type { Attachment, Finding, Fix, Severity } from './model.ts';
import { spanOf, type Tree } from './tree.ts';

/** Collects what is found in one text, so that one error does not hide the next. */
export class Findings {
  readonly found: Finding[] = [];
  readonly tree: Tree;
  readonly of: Attachment;

  constructor(tree: Tree, of: Attachment) {
    this.tree = tree;
    this.of = of;
  }

  error(code: string, at: Node, message: string, ...fixes: readonly Fix[]): void {
    this.#add('error', code, at, message, fixes);
  }

  warn(code: string, at: Node, message: string, ...fixes: readonly Fix[]): void {
    this.#add('warning', code, at, message, fixes);
  }

  #add(severity: Severity, code: string, at: Node, message: string, fixes: readonly Fix[]): void {
    const real = fixes.filter(({ edits }) => edits.length > 0);
    this.found.push({ code, severity, message, ...spanOf(at), fixes: real });
  }
}
