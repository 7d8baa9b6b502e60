import * as vscode from 'vscode';
import { askWhetherSure } from './dialogs.ts';
import { environmentLines, environmentOf } from './environment.ts';
import type { SandboxKeeper } from './sandboxKeeper.ts';
import type { Targets } from './targets.ts';

/** What a person can do with the sandbox itself. */
export function sandboxCommands(sandbox: SandboxKeeper, targets: Targets, emptied: () => Promise<void>) {
  return {
    async 'awsLabs.restartSandbox'(): Promise<void> {
      await sandbox.restart();
      targets.reopen();
      void vscode.window.showInformationMessage('The sandbox runs again, with its state.');
      if (targets.choice.kind === 'sandbox') await targets.open();
    },
    async 'awsLabs.resetSandbox'(): Promise<void> {
      const question = 'Empty the sandbox? Everything in it is gone, in all windows, and its labs start afresh.';
      if (!(await askWhetherSure(question, 'Empty it'))) return;
      await sandbox.post('reset');
      await emptied();
      void vscode.window.showInformationMessage('The sandbox is empty.');
    },
    async 'awsLabs.advanceClock'(): Promise<void> {
      const advance = await vscode.window.showInputBox({
        title: "Advance the sandbox's clock",
        value: '30s',
        prompt: 'A number and a unit: s, m, h or d. Retention, visibility and delays follow.',
        validateInput: (text) => (/^\d+(\.\d+)?(ms|s|m|h|d)$/.test(text) ? undefined : 'Such as 30s, 5m, 2h or 1d'),
      });
      if (advance === undefined) return;
      await sandbox.post('clock', { advance });
      void vscode.window.showInformationMessage(`The sandbox's clock was moved on by ${advance}.`);
    },
    async 'awsLabs.showEnvironment'(): Promise<void> {
      const connection = await sandbox.connect();
      const terminal = { label: '$(terminal) Open a terminal that uses the sandbox' };
      const copies = [
        { label: '$(copy) Copy for sh, bash and zsh', shell: 'sh' as const },
        { label: '$(copy) Copy for PowerShell', shell: 'powershell' as const },
      ];
      const title = `The AWS CLI, boto3 and any SDK can use the sandbox at ${connection.endpoint}`;
      const picked = await vscode.window.showQuickPick([terminal, ...copies], { title });
      if (picked === terminal)
        vscode.window.createTerminal({ name: 'AWS sandbox', env: environmentOf(connection) }).show();
      const copy = copies.find((each) => each === picked);
      if (copy) await vscode.env.clipboard.writeText(environmentLines(environmentOf(connection), copy.shell));
    },
  };
}
