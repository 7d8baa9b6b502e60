// Squiggles for metadata: of the newest text only, and of the profile that is chosen.
import * as vscode from 'vscode';
import { findingsFor, type Finding } from '../../saml/finding.ts';
import type { Range } from '../../saml/xml/document.ts';
import { longText, type Judge } from './judge.ts';
import type { SamlProfile } from './samlProfile.ts';

/** Judging 70 KB takes some 10 ms, and typing goes on meanwhile elsewhere: the words are marked while the finger is still down. */
const quietMs = 15;
/** Long files are handed over whole each time. */
const longQuietMs = 150;

export class SamlDiagnostics {
  readonly #judge: Judge;
  readonly #profile: SamlProfile;
  readonly #collection = vscode.languages.createDiagnosticCollection('aws-labs-saml');
  readonly #due = new Map<string, NodeJS.Timeout>();
  readonly #documents = new Map<string, vscode.TextDocument>();

  constructor(judge: Judge, profile: SamlProfile) {
    this.#judge = judge;
    this.#profile = profile;
  }

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#collection,
      this.#profile.changed(() => this.#documents.forEach((document) => void this.#show(document))),
      { dispose: () => this.#due.forEach((timer) => clearTimeout(timer)) },
    );
  }

  /** Whether it is metadata, as far as is known. */
  has({ uri }: vscode.TextDocument): boolean {
    return this.#documents.has(uri.toString());
  }

  get open(): readonly vscode.TextDocument[] {
    return [...this.#documents.values()];
  }

  soon(document: vscode.TextDocument): void {
    if (document.isClosed) return;
    const key = document.uri.toString();
    const first = !this.#documents.has(key);
    this.#documents.set(key, document);
    clearTimeout(this.#due.get(key));
    this.#due.set(
      key,
      setTimeout(() => void this.#show(document), first ? 0 : quietFor(document)),
    );
  }

  forget(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.#due.get(key));
    this.#due.delete(key);
    this.#documents.delete(key);
    this.#collection.delete(uri);
  }

  /** For documents of ours, whose findings were found in another text. */
  put(document: vscode.TextDocument, findings: readonly Finding[], rangeOf: (range: Range) => Range): void {
    const moved = findings.map((finding) => ({ ...finding, range: rangeOf(finding.range) }));
    this.#collection.set(
      document.uri,
      moved.map((finding) => toDiagnostic(finding, document)),
    );
  }

  clear(uri: vscode.Uri): void {
    this.#collection.delete(uri);
  }

  /** Of the profile that is chosen. */
  async findings(document: vscode.TextDocument): Promise<readonly Finding[] | undefined> {
    const judged = await this.#judge.of(document);
    return judged && findingsFor(judged.findings, this.#profile.current);
  }

  async #show(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const findings = await this.findings(document);
    // A new document may have the address of one that was closed.
    const same = this.#documents.get(document.uri.toString()) === document;
    if (!findings || !same || document.isClosed || document.version !== version) return;
    this.put(document, findings, (range) => range);
  }
}

const quietFor = (document: vscode.TextDocument): number =>
  document.offsetAt(new vscode.Position(document.lineCount, 0)) < longText ? quietMs : longQuietMs;

const levels = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

export function toDiagnostic(finding: Finding, document: vscode.TextDocument): vscode.Diagnostic {
  const { message, why, awsMessage, severity, rule } = finding;
  const answer = awsMessage === undefined ? [] : [`AWS answers: ${awsMessage}`];
  const text = [message, why, ...answer].join('\n');
  const diagnostic = new vscode.Diagnostic(shown(rangeIn(finding.range, document), document), text, levels[severity]);
  diagnostic.source = 'AWS Labs';
  diagnostic.code = rule;
  return diagnostic;
}

export const rangeIn = ({ start, end }: Range, document: vscode.TextDocument): vscode.Range =>
  new vscode.Range(document.positionAt(start), document.positionAt(end));

/** Of what spans lines the first; of a place between two characters the one behind it. */
function shown(range: vscode.Range, document: vscode.TextDocument): vscode.Range {
  const { start } = range;
  if (!range.isSingleLine) return new vscode.Range(start, document.lineAt(start.line).range.end);
  return range.isEmpty ? new vscode.Range(start, start.translate(0, 1)) : range;
}
