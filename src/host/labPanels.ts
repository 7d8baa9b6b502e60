import * as vscode from 'vscode';
import type { LabRequest, LabView } from '../protocol/lab.ts';
import { handleLabRequest, labRequests, type LabDesk } from './labRequests.ts';
import { labView } from './labView.ts';
import { labViewType } from './lateLabPanels.ts';
import { LinkTable } from './webAddress.ts';
import { WebviewChannel } from './webviewChannel.ts';
import { showPage } from './showPage.ts';

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly channel: WebviewChannel<LabView, LabRequest>;
}

/** One panel a lab. Hidden panels are thrown away by the editor; coming back they ask for the whole view again. */
export class LabPanels {
  readonly #desk: LabDesk;
  readonly #extension: vscode.Uri;
  readonly #labTitled: (title: string) => Promise<string | undefined>;
  readonly #open = new Map<string, OpenPanel>();

  constructor(extension: vscode.Uri, desk: LabDesk, labTitled: (title: string) => Promise<string | undefined>) {
    this.#extension = extension;
    this.#desk = desk;
    this.#labTitled = labTitled;
  }

  /** The lab whose panel is in front. */
  get active(): string | undefined {
    return [...this.#open].find(([, { panel }]) => panel.active)?.[0];
  }

  show(lab: string, title: string, step?: string): void {
    const open = this.#open.get(lab) ?? this.#adopt(lab, this.#create(title));
    open.panel.reveal();
    if (step !== undefined) open.channel.reveal(step);
  }

  changed(lab: string, title?: string): void {
    const open = this.#open.get(lab);
    if (open === undefined) return;
    if (title !== undefined) open.panel.title = title;
    open.channel.changed();
  }

  changedAll(): void {
    for (const { channel } of this.#open.values()) channel.changed();
  }

  /** After a reload of the window: the page's own state says which lab it showed, or the title where that was not saved in time. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = typeof state === 'object' && state !== null && 'lab' in state ? state.lab : undefined;
    const lab = typeof saved === 'string' ? saved : await this.#labTitled(panel.title);
    if (lab === undefined || this.#open.has(lab)) return panel.dispose();
    this.#adopt(lab, panel);
  }

  #create(title: string): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(labViewType, title, vscode.ViewColumn.Active, { enableFindWidget: true });
  }

  #adopt(lab: string, panel: vscode.WebviewPanel): OpenPanel {
    const links = new LinkTable();
    const page = {
      requests: labRequests,
      view: () => labView(this.#desk.source(lab), links, lab),
      handle: (request: LabRequest) => handleLabRequest(request, lab, this.#desk, links, () => channel.changed()),
    };
    const channel = new WebviewChannel<LabView, LabRequest>(panel.webview, page, (error) => this.#desk.explain(error));
    panel.iconPath = vscode.Uri.joinPath(this.#extension, 'media', 'icon.png');
    panel.onDidDispose(() => {
      channel.dispose();
      this.#open.delete(lab);
    });
    const open = { panel, channel };
    this.#open.set(lab, open);
    showPage(panel.webview, this.#extension, 'lab', 'AWS lab');
    return open;
  }
}
