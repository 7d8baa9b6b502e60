// Read-only documents of ours: metadata in lines, messages decoded. They are held in memory while they are open and nowhere else.
import * as vscode from 'vscode';

export const scheme = 'aws-labs-saml';

export class SamlTexts implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #closed = new vscode.EventEmitter<vscode.Uri>();
  /** Nobody looks at it any more. */
  readonly onDidClose = this.#closed.event;

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
      // The editor holds a document for some minutes after its tab is closed.
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed)
          if (input instanceof vscode.TabInputText && input.uri.scheme === scheme) this.#closed.fire(input.uri);
      }),
      this.#changed,
      this.#closed,
    );
  }

  has(uri: vscode.Uri): boolean {
    return this.#texts.has(uri.toString());
  }

  put(uri: vscode.Uri, text: string): void {
    const before = this.#texts.get(uri.toString());
    this.#texts.set(uri.toString(), text);
    if (before !== undefined && before !== text) this.#changed.fire(uri);
  }

  /** The document, shown with this text in it. */
  async show(uri: vscode.Uri, text: string): Promise<vscode.TextDocument> {
    this.put(uri, text);
    const document = await vscode.workspace.openTextDocument(uri);
    // It was open with an older text, which is replaced a moment later.
    if (document.getText() !== text.replaceAll('\r\n', '\n')) await nextChange(document);
    await vscode.window.showTextDocument(document, { preview: false });
    return document;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '<!-- This was not kept. Open it again from where it came. -->\n';
  }
}

/** Or half a second: an end-of-line style may differ and nothing change at all. */
function nextChange({ uri }: vscode.TextDocument): Promise<void> {
  return new Promise((done) => {
    const finish = () => {
      clearTimeout(timer);
      listening.dispose();
      done();
    };
    const timer = setTimeout(finish, 500);
    const listening = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() === uri.toString()) finish();
    });
  });
}
