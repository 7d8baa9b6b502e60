// All of SAML that is loaded with the extension: it sees that an XML document is metadata, and loads the rest.
import * as vscode from 'vscode';
import type { samlIds } from '../commandIds.ts';
import type { Command } from '../commands.ts';
import type { JudgedDocument } from './judge.ts';
import { isPageInstead, looksLikeMetadata } from './looksLikeMetadata.ts';
import type { SamlDesk } from './samlDesk.ts';
import type { Judged } from './samlWork.ts';

/** The lines that a root stands in: more would be put together anew with each letter typed. */
const asText = new vscode.Range(0, 0, 200, 0);
const passing: ReadonlySet<string> = new Set(['git', 'aws-labs-saml', 'output']);

export interface SamlParts {
  readonly extension: vscode.Uri;
  readonly memory: vscode.Memento;
  /** The file of the thread for long texts. */
  readonly worker: string;
}

export class SamlRim {
  readonly #load: () => Promise<SamlDesk>;
  /** Documents that have been metadata since they were opened: also while their beginning is being changed. */
  readonly #seen = new Set<string>();
  #desk: Promise<SamlDesk> | undefined;

  constructor(parts: SamlParts) {
    this.#load = async () => {
      const { SamlDesk } = await import('./samlDesk.ts');
      return new SamlDesk(parts);
    };
  }

  register(): vscode.Disposable {
    for (const document of vscode.workspace.textDocuments) this.#look(document);
    return vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.#look(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#look(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      { dispose: () => void this.#desk?.then((desk) => desk.dispose()) },
    );
  }

  async commands(): Promise<Readonly<Record<(typeof samlIds)[number], Command>>> {
    return (await this.#loaded()).commands;
  }

  async judge(document: JudgedDocument): Promise<Judged | undefined> {
    return (await this.#loaded()).judge.of(document);
  }

  #look(document: vscode.TextDocument): void {
    if (document.languageId !== 'xml' || passing.has(document.uri.scheme)) return;
    const key = document.uri.toString();
    if (isMetadata(document)) this.#seen.add(key);
    else if (!this.#seen.has(key) || !document.getText().includes('Descriptor')) return this.#forget(document);
    void this.#loaded().then((desk) => desk.soon(document));
  }

  #forget({ uri }: vscode.TextDocument): void {
    if (this.#seen.delete(uri.toString())) void this.#loaded().then((desk) => desk.forget(uri));
  }

  #loaded(): Promise<SamlDesk> {
    this.#desk ??= this.#load();
    return this.#desk;
  }
}

function isMetadata(document: vscode.TextDocument): boolean {
  const text = document.getText(asText);
  return looksLikeMetadata(text) || isPageInstead(document.uri.path, text);
}
