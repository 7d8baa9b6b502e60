import * as vscode from 'vscode';
import { webviewHtml } from './webviewHtml.ts';

/** Puts one of our pages into a webview, which may load our built files and nothing else. */
export function showPage(
  webview: vscode.Webview,
  extension: vscode.Uri,
  page: 'lab' | 'mailbox' | 'compose' | 'peek' | 'saml' | 'roundTrip',
  title: string,
): void {
  const built = vscode.Uri.joinPath(extension, 'dist', 'webview');
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(built, file)).toString();
  webview.options = { enableScripts: true, enableForms: true, enableCommandUris: false, localResourceRoots: [built] };
  webview.html = webviewHtml({
    title,
    script: address(`${page}.js`),
    style: address(`${page}.css`),
    cspSource: webview.cspSource,
  });
}
