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
    const document = await this.#draw(source);
    if (!document)
      throw new Refusal({
        what: 'This is not well-formed XML, so there is nothing to bring into lines.',
        advice: 'The Problems view says where it breaks off.',
      });
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** An open view follows its file. */
  changed(source: vscode.TextDocument): void {
    if (!this.#texts.has(addressOf(source.uri))) return;
    const key = source.uri.toString();
    clearTimeout(this.#due.get(key));
    this.#due.set(
      key,
      // What could not be drawn again stays as it was; the file's own findings say why.
      setTimeout(() => void this.#draw(source).catch(() => undefined), quietMs),
    );
  }

  /** undefined: it is no XML. */
  async #draw(source: vscode.TextDocument): Promise<vscode.TextDocument | undefined> {
    const formatted = await this.#judge.format(source);
    if (!formatted) return undefined;
    const document = await this.#texts.put(addressOf(source.uri), formatted.text);
    const findings = await this.#diagnostics.findings(source);
    if (findings) this.#diagnostics.put(document, findings, (range) => rangeThere(formatted.pieces, range));
    return document;
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
