import * as vscode from 'vscode';
import type { Notice, OfferId } from '../protocol/message.ts';
import { offer } from './explain.ts';
import { plainMessage } from './plainMessage.ts';

/** What each offer does: the panel's buttons and the editor's own messages take the same way. */
export const offerCommands: Readonly<Record<OfferId, string>> = {
  showLog: 'awsLabs.showLog',
  switchTarget: 'awsLabs.switchTarget',
  switchRegion: 'awsLabs.switchRegion',
  signIn: 'awsLabs.signIn',
  pasteCredentials: 'awsLabs.pasteCredentials',
  restartSandbox: 'awsLabs.restartSandbox',
  openMailbox: 'awsLabs.openMailbox',
  manageTrust: 'workbench.trust.manage',
  openSource: 'awsLabs.openLabSource',
  useSandbox: 'awsLabs.useSandbox',
  continueHere: 'awsLabs.openLab',
};

export async function takeOffer(id: OfferId): Promise<void> {
  await vscode.commands.executeCommand(offerCommands[id]);
}

const shows = {
  error: vscode.window.showErrorMessage,
  warning: vscode.window.showWarningMessage,
  info: vscode.window.showInformationMessage,
};

/** A notice as the editor's own message. An error always offers the log. */
export async function showNotice(notice: Notice): Promise<void> {
  const listed = notice.offers.some(({ id }) => id === 'showLog') || notice.severity !== 'error';
  const choices = listed ? notice.offers : [...notice.offers, offer('showLog')];
  const text = plainMessage([notice.what, notice.advice ?? ''].join(' ').replaceAll('`', '').trim());
  const chosen = await shows[notice.severity](text, ...choices.map(({ label }) => label));
  const picked = choices.find(({ label }) => label === chosen);
  if (picked) await takeOffer(picked.id);
}
