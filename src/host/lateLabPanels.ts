import * as vscode from 'vscode';
import type { LabPanels } from './labPanels.ts';
import type { LabDesk } from './labRequests.ts';

export const labViewType = 'awsLabs.lab';

/** The labs' panels, loaded when the first lab is opened, or when a window comes back with one that was. */
export class LateLabPanels implements vscode.WebviewPanelSerializer {
  readonly #load: () => Promise<LabPanels>;
  #loading: Promise<LabPanels> | undefined;
  #panels: LabPanels | undefined;

  constructor(extension: vscode.Uri, desk: LabDesk, labTitled: (title: string) => Promise<string | undefined>) {
    this.#load = async () => {
      const { LabPanels } = await import('./labPanels.ts');
      return (this.#panels = new LabPanels(extension, desk, labTitled));
    };
  }

  register(): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(labViewType, this);
  }

  /** The lab whose panel is in front. */
  get active(): string | undefined {
    return this.#panels?.active;
  }

  async show(lab: string, title: string, step?: string): Promise<void> {
    (await this.#loaded()).show(lab, title, step);
  }

  changed(lab: string, title?: string): void {
    this.#panels?.changed(lab, title);
  }

  changedAll(): void {
    this.#panels?.changedAll();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    await (await this.#loaded()).deserializeWebviewPanel(panel, state);
  }

  #loaded(): Promise<LabPanels> {
    this.#loading ??= this.#load();
    return this.#loading;
  }
}
