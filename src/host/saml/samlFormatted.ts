// Metadata in lines, beside the file, which stays as it was signed. What is found in the file is marked in the view too.
import * as vscode from 'vscode';
import { Refusal } from '../explain.ts';
import { rangeThere } from './formatXml.ts';
import type { Judge } from './judge.ts';
import type { SamlDiagnostics } from './samlDiagnostics.ts';
import { scheme, type SamlTexts } from './samlTexts.ts';

const quietMs = 400;

export class SamlFormatted {
  readonly #judge: Judge;
  readonly #texts: SamlTexts;
  readonly #diagnostics: SamlDiagnostics;
  readonly #due = new Map<string, NodeJS.Timeout>();

  constructor(judge: Judge, texts: SamlTexts, diagnostics: SamlDiagnostics) {
    this.#judge = judge;
    this.#texts = texts;
    this.#diagnostics = diagnostics;
  }

  register(): vscode.Disposable {
    return new vscode.Disposable(() => this.#due.forEach((timer) => clearTimeout(timer)));
  }

  async show(source: vscode.TextDocument): Promise<void> {
    if (await this.#draw(source, addressOf(source.uri))) return;
    throw new Refusal({
      what: 'This is not well-formed XML, so there is nothing to bring into lines.',
      advice: 'The Problems view says where it breaks off.',
    });
  }

  /** An open view follows its file. */
  changed(source: vscode.Uri): void {
    const view = addressOf(source);
    if (!this.#texts.has(view)) return;
    const key = source.toString();
    clearTimeout(this.#due.get(key));
    this.#due.set(
      key,
      setTimeout(() => void this.#follow(source, view), quietMs),
    );
  }

  async #follow(source: vscode.Uri, view: vscode.Uri): Promise<void> {
    const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === source.toString());
    const formatted = document && (await this.#judge.format(document));
    if (formatted) this.#texts.put(view, formatted.text);
  }

  async #draw(source: vscode.TextDocument, view: vscode.Uri): Promise<boolean> {
    const formatted = await this.#judge.format(source);
    if (!formatted) return false;
    const document = await this.#texts.show(view, formatted.text);
    const findings = await this.#diagnostics.findings(source);
    if (findings) this.#diagnostics.put(document, findings, (range) => rangeThere(formatted.pieces, range));
    return true;
  }
}

function addressOf(source: vscode.Uri): vscode.Uri {
  const name =
    source.path
      .split('/')
      .at(-1)
      ?.replace(/\.xml$/i, '') ?? '';
  return vscode.Uri.from({
    scheme,
    path: `/formatted/${name || 'metadata'} (formatted).xml`,
    query: source.toString(),
  });
}
