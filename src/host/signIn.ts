import * as vscode from 'vscode';
import type { Targets } from './targets.ts';

/** Opens a terminal with the line that signs in, for the user to send; credentials are read anew afterwards. */
export function signIn(targets: Targets): void {
  const { choice } = targets;
  const profile =
    choice.kind === 'aws' && choice.profile !== undefined ? ` --profile '${choice.profile.replaceAll("'", '')}'` : '';
  const terminal = vscode.window.createTerminal({ name: 'AWS sign-in' });
  terminal.sendText(`aws sso login${profile}`, false);
  terminal.show();
  targets.reopen();
}
