import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright-core';
import { webviewHtml } from '../../src/host/webviewHtml.ts';
import { themes, type ThemeName } from '../webview/themes.ts';

/** A webview's page in a real browser under its real policy, with a stand-in for the editor behind it. */
export interface OpenPage {
  readonly page: Page;
  /** What the page asked for, oldest first. */
  asked(): Promise<readonly unknown[]>;
  send(message: unknown): Promise<void>;
  /** What the browser reported: errors and refusals of the policy. */
  readonly complaints: readonly string[];
}

export interface PageOptions {
  readonly name: 'lab' | 'mailbox' | 'compose' | 'roundTrip';
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly savedState?: unknown;
}

/** One browser and one server for all pages of a test file. */
export async function startPages() {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(existsSync);
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  const files = await bundle();
  const server = createServer((request, response) => {
    const body = files.get((request.url ?? '').split('?')[0] ?? '');
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': typeOf(request.url ?? '') }).end(body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    open: (options: PageOptions) => open(options),
    async close() {
      await browser.close();
      server.close();
    },
  };

  async function open({
    name,
    theme = 'dark',
    width = 1280,
    height = 800,
    savedState,
  }: PageOptions): Promise<OpenPage> {
    const assets = { title: name, script: `${origin}/${name}.js`, style: `${origin}/${name}.css`, cspSource: origin };
    files.set(`/${name}`, webviewHtml(assets));
    const page = await browser.newPage({ viewport: { width, height } });
    const complaints: string[] = [];
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.addInitScript({ content: standIn(savedState, theme) });
    await page.goto(`${origin}/${name}`);
    return {
      page,
      complaints,
      asked: () => page.evaluate<readonly unknown[]>('asked'),
      send: (message) => page.evaluate<void>(`void postMessage(${JSON.stringify(message)}, '*')`),
    };
  }
}

/** Runs in the page before its own script: the editor's side of the wire, and its theme. As text, since it is not Node's. */
function standIn(saved: unknown, theme: ThemeName): string {
  const given = JSON.stringify({ saved: saved ?? null, ...themes[theme] });
  return `
    const { saved, bodyClass, colours } = ${given};
    let state = saved;
    globalThis.asked = [];
    globalThis.savedState = () => state;
    globalThis.acquireVsCodeApi = () => ({
      getState: () => state ?? undefined,
      setState: (next) => (state = next),
      postMessage(message) {
        asked.push(message.request);
        globalThis.postMessage({ kind: 'reply', id: message.id }, '*');
      },
    });
    document.addEventListener('DOMContentLoaded', () => {
      document.body.className = bodyClass;
      for (const [name, value] of Object.entries(colours)) document.documentElement.style.setProperty('--vscode-' + name, value);
    });`;
}

async function bundle(): Promise<Map<string, string>> {
  const built = await build({
    entryPoints: ['lab', 'mailbox', 'compose', 'roundTrip']
      .filter((name) => existsSync(`webview/${name}/main.ts`))
      .map((name) => ({ in: `webview/${name}/main.ts`, out: name })),
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    target: 'es2022',
    tsconfig: 'webview/tsconfig.json',
    logLevel: 'warning',
  });
  return new Map(built.outputFiles.map(({ path, text }) => [`/${path.split('/').at(-1) ?? ''}`, text]));
}

function typeOf(url: string): string {
  if (url.endsWith('.js')) return 'text/javascript';
  return url.endsWith('.css') ? 'text/css' : 'text/html; charset=utf-8';
}
