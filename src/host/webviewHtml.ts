import { randomBytes } from 'node:crypto';

/** What makes one page. Addresses come from the editor's own `asWebviewUri`; nothing here comes from a lab. */
export interface PageAssets {
  readonly title: string;
  readonly script: string;
  readonly style: string;
  readonly cspSource: string;
}

/**
 * The only place that makes HTML for a webview. Nothing may load or run but our own script and style: no remote
 * content, no `unsafe-eval`, no inline script or style, no frames, no forms, no connections.
 */
export function webviewHtml(page: PageAssets, nonce = freshNonce(), styleNonce = freshNonce()): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${page.cspSource} 'nonce-${styleNonce}'`,
    `img-src ${page.cspSource} data:`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${escape(policy)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <!-- The component library gives this nonce to the one style element by which it tries the browser out. -->
    <meta property="csp-nonce" content="${styleNonce}" />
    <title>${escape(page.title)}</title>
    <link rel="stylesheet" href="${escape(page.style)}" />
  </head>
  <body>
    <div id="root"></div>
    <script nonce="${nonce}" src="${escape(page.script)}"></script>
  </body>
</html>`;
}

function freshNonce(): string {
  return randomBytes(18).toString('base64url');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '');
}
