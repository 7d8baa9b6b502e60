import * as vscode from 'vscode';
import type { Composer, ComposerDesk } from './composer.ts';
import type { Prefill } from './prefill.ts';

export const composeViewType = 'awsLabs.compose';

/** The composer, loaded when the first message is written, or when a window comes back with a form that was open. */
export class LateComposer implements vscode.WebviewPanelSerializer {
  readonly #load: () => Promise<Composer>;
  #composer: Promise<Composer> | undefined;

  constructor(extension: vscode.Uri, desk: ComposerDesk) {
    this.#load = async () => {
      const { Composer } = await import('./composer.ts');
      return new Composer(extension, desk);
    };
  }

  register(): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(composeViewType, this);
  }

  async open(prefill: Prefill): Promise<void> {
    await (await this.#loaded()).open(prefill);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    await (await this.#loaded()).deserializeWebviewPanel(panel, state);
  }

  #loaded(): Promise<Composer> {
    this.#composer ??= this.#load();
    return this.#composer;
  }
}
