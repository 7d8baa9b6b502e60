import * as vscode from 'vscode';
import { askWhetherSure } from './dialogs.ts';
import { environmentLines, environmentOf } from './environment.ts';
import { Answers } from './resources/actions/answers.ts';
import type { SandboxKeeper } from './sandboxKeeper.ts';
import type { Targets } from './targets.ts';
import type { OpenTerminal } from './terminalProfile.ts';

/** What a person can do with the sandbox itself. Called with answers, they ask nothing: `{ confirm: true }`, `{ by: '30s' }`, `{ use: 'sh' }`. */
export function sandboxCommands(
  sandbox: SandboxKeeper,
  targets: Targets,
  emptied: () => Promise<void>,
  openTerminal: OpenTerminal,
) {
  return {
    async 'awsLabs.restartSandbox'(): Promise<void> {
      await sandbox.restart();
      targets.reopen();
      void vscode.window.showInformationMessage('The sandbox runs again, with its state.');
      if (targets.choice.kind === 'sandbox') await targets.open();
    },
    async 'awsLabs.resetSandbox'(first?: unknown, second?: unknown): Promise<void> {
      const question = 'Empty the sandbox? Everything in it is gone, in all windows, and its labs start afresh.';
      const agreed = new Answers(first, second).given('confirm') === true;
      if (!agreed && !(await askWhetherSure(question, 'Empty it'))) return;
      await sandbox.post('reset');
      await emptied();
      void vscode.window.showInformationMessage('The sandbox is empty.');
    },
    async 'awsLabs.advanceClock'(first?: unknown, second?: unknown): Promise<void> {
      const advance = await new Answers(first, second).text('by', {
        title: "Advance the sandbox's clock",
        value: '30s',
        prompt: 'A number and a unit: s, m, h or d. Retention, visibility and delays follow.',
        mistake: (text) => (/^\d+(\.\d+)?(ms|s|m|h|d)$/.test(text) ? undefined : 'Such as 30s, 5m, 2h or 1d.'),
      });
      if (advance === undefined) return;
      await sandbox.post('clock', { advance });
      void vscode.window.showInformationMessage(`The sandbox's clock was moved on by ${advance}.`);
    },
    async 'awsLabs.showEnvironment'(first?: unknown, second?: unknown): Promise<void> {
      const connection = await sandbox.connect();
      const title = `The AWS CLI, boto3 and any SDK can use the sandbox at ${connection.endpoint}`;
      const use = await new Answers(first, second).choice('use', uses, { title });
      if (use === 'terminal') vscode.window.createTerminal(await openTerminal()).show();
      else if (use !== undefined)
        await vscode.env.clipboard.writeText(environmentLines(environmentOf(connection), use));
    },
  };
}

const uses = [
  { label: '$(terminal) Open a terminal that uses the sandbox', value: 'terminal' },
  { label: '$(copy) Copy for sh, bash and zsh', value: 'sh' },
  { label: '$(copy) Copy for PowerShell', value: 'powershell' },
] as const;
