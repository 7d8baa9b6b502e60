// A browser in which the built page of the viewer talks to a host in this process, as it does with the editor between them.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright-core';
import { webviewHtml } from '../../../src/host/webviewHtml.ts';
import { themes, type ThemeName } from '../../webview/themes.ts';

export interface LivePage {
  readonly page: Page;
  readonly complaints: readonly string[];
  post(message: unknown): void;
}

export interface LivePageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  receive(message: unknown): void;
}

export async function startLiveBrowser() {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(existsSync);
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  const { outputFiles } = await build({
    entryPoints: [{ in: 'webview/peek/main.ts', out: 'peek' }],
    bundle: true,
    write: false,
    minify: true,
    outdir: 'out',
    format: 'iife',
    target: 'es2022',
    tsconfig: 'webview/tsconfig.json',
    logLevel: 'warning',
  });
  const files = new Map(outputFiles.map(({ path, text }) => [`/${path.split('/').at(-1) ?? ''}`, text]));
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const type = url.endsWith('.js')
      ? 'text/javascript'
      : url.endsWith('.css')
        ? 'text/css'
        : 'text/html; charset=utf-8';
    const body = files.get(url);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type }).end(body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // An address of ours, so it has a port.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  files.set(
    '/',
    webviewHtml({ title: 'Queue', script: `${origin}/peek.js`, style: `${origin}/peek.css`, cspSource: origin }),
  );

  return {
    async open({ theme = 'dark', width = 1280, height = 800, receive }: LivePageOptions): Promise<LivePage> {
      const page = await browser.newPage({ viewport: { width, height } });
      const complaints: string[] = [];
      page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.exposeBinding('toHost', (_source, message: string) => receive(JSON.parse(message)));
      await page.addInitScript({ content: standIn(theme) });
      await page.goto(`${origin}/`);
      return {
        page,
        complaints,
        // As the editor does: as text, which the page's side makes an object of.
        post: (message) =>
          void page.evaluate(`fromHost(${JSON.stringify(JSON.stringify(message))})`).catch(() => undefined),
      };
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

export type LiveBrowser = Awaited<ReturnType<typeof startLiveBrowser>>;

/** Runs in the page before its own script. */
function standIn(theme: ThemeName): string {
  return `
    const { bodyClass, colours } = ${JSON.stringify(themes[theme])};
    let state;
    globalThis.savedState = () => state;
    globalThis.views = 0;
    globalThis.fromHost = (text) => { views++; globalThis.postMessage(JSON.parse(text), '*'); };
    globalThis.acquireVsCodeApi = () => ({
      getState: () => state,
      setState: (next) => (state = next),
      postMessage: (message) => toHost(JSON.stringify(message)),
    });
    document.addEventListener('DOMContentLoaded', () => {
      document.body.className = bodyClass;
      for (const [name, value] of Object.entries(colours)) document.documentElement.style.setProperty('--vscode-' + name, value);
    });`;
}
