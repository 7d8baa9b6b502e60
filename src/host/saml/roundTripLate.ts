import * as vscode from 'vscode';
import type { RoundTripPanel, RoundTripParts } from './roundTripPanel.ts';

export const roundTripViewType = 'awsLabs.roundTrip';

/** The round trip's panel, loaded when it is first opened, or when a window comes back with it. */
export class LateRoundTrip implements vscode.WebviewPanelSerializer {
  readonly #load: () => Promise<RoundTripPanel>;
  #panel: Promise<RoundTripPanel> | undefined;

  constructor(parts: RoundTripParts) {
    this.#load = async () => new (await import('./roundTripPanel.ts')).RoundTripPanel(parts);
  }

  register(): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(roundTripViewType, this);
  }

  async show(): Promise<void> {
    (await this.#loaded()).show();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    (await this.#loaded()).adopt(panel);
  }

  #loaded(): Promise<RoundTripPanel> {
    this.#panel ??= this.#load();
    return this.#panel;
  }
}
