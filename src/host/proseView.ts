import type { Code, PhrasingContent, RootContent, TableCell } from 'mdast';
import type { Block, Inline } from '../protocol/prose.ts';

/** Gives a web address its number, or nothing when it is one that will never be opened. */
export type NumberLink = (address: string) => number | undefined;

/** A lab's Markdown as the closed set of nodes a webview can draw. HTML stays text; images give their description. */
export function proseView(nodes: readonly RootContent[], link: NumberLink): readonly Block[] {
  return nodes.flatMap((node) => block(node, link));
}

function block(node: RootContent, link: NumberLink): readonly Block[] {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return [{ kind: node.type, children: inlines(node.children, link) }];
    case 'code':
      return [sequenceOf(node) ?? { kind: 'code', language: node.lang ?? '', text: node.value }];
    case 'blockquote':
      return [{ kind: 'quote', children: proseView(node.children, link) }];
    case 'list': {
      const items = node.children.map((item) => proseView(item.children, link));
      return [{ kind: 'list', items, ...(node.ordered ? { start: node.start ?? 1 } : {}) }];
    }
    case 'table': {
      const [head, ...rows] = node.children.map((row) => row.children.map((cell) => cells(cell, link)));
      return [{ kind: 'table', head: head ?? [], rows }];
    }
    case 'thematicBreak':
      return [{ kind: 'rule' }];
    case 'html':
      return [{ kind: 'paragraph', children: [{ kind: 'text', text: node.value }] }];
    default:
      return [];
  }
}

/** A sequence diagram, as GitHub draws it of its text, is told as a list here: who to whom, and what. */
function sequenceOf({ lang, value }: Code): Block | undefined {
  const [first, ...lines] = value.split('\n').map((line) => line.trim());
  if (lang !== 'mermaid' || first !== 'sequenceDiagram') return undefined;
  const names = new Map<string, string>();
  const items = lines.flatMap((line): (readonly Block[])[] => {
    const [, short = '', name] = /^participant (\w+)(?: as (.+))?$/.exec(line) ?? [];
    if (short !== '') names.set(short, name ?? short);
    const [, from = '', to = '', text] = /^(\w+)--?>>?(\w+):\s*(.+)$/.exec(line) ?? [];
    if (text === undefined) return [];
    const who = (party: string): Inline => ({
      kind: 'strong',
      children: [{ kind: 'text', text: names.get(party) ?? party }],
    });
    const children: readonly Inline[] = [
      who(from),
      { kind: 'text', text: ' to ' },
      who(to),
      { kind: 'text', text: `: ${text}` },
    ];
    return [[{ kind: 'paragraph', children }]];
  });
  return { kind: 'list', items, start: 1 };
}

const cells = (cell: TableCell, link: NumberLink) => inlines(cell.children, link);

function inlines(nodes: readonly PhrasingContent[], link: NumberLink): readonly Inline[] {
  return nodes.flatMap((node) => inline(node, link));
}

function inline(node: PhrasingContent, link: NumberLink): readonly Inline[] {
  switch (node.type) {
    case 'text':
    case 'html':
      return [{ kind: 'text', text: node.value }];
    case 'inlineCode':
      return [{ kind: 'code', text: node.value }];
    case 'break':
      return [{ kind: 'break' }];
    case 'strong':
    case 'emphasis':
      return [{ kind: node.type, children: inlines(node.children, link) }];
    case 'delete':
      return [{ kind: 'deleted', children: inlines(node.children, link) }];
    case 'link': {
      const children = inlines(node.children, link);
      if (node.url.startsWith('#')) return [{ kind: 'jump', step: node.url.slice(1), children }];
      const number = link(node.url);
      return number === undefined ? children : [{ kind: 'link', link: number, address: node.url, children }];
    }
    case 'linkReference':
      return inlines(node.children, link);
    case 'image':
      return node.alt ? [{ kind: 'emphasis', children: [{ kind: 'text', text: node.alt }] }] : [];
    default:
      return [];
  }
}
