// For whom metadata is judged: anybody, IAM, a Cognito user pool or a service provider. Remembered in the workspace, shown beside the
// language in the status bar while metadata is in front.
import * as vscode from 'vscode';
import type { Profile } from '../../saml/finding.ts';

const key = 'awsLabs.samlProfile';
const context = 'awsLabs.samlMetadata';

type ChosenProfile = Extract<Profile, 'any' | 'iam' | 'cognito' | 'sp'>;

const words: Readonly<Record<ChosenProfile, { readonly label: string; readonly detail: string }>> = {
  any: { label: 'Anybody', detail: 'What every reader of SAML metadata demands' },
  iam: { label: 'IAM', detail: 'What IAM demands of a SAML provider' },
  cognito: { label: 'Cognito', detail: 'What a Cognito user pool demands of a SAML provider' },
  sp: { label: 'Service provider', detail: 'What an identity provider demands of the metadata of a service' },
};

const isProfile = (value: unknown): value is ChosenProfile => typeof value === 'string' && Object.hasOwn(words, value);

export class SamlProfile {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<ChosenProfile>();
  readonly changed = this.#changed.event;
  #item: vscode.LanguageStatusItem | undefined;
  #isMetadata: (document: vscode.TextDocument) => boolean = () => false;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  get current(): ChosenProfile {
    const kept = this.#memory.get<unknown>(key);
    return isProfile(kept) ? kept : 'any';
  }

  get label(): string {
    return words[this.current].label;
  }

  register(isMetadata: (document: vscode.TextDocument) => boolean): vscode.Disposable {
    this.#isMetadata = isMetadata;
    this.draw();
    return vscode.Disposable.from(
      this.#changed,
      vscode.window.onDidChangeActiveTextEditor(() => this.draw()),
      { dispose: () => this.#item?.dispose() },
    );
  }

  /** Asks, unless it is told. */
  async choose(wanted: unknown): Promise<void> {
    const chosen = isProfile(wanted) ? wanted : await this.#ask();
    if (chosen === undefined || chosen === this.current) return;
    await this.#memory.update(key, chosen);
    this.#changed.fire(chosen);
    this.draw();
  }

  draw(): void {
    const document = vscode.window.activeTextEditor?.document;
    const there = document !== undefined && this.#isMetadata(document);
    void vscode.commands.executeCommand('setContext', context, there);
    this.#item?.dispose();
    this.#item = there ? createItem(this.current) : undefined;
  }

  async #ask(): Promise<ChosenProfile | undefined> {
    const { current } = this;
    const items = Object.entries(words).map(([id, { label, detail }]) => ({
      label,
      detail,
      id,
      ...(id === current && { description: 'chosen' }),
    }));
    const placeHolder = 'For whom is SAML metadata judged in this workspace?';
    const picked = await vscode.window.showQuickPick(items, { placeHolder });
    return isProfile(picked?.id) ? picked.id : undefined;
  }
}

function createItem(profile: ChosenProfile): vscode.LanguageStatusItem {
  const item = vscode.languages.createLanguageStatusItem('awsLabs.saml', { language: 'xml' });
  const { label, detail } = words[profile];
  item.name = 'SAML metadata';
  item.text = `SAML: ${label}`;
  item.detail = detail;
  item.command = { command: 'awsLabs.samlProfile', title: 'Change' };
  return item;
}
