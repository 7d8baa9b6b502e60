// The report's panels: one a document, drawn again when it changes.
import * as vscode from 'vscode';
import type { Notice } from '../../protocol/message.ts';
import type { SamlReportRequest, SamlReportView } from '../../protocol/samlReport.ts';
import { explain, Refusal } from '../explain.ts';
import { showPage } from '../showPage.ts';
import { WebviewChannel, type Page } from '../webviewChannel.ts';
import type { Judge } from './judge.ts';
import { reportView, type ReportOf } from './reportView.ts';
import type { SamlProfile } from './samlProfile.ts';
import { openDocument } from './whichDocument.ts';

const quietMs = 300;

interface Open {
  readonly panel: vscode.WebviewPanel;
  readonly page: ReportPage;
}

export class SamlReport {
  readonly #extension: vscode.Uri;
  readonly #judge: Judge;
  readonly #profile: SamlProfile;
  #due: NodeJS.Timeout | undefined;
  readonly #open = new Map<string, Open>();

  constructor(extension: vscode.Uri, judge: Judge, profile: SamlProfile) {
    this.#extension = extension;
    this.#judge = judge;
    this.#profile = profile;
  }

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#profile.changed(() => this.#open.forEach(({ page }) => void page.read())),
      { dispose: () => this.#open.forEach(({ panel }) => panel.dispose()) },
    );
  }

  async show(document: vscode.TextDocument, before?: vscode.Uri): Promise<void> {
    const { page, panel } = this.#open.get(document.uri.toString()) ?? this.#create(document.uri);
    panel.reveal();
    if (before) await page.compare(before);
    else await page.read();
  }

  changed(uri: vscode.Uri): void {
    const open = this.#open.get(uri.toString());
    if (!open) return;
    clearTimeout(this.#due);
    this.#due = setTimeout(() => void open.page.read(), quietMs);
  }

  #create(uri: vscode.Uri): Open {
    const title = `SAML: ${uri.path.split('/').at(-1) ?? ''}`;
    const panel = vscode.window.createWebviewPanel('awsLabs.saml', title, vscode.ViewColumn.Beside);
    panel.iconPath = vscode.Uri.joinPath(this.#extension, 'media', 'icon.png');
    const page = new ReportPage(uri, this.#judge, this.#profile);
    const channel = new WebviewChannel<SamlReportView, SamlReportRequest>(panel.webview, page, (error) =>
      explain(error, false),
    );
    page.changed = () => channel.changed();
    this.#open.set(uri.toString(), { panel, page });
    panel.onDidDispose(() => {
      channel.dispose();
      this.#open.delete(uri.toString());
    });
    showPage(panel.webview, this.#extension, 'saml', title);
    return { panel, page };
  }
}

class ReportPage implements Page<SamlReportView, SamlReportRequest> {
  readonly requests = { ready: {}, goTo: { at: 'index' }, profile: {}, compare: {}, roundTrip: {} } as const;
  readonly #uri: vscode.Uri;
  readonly #judge: Judge;
  readonly #profile: SamlProfile;
  #before: ReportOf['before'];
  #view: SamlReportView | undefined;
  changed: () => void = () => undefined;

  constructor(uri: vscode.Uri, judge: Judge, profile: SamlProfile) {
    this.#uri = uri;
    this.#judge = judge;
    this.#profile = profile;
  }

  view(): SamlReportView {
    if (this.#view) return this.#view;
    throw new Error('The report was asked for before it was made.');
  }

  async read(): Promise<void> {
    const judged = await this.#judge.of(await openDocument(this.#uri));
    if (!judged) return;
    const { current: profile, label: profileLabel } = this.#profile;
    const file = nameOf(this.#uri);
    const before = this.#before;
    this.#view = reportView({ file, judged, profile, profileLabel, now: Date.now(), ...(before && { before }) });
    this.changed();
  }

  async compare(uri: vscode.Uri): Promise<void> {
    const judged = await this.#judge.of(await openDocument(uri));
    if (!judged?.description) throw new Refusal({ what: 'That file is no SAML metadata that can be compared.' });
    this.#before = { file: nameOf(uri), description: judged.description };
    await this.read();
  }

  async handle(request: SamlReportRequest): Promise<Notice | undefined> {
    if (request.kind === 'goTo') await this.#goTo(request.at);
    else if (request.kind === 'profile') await this.#profile.choose(undefined);
    else if (request.kind === 'compare') await this.#askOther();
    else if (request.kind === 'roundTrip') await vscode.commands.executeCommand('awsLabs.samlRoundTrip');
    else await this.read();
    return undefined;
  }

  async #askOther(): Promise<void> {
    const title = 'Compare with the metadata as it was before';
    const [file] = (await vscode.window.showOpenDialog({ title, filters: { Metadata: ['xml'], All: ['*'] } })) ?? [];
    if (file) await this.compare(file);
  }

  async #goTo(offset: number): Promise<void> {
    const document = await openDocument(this.#uri);
    const at = document.positionAt(offset);
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.One,
      selection: new vscode.Range(at, at),
    });
  }
}

const nameOf = (uri: vscode.Uri): string => vscode.workspace.asRelativePath(uri);
