import { findNodeAtOffset, getNodePath, type Node } from 'jsonc-parser';
import {
  describeAction,
  describeElement,
  describeKey,
  describeOperator,
  describePrincipal,
  describeType,
} from './describe.ts';
import type { Span } from './model.ts';
import { placeOf } from './place.ts';
import { isText, readTree, spanOf } from './tree.ts';

export interface Hover extends Span {
  /** Markdown, one line. */
  readonly text: string;
}

/** What the name or value at an offset means. */
export function hoverPolicy(text: string, offset: number): Hover | undefined {
  const { root } = readTree(text);
  const node = root && findNodeAtOffset(root, offset, true);
  if (!isText(node)) return undefined;
  const said = describe(node, node.value);
  return said === undefined ? undefined : { ...spanOf(node), text: said };
}

function describe(node: Node, value: string): string | undefined {
  const isKey = node.parent?.type === 'property' && node.parent.children?.[0] === node;
  const path = getNodePath(isKey && node.parent?.children?.[1] ? node.parent.children[1] : node);
  const place = placeOf(isKey ? path.slice(0, -1) : path);
  switch (place.kind) {
    case 'document':
      return isKey ? describeElement(value, false) : undefined;
    case 'statement':
      return isKey ? describeElement(value, true) : undefined;
    case 'principal':
      return isKey ? describeType(value) : describePrincipal('', value);
    case 'principalName':
      return describePrincipal(place.type, value);
    case 'action':
      return isKey ? undefined : describeAction(value);
    case 'condition':
      return isKey ? describeOperator(value) : undefined;
    case 'operator':
      return isKey ? describeKey(value) : undefined;
    default:
      return undefined;
  }
}
