import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { proseView } from '../../src/host/proseView.ts';
import { labFile, LinkTable, webAddress } from '../../src/host/webAddress.ts';

function show(markdown: string) {
  const links = new LinkTable();
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return { blocks: proseView(tree.children, links.number), links };
}

describe('a lab’s text for the webview', () => {
  it('keeps paragraphs, lists, tables, code and emphasis', () => {
    const { blocks } = show(
      '# T\n\na *b* **c** `d` ~~e~~\n\n3. x\n4. y\n\n```js\ncode\n```\n\n> q\n\n| h |\n|---|\n| c |\n\n---\n',
    );
    expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'paragraph', 'list', 'code', 'quote', 'table', 'rule']);
    expect(blocks[2]).toMatchObject({ start: 3 });
    expect(blocks[5]).toMatchObject({ head: [[{ kind: 'text', text: 'h' }]], rows: [[[{ kind: 'text', text: 'c' }]]] });
  });

  it('shows HTML as text', () => {
    const { blocks } = show('a <b onclick="x()">b</b>\n\n<script>alert(1)</script>\n');
    expect(JSON.stringify(blocks)).toContain('<script>alert(1)</script>');
    expect(blocks.every(({ kind }) => kind === 'paragraph')).toBe(true);
  });

  it('numbers web addresses and drops every other kind of link', () => {
    const { blocks, links } = show(
      '[a](https://a.example/) [b](command:x) [c](javascript:x) [d](file:///etc) [e](https://a.example/) [f](#topic)',
    );
    const [paragraph] = blocks;
    const kinds = paragraph && 'children' in paragraph ? paragraph.children.map(({ kind }) => kind) : [];
    expect(kinds.filter((kind) => kind === 'link')).toHaveLength(2);
    expect(kinds).toContain('jump');
    expect(links.address(0)).toBe('https://a.example/');
    expect(links.address(1)).toBeUndefined();
  });
});

describe('a sequence diagram', () => {
  it('is told as a list: who to whom, and what', () => {
    const { blocks } = show(
      '```mermaid\nsequenceDiagram\n    autonumber\n    participant A as The app\n    A->>Browser: go <there>\n    Browser-->>A: done\n```\n',
    );
    expect(blocks).toMatchObject([{ kind: 'list', start: 1 }]);
    const text = JSON.stringify(blocks);
    expect(text).toContain('The app');
    expect(text).toContain(': go <there>');
    expect(blocks[0]).toHaveProperty('items.length', 2);
  });

  it('of another kind stays text', () => {
    expect(show('```mermaid\ngraph TD\n  A-->B\n```\n').blocks).toMatchObject([{ kind: 'code', language: 'mermaid' }]);
  });
});

describe("a lab's own file", () => {
  it.each(['files/a.xml', 'files/pages/index.html'])('may be linked: %s', (link) => {
    const { links } = show(`[a](${link})`);
    expect(links.address(0)).toBe(link);
    expect(labFile(link)).toBe(link.slice('files/'.length));
  });
  it.each(['files/../lab.md', 'files/.secret', 'files//a', '../files/a', '/files/a', 'other/a.xml', 'files/a b'])(
    'not %s',
    (link) => expect(labFile(link)).toBeUndefined(),
  );
});

describe('what may be opened', () => {
  it.each(['https://aws.amazon.com/', 'http://127.0.0.1:4566/x'])('%s', (address) =>
    expect(webAddress(address)).toBe(address),
  );
  it.each([
    'command:x',
    'vscode://x',
    'javascript:1',
    'file:///x',
    'data:text/html,x',
    '//x',
    'x',
    'https://user:pw@x/',
    '',
  ])('not %s', (address) => expect(webAddress(address)).toBeUndefined());
});
