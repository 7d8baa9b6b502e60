import { describe, expect, it } from 'vitest';
import { webviewHtml } from '../../src/host/webviewHtml.ts';

const page = { title: 'A <lab>', script: 'https://x/lab.js?a="b"', style: 'https://x/lab.css', cspSource: 'https://x' };
const policyOf = (html: string) => /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';

describe('the one function that makes HTML', () => {
  it('allows our script by a fresh nonce and nothing else', () => {
    const policy = policyOf(webviewHtml(page));
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'nonce-[\w-]{24}'; style-src https:\/\/x 'nonce-[\w-]{24}'; img-src https:\/\/x data:;/,
    );
    expect(policy).not.toMatch(/unsafe|\*|connect-src|frame-src/);
    expect(policyOf(webviewHtml(page))).not.toBe(policy);
  });

  it('never gives the script nonce to what may style', () => {
    const policy = policyOf(webviewHtml(page, 'script', 'style'));
    expect(policy).toContain("script-src 'nonce-script';");
    expect(policy).toContain("style-src https://x 'nonce-style';");
  });

  it('escapes what it is given', () => {
    const html = webviewHtml(page);
    expect(html).toContain('<title>A &lt;lab&gt;</title>');
    expect(html).toContain('src="https://x/lab.js?a=&quot;b&quot;"');
  });
});
