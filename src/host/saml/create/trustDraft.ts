// A trust policy as a document to look at and change before its role is made. In: its text, and what makes the role of it. Out: what
// was made, or nothing. What AWS refuses stays open, as it was left.
import * as vscode from 'vscode';
import { mistakeInTrust } from '../../../aws/actions/samlTrust.ts';
import type { Found } from '../../../aws/resources/kind.ts';
import { plainMessage } from '../../plainMessage.ts';

/** Not contributed: only the lines above a draft call them. */
const ends = { create: 'awsLabs.internal.trustCreate', leave: 'awsLabs.internal.trustLeave' } as const;

/** The name ends so that the language of policies is at work in it. */
const ending = '-trust.policy.json';

interface Draft {
  readonly name: string;
  /** Undefined: the person would not. */
  make(text: string): Promise<Found | undefined>;
  end(found: Found | undefined): void;
}

export class TrustDrafts {
  readonly #tell: (error: unknown) => void;
  readonly #open = new Map<string, Draft>();
  readonly #changed = new vscode.EventEmitter<void>();
  #registered: vscode.Disposable | undefined;

  constructor(tell: (error: unknown) => void) {
    this.#tell = tell;
  }

  /** Undefined: it was closed, or left. */
  async edit(name: string, text: string, make: Draft['make']): Promise<Found | undefined> {
    this.#registered ??= this.#register();
    const { uri } = await this.#show(name, text);
    const key = uri.toString();
    this.#open.get(key)?.end(undefined);
    const found = await new Promise<Found | undefined>((end) => {
      this.#open.set(key, { name, make, end });
      this.#changed.fire();
    });
    this.#open.delete(key);
    this.#changed.fire();
    await closeEditorOf(uri);
    return found;
  }

  dispose(): void {
    for (const { end } of this.#open.values()) end(undefined);
    this.#registered?.dispose();
  }

  async #show(name: string, text: string): Promise<vscode.TextDocument> {
    const uri = vscode.Uri.from({ scheme: 'untitled', path: `${name}${ending}` });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'json');
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    await editor.edit((edit) => edit.replace(all, text));
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    return document;
  }

  #register(): vscode.Disposable {
    const onDraft = (act: (uri: vscode.Uri) => unknown) => (uri: unknown) => uri instanceof vscode.Uri && act(uri);
    return vscode.Disposable.from(
      this.#changed,
      vscode.languages.registerCodeLensProvider(
        { scheme: 'untitled', pattern: `**/*${ending}` },
        { onDidChangeCodeLenses: this.#changed.event, provideCodeLenses: ({ uri }) => this.#lenses(uri) },
      ),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#open.get(uri.toString())?.end(undefined)),
      vscode.commands.registerCommand(
        ends.create,
        onDraft((uri) => this.#create(uri)),
      ),
      vscode.commands.registerCommand(
        ends.leave,
        onDraft((uri) => this.#open.get(uri.toString())?.end(undefined)),
      ),
    );
  }

  #lenses(uri: vscode.Uri): vscode.CodeLens[] {
    const draft = this.#open.get(uri.toString());
    if (!draft) return [];
    const lens = (title: string, command: string) =>
      new vscode.CodeLens(new vscode.Range(0, 0, 0, 1), { title, command, arguments: [uri] });
    return [
      lens(`Create the role ${draft.name} with this trust policy`, ends.create),
      lens('Do not create it', ends.leave),
    ];
  }

  async #create(uri: vscode.Uri): Promise<void> {
    const draft = this.#open.get(uri.toString());
    const text = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString())?.getText() ?? '';
    const mistake = mistakeInTrust(text);
    if (mistake !== undefined) return void vscode.window.showErrorMessage(plainMessage(mistake));
    try {
      const found = await draft?.make(text);
      if (found) draft?.end(found);
    } catch (error) {
      this.#tell(error);
    }
  }
}

/** It has served: nobody is asked whether to save it. */
async function closeEditorOf(uri: vscode.Uri): Promise<void> {
  if (vscode.window.activeTextEditor?.document.uri.toString() === uri.toString())
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
