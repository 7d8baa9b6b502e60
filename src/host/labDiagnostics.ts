import * as vscode from 'vscode';
import { basename, dirname } from 'node:path';
import type { Problem } from '../lab/model.ts';
import type { LabCatalog } from './labCatalog.ts';

const quietMs = 300;

/** Problems of lab texts in the editor's own list: of those the catalog read, and of those being edited, as they are typed. */
export class LabDiagnostics {
  readonly #collection = vscode.languages.createDiagnosticCollection('aws-labs');
  readonly #listening: vscode.Disposable;
  readonly #due = new Map<string, NodeJS.Timeout>();

  constructor(catalog: LabCatalog) {
    this.#listening = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.#soon(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#soon(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)),
    );
    catalog.listed.on(() => void this.#publishListed(catalog));
  }

  async #publishListed(catalog: LabCatalog): Promise<void> {
    const entries = await catalog.list().catch(() => []);
    for (const { file, problems } of entries) this.#collection.set(vscode.Uri.file(file), problems.map(toDiagnostic));
    for (const document of vscode.workspace.textDocuments) this.#soon(document);
  }

  #soon(document: vscode.TextDocument): void {
    if (!isLab(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.#due.get(key));
    this.#due.set(
      key,
      setTimeout(() => void this.#judge(document), quietMs),
    );
  }

  async #judge(document: vscode.TextDocument): Promise<void> {
    const { version, uri } = document;
    const { readLab } = await import('../lab/readLab.ts');
    const { problems } = await readLab(document.getText(), {
      id: basename(dirname(uri.fsPath)),
      folder: dirname(uri.fsPath),
    });
    if (!document.isClosed && document.version === version) this.#collection.set(uri, problems.map(toDiagnostic));
  }

  #forget(uri: vscode.Uri): void {
    clearTimeout(this.#due.get(uri.toString()));
    this.#due.delete(uri.toString());
  }

  dispose(): void {
    for (const timer of this.#due.values()) clearTimeout(timer);
    this.#listening.dispose();
    this.#collection.dispose();
  }
}

export function isLab({ uri, languageId }: Pick<vscode.TextDocument, 'uri' | 'languageId'>): boolean {
  return languageId === 'markdown' && uri.scheme === 'file' && /[/\\]labs[/\\](.+[/\\])?lab\.md$/.test(uri.fsPath);
}

function toDiagnostic({ range, severity, message }: Problem): vscode.Diagnostic {
  const { start, end } = range;
  const place = new vscode.Range(start.line - 1, start.column - 1, end.line - 1, end.column - 1);
  const level = severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(place, message, level);
  diagnostic.source = 'AWS Labs';
  return diagnostic;
}
