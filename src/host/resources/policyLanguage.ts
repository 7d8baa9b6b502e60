// The language of policies and of attributes in the editor: squiggles, completions, hovers and quick fixes. What is found comes from
// aws/iamPolicy and documents/settingsLanguage; here it is only brought into the editor's own form.
import * as vscode from 'vscode';
import type { Completion } from '../../aws/iamPolicy/complete.ts';
import type { Finding } from '../../aws/iamPolicy/model.ts';
import type { DocumentFiles } from './documentFiles.ts';
import type { DocumentLanguage } from './documents/language.ts';

const quietMs = 150;

const selector: vscode.DocumentFilter[] = [
  { scheme: 'aws-labs', pattern: '**/{policy,attributes}.json' },
  { pattern: '**/*.policy.json' },
  { pattern: '**/*-policy.json' },
];

const isOurs = (document: vscode.TextDocument): boolean => vscode.languages.match(selector, document) > 0;

export class PolicyLanguage {
  readonly #files: DocumentFiles;
  readonly #collection = vscode.languages.createDiagnosticCollection('aws-labs-documents');
  readonly #due = new Map<string, NodeJS.Timeout>();
  /** What AWS said to the last attempt to save, until the text is another one. */
  readonly #refused = new Map<string, string>();

  constructor(files: DocumentFiles) {
    this.#files = files;
  }

  register(): vscode.Disposable {
    for (const document of vscode.workspace.textDocuments) this.#soon(document);
    return vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.#soon(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#refused.delete(document.uri.toString());
        this.#soon(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)),
      this.#files.onDidSave(({ uri, refusal }) => this.#tell(uri, refusal)),
      vscode.languages.registerCompletionItemProvider(
        selector,
        { provideCompletionItems: (document, position) => this.#complete(document, position) },
        '"',
        ':',
        '[',
        '{',
      ),
      vscode.languages.registerHoverProvider(selector, {
        provideHover: (document, position) => this.#hover(document, position),
      }),
      vscode.languages.registerCodeActionsProvider(
        selector,
        { provideCodeActions: (document, range) => this.#fixes(document, range) },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
      vscode.languages.registerDocumentFormattingEditProvider(
        { language: 'aws-labs-document' },
        { provideDocumentFormattingEdits: formatted },
      ),
      { dispose: () => this.#due.forEach((timer) => clearTimeout(timer)) },
      this.#collection,
    );
  }

  #soon(document: vscode.TextDocument): void {
    if (!isOurs(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.#due.get(key));
    this.#due.set(
      key,
      setTimeout(() => void this.#judge(document), quietMs),
    );
  }

  #tell(uri: vscode.Uri, refusal: string | undefined): void {
    if (refusal === undefined) this.#refused.delete(uri.toString());
    else this.#refused.set(uri.toString(), refusal);
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (document) this.#soon(document);
  }

  async #judge(document: vscode.TextDocument): Promise<void> {
    const { version, uri } = document;
    const findings = await this.#find(document);
    if (document.isClosed || document.version !== version) return;
    const refusal = this.#refused.get(uri.toString());
    const refused = refusal === undefined ? [] : [refusedDiagnostic(document, refusal)];
    this.#collection.set(uri, [...refused, ...findings.map((finding) => toDiagnostic(finding, document))]);
  }

  /** The editor's own JSON language says itself where a text is no JSON. */
  async #find(document: vscode.TextDocument): Promise<readonly Finding[]> {
    const found = (await this.#language(document)).validate(document.getText(), this.#files.lastSeen(document.uri));
    const said = document.languageId === 'json' && vscode.extensions.getExtension('vscode.json-language-features');
    return said ? found.filter(({ code }) => code !== 'json') : found;
  }

  async #language({ uri }: vscode.TextDocument): Promise<DocumentLanguage> {
    const { languageOf } = await import('./documents/language.ts');
    return languageOf(uri.scheme, uri.path);
  }

  async #complete(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
    const language = await this.#language(document);
    const found = language.complete(document.getText(), document.offsetAt(position));
    return found.map((completion, index) => toItem(completion, index, document));
  }

  async #hover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const language = await this.#language(document);
    const hover = language.hover(document.getText(), document.offsetAt(position));
    return hover && new vscode.Hover(new vscode.MarkdownString(hover.text), rangeOf(hover, document));
  }

  async #fixes(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    const found = await this.#find(document);
    return found
      .filter((finding) => rangeOf(finding, document).intersection(range) !== undefined)
      .flatMap((finding) => finding.fixes.map((fix) => toAction(fix, finding, document)));
  }

  #forget(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.#due.get(key));
    this.#due.delete(key);
    this.#refused.delete(key);
    this.#collection.delete(uri);
  }
}

/** The built-in JSON language does not know ours. */
async function formatted(document: vscode.TextDocument, options: vscode.FormattingOptions): Promise<vscode.TextEdit[]> {
  const { format } = await import('jsonc-parser');
  const { tabSize, insertSpaces } = options;
  const edits = format(document.getText(), undefined, { tabSize, insertSpaces, insertFinalNewline: true });
  return edits.map(({ offset, length, content }) =>
    vscode.TextEdit.replace(rangeOf({ start: offset, end: offset + length }, document), content),
  );
}

const rangeOf = ({ start, end }: { readonly start: number; readonly end: number }, document: vscode.TextDocument) =>
  new vscode.Range(document.positionAt(start), document.positionAt(end));

function toDiagnostic(finding: Finding, document: vscode.TextDocument): vscode.Diagnostic {
  const level = finding.severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(shown(rangeOf(finding, document)), finding.message, level);
  diagnostic.source = 'AWS Labs';
  diagnostic.code = finding.code;
  return diagnostic;
}

/** Of a whole statement or document its first line: a squiggle under everything shows nothing. */
const shown = ({ start, end }: vscode.Range): vscode.Range =>
  start.line === end.line ? new vscode.Range(start, end) : new vscode.Range(start, start.translate(0, 1));

function refusedDiagnostic(document: vscode.TextDocument, message: string): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    document.lineAt(0).range,
    `Not saved. ${message}`,
    vscode.DiagnosticSeverity.Error,
  );
  diagnostic.source = 'AWS Labs';
  diagnostic.code = 'refused';
  return diagnostic;
}

const itemKinds = {
  element: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  snippet: vscode.CompletionItemKind.Snippet,
} as const;

function toItem(completion: Completion, index: number, document: vscode.TextDocument): vscode.CompletionItem {
  const { label, insert, what, kind } = completion;
  const item = new vscode.CompletionItem(label, itemKinds[kind]);
  const range = rangeOf(completion, document);
  const quoted = document.getText(range).startsWith('"');
  item.range = range;
  item.insertText = new vscode.SnippetString(insert);
  item.filterText = quoted && !label.startsWith('"') ? JSON.stringify(label) : label;
  item.sortText = String(index).padStart(4, '0');
  if (what !== '') item.documentation = new vscode.MarkdownString(what);
  // Where a value is left open, what can stand there is offered at once.
  if (/["{] ?\$1 ?["}]/.test(insert)) item.command = { command: 'editor.action.triggerSuggest', title: 'Suggest' };
  return item;
}

function toAction(fix: Finding['fixes'][number], finding: Finding, document: vscode.TextDocument): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of fix.edits) action.edit.replace(document.uri, rangeOf(edit, document), edit.text);
  action.diagnostics = [toDiagnostic(finding, document)];
  action.isPreferred = finding.fixes.length === 1;
  return action;
}
