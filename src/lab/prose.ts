// Prose of a lab is not trusted: this says what of it may be shown. In: mdast nodes. Out: problems, and nodes without comments.
import type { Heading, Nodes, PhrasingContent, RootContent } from 'mdast';
import type { Problem } from './model.ts';
import type { Source } from './source.ts';

const allowedLink = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)([:/]|$)|mailto:|#|(?![a-z][a-z0-9+.-]*:|\/\/))/i;

export function isComment(node: RootContent): boolean {
  return node.type === 'html' && /^<!--[\s\S]*-->$/.test(node.value.trim());
}

/** `<!-- step: topic -->` directly under a heading names the step. */
export function stepMark(node: RootContent | undefined): string | undefined {
  return node?.type === 'html' ? /^<!--\s*step:\s*([a-z0-9][a-z0-9-]*)\s*-->$/.exec(node.value.trim())?.[1] : undefined;
}

export function checkProse(node: Nodes, source: Source, problems: Problem[]): void {
  const said = problemOf(node);
  if (said !== undefined) {
    const range = source.range(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
    problems.push({ range, severity: 'error', message: said });
  }
  if ('children' in node) for (const child of node.children) checkProse(child, source, problems);
}

function problemOf(node: Nodes): string | undefined {
  switch (node.type) {
    case 'html':
      return isComment(node) ? undefined : 'HTML is not allowed in a lab; write Markdown.';
    case 'link':
    case 'definition':
    case 'image':
      return allowedLink.test(node.url)
        ? undefined
        : `A link to ${node.url} is not allowed: https:, a file of the lab, or #step.`;
    default:
      return undefined;
  }
}

export function headingText(heading: Heading): string {
  return heading.children.map(phraseText).join('').trim();
}

function phraseText(node: PhrasingContent): string {
  if ('value' in node) return node.type === 'html' ? '' : node.value;
  return 'children' in node ? node.children.map(phraseText).join('') : '';
}

/** As GitHub makes anchors of headings. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
}
