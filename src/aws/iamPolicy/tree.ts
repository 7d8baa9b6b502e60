// JSON with places: the nodes of jsonc-parser, which reads on after an error, seen as members and lists.
import { getNodePath, modify, parseTree, type JSONPath, type Node, type ParseError } from 'jsonc-parser';
import type { Edit, Span } from './model.ts';

export interface Member {
  readonly name: string;
  readonly key: Node;
  readonly value: Node | undefined;
}

export interface Tree {
  readonly text: string;
  readonly root: Node | undefined;
  readonly errors: readonly ParseError[];
}

export function readTree(text: string): Tree {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  return { text, root, errors };
}

/** Of an object; of anything else, none. */
export function membersOf(node: Node | undefined): readonly Member[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key === undefined ? [] : [{ name: String(key.value), key, value }],
  );
}

export function memberOf(node: Node | undefined, name: string): Member | undefined {
  return membersOf(node).find((member) => member.name === name);
}

/** One value, or those of a list. */
export function listOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.type === 'array' ? (node.children ?? []) : [node];
}

/** A string node with its text. */
export interface TextNode {
  readonly node: Node;
  readonly text: string;
}

export function textsOf(node: Node | undefined): readonly TextNode[] {
  return listOf(node).flatMap((each) => (isText(each) ? [{ node: each, text: each.value }] : []));
}

export function isText(node: Node | undefined): node is Node & { readonly value: string } {
  return node?.type === 'string' && typeof node.value === 'string';
}

export const spanOf = ({ offset, length }: Node): Span => ({ start: offset, end: offset + length });

/** Puts text in the place of a node. */
export const replace = (node: Node, text: string): readonly Edit[] => [{ ...spanOf(node), text }];

/**
 * Sets what stands below a node, in the style of a document of two spaces; makes the objects on the way.
 * No edit at all where something else than an object is in the way.
 */
export function setBelow({ text }: Tree, node: Node, path: JSONPath, value: unknown): readonly Edit[] {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  try {
    return modify(text, [...getNodePath(node), ...path], value, { formattingOptions }).map(
      ({ offset, length, content }) => ({ start: offset, end: offset + length, text: content }),
    );
  } catch {
    return [];
  }
}
