// One editor for one test: a fresh profile, a server, a browser window with the extension under development.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { type EditorServer, startEditorServer } from './editorServer.ts';
import type { Tools } from './prepare.ts';
import { type Settings, type Theme, createProfile, installExtension, themes } from './profile.ts';
import { endSandboxes } from './endSandboxes.ts';
import { Workbench } from './workbench.ts';

export interface EditorOptions {
  readonly theme?: Theme;
  readonly size?: { readonly width: number; readonly height: number };
  readonly settings?: Settings;
  /** A folder whose contents the workspace starts with. */
  readonly files?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the workspace has to be trusted; without, it is. */
  readonly trust?: boolean;
  /** A module whose tests run in the extension host. */
  readonly tests?: string;
}

export interface Editor extends AsyncDisposable {
  readonly server: EditorServer;
  readonly workbench: Workbench;
}

export type EditorMaker = (options: EditorOptions) => Promise<Editor>;

/** Asked for in vain, and told as an error, on machines without network. */
const noGallery = { EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '' }) };

const extension = resolve(import.meta.dirname, '../..');

export const editorMaker =
  (tools: Tools, browser: Browser): EditorMaker =>
  async (options) => {
    await using undo = new AsyncDisposableStack();
    const home = mkdtempSync(join(tmpdir(), 'aws-labs-editor-'));
    undo.defer(removeAtLast(home));
    const theme = { 'workbench.colorTheme': themes[options.theme ?? 'dark'] };
    const profile = createProfile(home, { ...theme, ...options.settings });
    if (options.files) cpSync(options.files, profile.workspace, { recursive: true });

    const tests = options.tests === undefined ? undefined : { extension, main: options.tests };
    if (!tests) installExtension(profile, extension);
    const env = { ...noGallery, ...options.env };
    const trust = options.trust === true;
    const common = { codeServer: tools.codeServer, profile, env, trust, endWhenUnused: true };
    const server = await startEditorServer({ ...common, testable: tests !== undefined });
    undo.defer(() => server.stop());
    const context = await browser.newContext({ viewport: options.size ?? { width: 1280, height: 800 } });
    undo.defer(() => context.close());
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    context.setDefaultTimeout(20_000);
    const workbench = new Workbench(await context.newPage(), profile);
    const { workspace } = profile;
    await workbench.open(tests ? server.testAddress(workspace, tests) : server.address(workspace));

    const owned = undo.move();
    return { server, workbench, [Symbol.asyncDispose]: () => owned.disposeAsync() };
  };

/** Also when this process ends early. */
function removeAtLast(home: string): () => void {
  const remove = () => {
    process.off('exit', remove);
    endSandboxes(home);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', remove);
  return remove;
}
