import { html, type TemplateResult } from 'lit';
import type { Block, Cell, Inline } from '../../src/protocol/prose.ts';

// A lab's text, drawn node by node. Every value lands in a text position or in an attribute of our own choice;
// there is no way from a lab to markup, and a link goes out as a number for the host to look up.

export type OpenLink = (link: number) => void;
type Shown = TemplateResult | string;

export function prose(blocks: readonly Block[], open: OpenLink): Shown[] {
  return blocks.map((each) => block(each, open));
}

function block(node: Block, open: OpenLink): Shown {
  switch (node.kind) {
    case 'paragraph':
      return html`<p>${inlines(node.children, open)}</p>`;
    case 'heading':
      return html`<h3>${inlines(node.children, open)}</h3>`;
    case 'code':
      return html`<pre class="code" tabindex="0"><code>${node.text}</code></pre>`;
    case 'quote':
      return html`<blockquote>${prose(node.children, open)}</blockquote>`;
    case 'list':
      return list(node, open);
    case 'table':
      return table(node.head, node.rows, open);
    case 'rule':
      return html`<hr />`;
  }
}

function list(node: Extract<Block, { kind: 'list' }>, open: OpenLink): Shown {
  const items = node.items.map((item) => html`<li>${listItem(item, open)}</li>`);
  return node.start === undefined
    ? html`<ul>
        ${items}
      </ul>`
    : html`<ol start=${node.start}>
        ${items}
      </ol>`;
}

/** The usual item is one paragraph; without its own element the list stays tight. */
function listItem(blocks: readonly Block[], open: OpenLink): Shown[] {
  const [first, ...rest] = blocks;
  return first?.kind === 'paragraph' ? [...inlines(first.children, open), ...prose(rest, open)] : prose(blocks, open);
}

function table(head: readonly Cell[], rows: readonly (readonly Cell[])[], open: OpenLink): Shown {
  return html`<div class="table" tabindex="0" role="group" aria-label="Table">
    <table>
      <thead>
        <tr>
          ${head.map((cell) => (cell.length === 0 ? html`<td></td>` : html`<th scope="col">${inlines(cell, open)}</th>`))}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${inlines(cell, open)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function inlines(nodes: readonly Inline[], open: OpenLink): Shown[] {
  return nodes.map((each) => inline(each, open));
}

function inline(node: Inline, open: OpenLink): Shown {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'code':
      return html`<code>${node.text}</code>`;
    case 'break':
      return html`<br />`;
    case 'strong':
      return html`<strong>${inlines(node.children, open)}</strong>`;
    case 'emphasis':
      return html`<em>${inlines(node.children, open)}</em>`;
    case 'deleted':
      return html`<del>${inlines(node.children, open)}</del>`;
    case 'jump':
      return jumpLink(node.step, inlines(node.children, open));
    case 'link':
      return linkButton(node.link, node.address, inlines(node.children, open), open);
  }
}

/** To another step of the same page. Heard by whoever draws the page. */
function jumpLink(step: string, content: unknown): TemplateResult {
  const jump = (event: Event) =>
    event.currentTarget?.dispatchEvent(new CustomEvent('jump', { detail: step, bubbles: true }));
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Enter') jump(event);
  };
  return html`<a class="link" role="link" tabindex="0" @click=${jump} @keydown=${pressed}>${content}</a>`;
}

/** A link without an address of its own: a page that navigates by itself would bypass the host's check. */
export function linkButton(link: number, address: string, content: unknown, open: OpenLink): TemplateResult {
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Enter') open(link);
  };
  return html`<a class="link" role="link" tabindex="0" title=${address} @click=${() => open(link)} @keydown=${pressed}
    >${content}</a
  >`;
}

/** One sentence of plain text in which `code`, **strong** and *emphasised* words are marked as in Markdown. */
export function sentence(text: string): Shown[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/).map((piece) => {
    if (/^`.+`$/.test(piece)) return html`<code>${piece.slice(1, -1)}</code>`;
    if (/^\*\*.+\*\*$/.test(piece)) return html`<strong>${piece.slice(2, -2)}</strong>`;
    return /^\*.+\*$/.test(piece) ? html`<em>${piece.slice(1, -1)}</em>` : piece;
  });
}
