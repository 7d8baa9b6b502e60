import * as vscode from 'vscode';
import { plainMessage } from './plainMessage.ts';
import type { Confirmation } from '../lab/runOptions.ts';

/** The engine's question as the editor's modal one. Closing it is no. */
export async function askToConfirm({ text, resources, choices }: Confirmation): Promise<string | undefined> {
  const detail = resources.map(({ kind, name, arn }) => [kind, name, arn].filter(Boolean).join(' ')).join('\n');
  const offered = choices.filter(({ id }) => id !== 'no');
  const chosen = await vscode.window.showInformationMessage(
    plainMessage(text),
    { modal: true, detail: plainMessage(detail) },
    ...offered.map(({ label }) => label),
  );
  return offered.find(({ label }) => label === chosen)?.id;
}

export async function askWhetherSure(question: string, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(plainMessage(question), { modal: true }, yes)) === yes;
}

/** Of this machine: a remote file system's files have no path that the engine could read. */
export async function askForFile(label: string): Promise<string | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ title: label, openLabel: 'Choose', canSelectMany: false })) ?? [];
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}
