// Policies, attributes and objects as files of the editor, scheme `aws-labs`. The editor asks; documents/documentStore.ts knows.
import * as vscode from 'vscode';
import type { Targets } from '../targets.ts';
import { documentScheme, readAddress } from './documents/address.ts';
import type { DocumentStore } from './documents/documentStore.ts';

/** What AWS made of a saved text is brought in when it differs. */
const afterSaveMs = 1000;
/** The editor's window comes to the front more often than anybody changes a policy. */
const quietMs = 2000;

export class DocumentFiles implements vscode.FileSystemProvider {
  readonly #targets: Targets;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #saved = new vscode.EventEmitter<{ readonly uri: vscode.Uri; readonly refusal?: string }>();
  readonly #watched = new Map<string, { readonly uri: vscode.Uri; users: number }>();
  #opening: Promise<DocumentStore> | undefined;
  #store: DocumentStore | undefined;
  #lookedAt = 0;
  readonly onDidChangeFile = this.#changed.event;
  /** Each attempt to save, with why it was refused if it was. */
  readonly onDidSave = this.#saved.event;

  constructor(targets: Targets) {
    this.#targets = targets;
  }

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.workspace.registerFileSystemProvider(documentScheme, this, { isCaseSensitive: true }),
      vscode.window.onDidChangeWindowState(({ focused }) => focused && void this.#lookAgain()),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.uri.scheme === documentScheme) void this.refresh(editor.document.uri);
      }),
      this.#changed,
      this.#saved,
    );
  }

  /** What AWS held of a document when it was last looked at. */
  lastSeen({ path }: vscode.Uri): string | undefined {
    return this.#store?.lastSeen(path);
  }

  store(): Promise<DocumentStore> {
    this.#opening ??= import('./documents/documentStore.ts').then(({ DocumentStore }) => {
      this.#store = new DocumentStore({ open: () => this.#targets.open(), now: () => Date.now() });
      return this.#store;
    });
    return this.#opening;
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    if (readAddress(uri.path) === undefined) return new vscode.Disposable(() => undefined);
    const watched = this.#watched.get(uri.path) ?? { uri, users: 0 };
    watched.users++;
    this.#watched.set(uri.path, watched);
    return new vscode.Disposable(() => {
      if (--watched.users === 0) this.#watched.delete(uri.path);
    });
  }

  async stat({ path }: vscode.Uri): Promise<vscode.FileStat> {
    if (isFolder(path)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { mtime, size } = await told(async () => (await this.store()).stat(path));
    return { type: vscode.FileType.File, ctime: 0, mtime, size };
  }

  readFile({ path }: vscode.Uri): Promise<Uint8Array> {
    return told(async () => (await this.store()).read(path));
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    try {
      await told(async () => (await this.store()).write(uri.path, content));
    } catch (error) {
      this.#saved.fire({ uri, refusal: error instanceof Error ? error.message : String(error) });
      throw error;
    }
    this.#saved.fire({ uri });
    setTimeout(() => void this.refresh(uri), afterSaveMs);
  }

  /** Tells the editor when AWS holds something else than what it shows. */
  async refresh(uri: vscode.Uri): Promise<void> {
    const edited = vscode.workspace.textDocuments.some(
      (document) => document.uri.toString() === uri.toString() && document.isDirty,
    );
    // A look nobody asked for fails without a word: the next one that somebody asks for says why.
    const outcome = await (await this.store()).refresh(uri.path, edited).catch(() => 'same' as const);
    const type = outcome === 'gone' ? vscode.FileChangeType.Deleted : vscode.FileChangeType.Changed;
    if (outcome !== 'same') this.#changed.fire([{ type, uri }]);
  }

  readDirectory(): [] {
    return [];
  }

  /** The editor makes the folders above a file first; S3 has none. */
  createDirectory(): void {}

  delete(): never {
    throw vscode.FileSystemError.NoPermissions('Delete it in the Resources view of AWS Labs.');
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions('AWS renames nothing. Make a new one, and delete this one.');
  }

  async #lookAgain(): Promise<void> {
    const now = Date.now();
    if (now - this.#lookedAt < quietMs) return;
    this.#lookedAt = now;
    for (const { uri } of this.#watched.values()) await this.refresh(uri);
  }
}

/** `/topic/123456789012/us-east-1/Order` and what is above it. */
const isFolder = (path: string): boolean =>
  path === '/' || /^\/(topic|queue|bucket|stream|object)(\/[^/]+){0,3}$/.test(path);

/** What cannot be done, as the editor's own error with our sentence. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { DocumentProblem } = await import('./documents/problem.ts');
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof DocumentProblem && error.kind === 'missing')
      throw vscode.FileSystemError.FileNotFound(message);
    throw vscode.FileSystemError.Unavailable(message);
  }
}
