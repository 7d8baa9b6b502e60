import { join } from 'node:path';
import * as vscode from 'vscode';
import { terminalEnvironment } from './environment.ts';
import type { SandboxKeeper } from './sandboxKeeper.ts';
import { writeShim } from './terminalShim.ts';

const name = 'AWS Labs sandbox';

export type OpenTerminal = () => Promise<vscode.TerminalOptions>;

/** A terminal whose AWS clients all talk to the sandbox, and know no account of the user's. */
export async function sandboxTerminal(sandbox: SandboxKeeper, storage: string): Promise<vscode.TerminalOptions> {
  const connection = await sandbox.connect();
  const env = terminalEnvironment(connection, writeShim(join(storage, 'terminal')), process.env);
  const where = `\u001B[2mAWS clients here use the sandbox at ${connection.endpoint}: no account, no cost.\u001B[0m`;
  return { name, iconPath: new vscode.ThemeIcon('beaker'), env, message: where };
}

export function registerSandboxTerminal(options: OpenTerminal): vscode.Disposable {
  let asked = false;
  return vscode.Disposable.from(
    vscode.window.registerTerminalProfileProvider('awsLabs.sandboxTerminal', {
      async provideTerminalProfile() {
        const profile = new vscode.TerminalProfile(await options());
        asked = true;
        return profile;
      },
    }),
    // The editor leaves the first terminal of a window out of sight when its profile took a while to come.
    vscode.window.onDidOpenTerminal((terminal) => {
      if (asked && terminal.creationOptions.name === name) terminal.show();
      asked &&= terminal.creationOptions.name !== name;
    }),
  );
}
