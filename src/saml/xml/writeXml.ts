// Elements -> text again, with the same meaning and no freedom left: for readers that might read the original otherwise.
import type { Element, Node } from './document.ts';
import { attributeText, escapeXml } from './escapeXml.ts';

export function writeXml(element: Element): string {
  const out: string[] = [];
  write(element, out);
  return out.join('');
}

function write(node: Node, out: string[]): void {
  if (node.kind === 'element') {
    out.push(`<${node.name}`, ...node.attributes.map(({ name, value }) => attributeText(name, value)), '>');
    for (const child of node.children) write(child, out);
    out.push(`</${node.name}>`);
  } else if (node.kind === 'text') out.push(node.value.replace(/[^\t\n]+/g, escapeXml));
  else out.push(node.kind === 'comment' ? `<!--${node.value}-->` : `<?${node.value}?>`);
}
