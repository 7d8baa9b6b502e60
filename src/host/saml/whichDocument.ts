// What a command about metadata is about: the document it is told, or the one in front.
import * as vscode from 'vscode';
import { Refusal } from '../explain.ts';
import { mostBytes, sizeSentence } from '../../saml/readBytes.ts';
import { scheme } from './samlTexts.ts';

export async function metadataDocument(which: unknown): Promise<vscode.TextDocument> {
  const uri = which instanceof vscode.Uri ? which : hiddenInFront();
  const document = uri ? await openDocument(uri) : vscode.window.activeTextEditor?.document;
  if (!document)
    throw new Refusal({
      what: 'No SAML metadata is open.',
      advice: 'Open a metadata file, then call the command again.',
    });
  return document.uri.scheme === scheme && document.uri.query !== ''
    ? openDocument(vscode.Uri.parse(document.uri.query, true))
    : document;
}

/** Files of more than 50 MB the editor shows, but does not hand to extensions. */
function hiddenInFront(): vscode.Uri | undefined {
  if (vscode.window.activeTextEditor) return undefined;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText ? input.uri : undefined;
}

/** Long files are refused before anything of them is read. */
export async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (open) return open;
  await refuseLong(uri);
  return vscode.workspace.openTextDocument(uri);
}

export async function refuseLong(uri: vscode.Uri): Promise<void> {
  if (uri.scheme === 'untitled') return;
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > mostBytes)
    throw new Refusal({ what: sizeSentence(size), advice: 'Take the one entity that you need out of it.' });
}
