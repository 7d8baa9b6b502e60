// Composition of what the editor does with SAML: built when the first metadata is opened or the first command is called.
import * as vscode from 'vscode';
import type { samlIds } from '../commandIds.ts';
import type { Command } from '../commands.ts';
import { Judge } from './judge.ts';
import { OtherThread } from './otherThread.ts';
import { registerActions } from './samlActions.ts';
import { SamlDecode } from './samlDecode.ts';
import { extractCertificate } from './samlCertificate.ts';
import { SamlDiagnostics } from './samlDiagnostics.ts';
import { SamlFormatted } from './samlFormatted.ts';
import { registerLanguage } from './samlLanguage.ts';
import { SamlProfile } from './samlProfile.ts';
import { SamlReport } from './samlReport.ts';
import { SamlTexts } from './samlTexts.ts';
import type { SamlParts } from './samlRim.ts';
import { metadataDocument } from './whichDocument.ts';

export class SamlDesk {
  readonly commands: Readonly<Record<(typeof samlIds)[number], Command>>;
  readonly judge: Judge;
  readonly #diagnostics: SamlDiagnostics;
  readonly #formatted: SamlFormatted;
  readonly #profile: SamlProfile;
  readonly #report: SamlReport;
  readonly #all: vscode.Disposable;

  constructor({ extension, memory, worker }: SamlParts) {
    const thread = new OtherThread(worker);
    const judge = new Judge(thread, Date.now);
    const profile = new SamlProfile(memory);
    const texts = new SamlTexts();
    const diagnostics = new SamlDiagnostics(judge, profile);
    const formatted = new SamlFormatted(judge, texts, diagnostics);
    const report = new SamlReport(extension, judge, profile);
    const decode = new SamlDecode(texts, diagnostics);
    this.judge = judge;
    this.#diagnostics = diagnostics;
    this.#formatted = formatted;
    this.#profile = profile;
    this.#report = report;
    this.commands = {
      'awsLabs.samlProfile': (wanted) => profile.choose(wanted),
      'awsLabs.samlFormatted': async (which) => formatted.show(await metadataDocument(which)),
      'awsLabs.samlExtractCertificate': async (which) => extractCertificate(judge, await metadataDocument(which)),
      'awsLabs.samlReport': async (which, before) =>
        report.show(await metadataDocument(which), before instanceof vscode.Uri ? before : undefined),
      'awsLabs.samlDecode': (given) => decode.run(given),
    };
    this.#all = vscode.Disposable.from(
      texts.register(),
      texts.onDidClose((uri) => diagnostics.clear(uri)),
      diagnostics.register(),
      formatted.register(),
      report.register(),
      profile.register((document) => diagnostics.has(document)),
      registerLanguage(judge, diagnostics),
      registerActions(diagnostics),
      { dispose: () => thread.dispose() },
    );
  }

  soon(document: vscode.TextDocument): void {
    this.#diagnostics.soon(document);
    this.#formatted.changed(document);
    this.#report.changed(document.uri);
    this.#profile.draw();
  }

  forget(uri: vscode.Uri): void {
    this.#diagnostics.forget(uri);
    this.#profile.draw();
  }

  dispose(): void {
    this.#all.dispose();
  }
}
