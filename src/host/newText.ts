// In: a text that we made. Out: an editor with just this text, in a document that nobody has saved.
import * as vscode from 'vscode';

export interface NewText {
  readonly language?: string;
  readonly viewColumn?: vscode.ViewColumn;
  readonly preview?: boolean;
}

/**
 * The editor gives the name of a document that was closed unsaved to the next one, and with it, when it is quick, the closed one's text
 * instead of the new. So what is shown is compared, and mended.
 */
export async function showNewText(content: string, { language, ...shown }: NewText = {}): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ content, ...(language !== undefined && { language }) });
  const { document: there } = await vscode.window.showTextDocument(document, shown);
  if (sameText(there.getText(), content)) return there;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(there.uri, new vscode.Range(0, 0, Number.MAX_SAFE_INTEGER, 0), content);
  await vscode.workspace.applyEdit(edit);
  return there;
}

/** The editor keeps one kind of line end in a document. */
const sameText = (a: string, b: string): boolean => unix(a) === unix(b);
const unix = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
