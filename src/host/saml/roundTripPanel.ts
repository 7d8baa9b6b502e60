// The panel of the round trip: one a window.
import * as vscode from 'vscode';
import type { Notice } from '../../protocol/message.ts';
import type { RoundTripRequest, RoundTripView } from '../../protocol/roundTrip.ts';
import { showPage } from '../showPage.ts';
import { takeOffer } from '../showNotice.ts';
import type { Targets } from '../targets.ts';
import { WebviewChannel } from '../webviewChannel.ts';
import { roundTripViewType } from './roundTripLate.ts';
import { RoundTripPage } from './roundTripPage.ts';
import { reachOf } from './roundTripReach.ts';

export interface RoundTripParts {
  readonly extension: vscode.Uri;
  readonly targets: Targets;
  copy(text: string): PromiseLike<void>;
  explain(error: unknown): Notice;
}

const title = 'SAML round trip';

export class RoundTripPanel {
  readonly #parts: RoundTripParts;
  #panel: vscode.WebviewPanel | undefined;

  constructor(parts: RoundTripParts) {
    this.#parts = parts;
  }

  show(): void {
    if (this.#panel) return this.#panel.reveal();
    const options = { enableFindWidget: true };
    this.adopt(vscode.window.createWebviewPanel(roundTripViewType, title, vscode.ViewColumn.Active, options));
  }

  /** A new one, or one that a reloaded window brings along. */
  adopt(panel: vscode.WebviewPanel): void {
    if (this.#panel) return panel.dispose();
    const { extension, targets, copy, explain } = this.#parts;
    const page = new RoundTripPage({ targets, copy, explain, openBrowser, takeOffer, outOfReach: reach });
    const channel = new WebviewChannel<RoundTripView, RoundTripRequest>(panel.webview, page, explain);
    page.changed = () => channel.changed();
    this.#panel = panel;
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.png');
    panel.onDidChangeViewState(() => page.setVisible(panel.visible));
    panel.onDidDispose(() => {
      channel.dispose();
      page.dispose();
      this.#panel = undefined;
    });
    showPage(panel.webview, extension, 'roundTrip', title);
    page.setVisible(panel.visible);
  }
}

const openBrowser = (url: string) => vscode.env.openExternal(vscode.Uri.parse(url, true));

async function reach(endpoint: string): Promise<string | undefined> {
  const address = vscode.Uri.parse(endpoint, true);
  // An editor that cannot tell does not forbid it.
  const external = await vscode.env.asExternalUri(address).then(undefined, () => address);
  const inBrowser = vscode.env.uiKind === vscode.UIKind.Web;
  return reachOf({ endpoint, external: external.toString(true), inBrowser });
}
