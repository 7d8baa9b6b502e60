// The sandbox of the window that a suite runs in, reached as the terminal reaches it that the extension opens on it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openTarget } from '../../src/aws/openTarget.ts';
import type { Target } from '../../src/aws/target.ts';

const clock = {
  now: () => Date.now(),
  sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
};

/** Starts it where it does not run yet. */
export async function suiteSandbox(): Promise<Target> {
  const extension = vscode.extensions.getExtension<unknown>('aws-learning-labs.aws-learning-labs');
  assert.ok(extension);
  await extension.activate();
  await vscode.commands.executeCommand('awsLabs.useSandbox');
  const env = await terminalEnvironment();
  const text = (name: string): string => String(env[name] ?? '');
  const credentials = { accessKeyId: text('AWS_ACCESS_KEY_ID'), secretAccessKey: text('AWS_SECRET_ACCESS_KEY') };
  const place = { endpoint: text('AWS_ENDPOINT_URL'), region: text('AWS_REGION') || text('AWS_DEFAULT_REGION') };
  return openTarget({ kind: 'sandbox', ...place, credentials }, clock);
}

async function terminalEnvironment(): Promise<Readonly<Record<string, string | null | undefined>>> {
  const shown = vscode.commands.executeCommand('awsLabs.showEnvironment');
  for (let tries = 0; tries < 200; tries++) {
    const terminal = vscode.window.terminals.find(
      ({ creationOptions }) => 'env' in creationOptions && creationOptions.env?.['AWS_ENDPOINT_URL'],
    );
    if (terminal && 'env' in terminal.creationOptions) {
      await shown;
      terminal.dispose();
      return terminal.creationOptions.env ?? {};
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }
  throw new Error('No terminal on the sandbox came.');
}
