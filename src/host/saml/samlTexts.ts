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
      // The editor holds a document for some minutes after its tab is closed; here it ends at once.
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed) if (input instanceof vscode.TabInputText) this.#end(input.uri);
      }),
      this.#changed,
      this.#closed,
    );
  }

  has(uri: vscode.Uri): boolean {
    return this.#texts.has(uri.toString());
  }

  /** The document, with this text in it. */
  async put(uri: vscode.Uri, text: string): Promise<vscode.TextDocument> {
    const before = this.#texts.get(uri.toString());
    this.#texts.set(uri.toString(), text);
    if (before !== text) this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    // It was open with an older text, which is replaced a moment later.
    if (document.getText() !== text) await nextChange(document);
    return document;
  }

  #end(uri: vscode.Uri): void {
    const key = uri.toString();
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const still = tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === key);
    if (!still && this.#texts.delete(key)) this.#closed.fire(uri);
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
