import * as vscode from 'vscode';
import type { Notice } from '../protocol/message.ts';

/** Every command, by the name the manifest contributes it under. A test holds the two to each other. */
export const commandIds = [
  'awsLabs.openLab',
  'awsLabs.openLabSource',
  'awsLabs.refreshLabs',
  'awsLabs.runStep',
  'awsLabs.runToStep',
  'awsLabs.runAll',
  'awsLabs.checkStep',
  'awsLabs.undoStep',
  'awsLabs.stop',
  'awsLabs.resetLab',
  'awsLabs.cleanUp',
  'awsLabs.switchTarget',
  'awsLabs.switchRegion',
  'awsLabs.signIn',
  'awsLabs.useSandbox',
  'awsLabs.restartSandbox',
  'awsLabs.resetSandbox',
  'awsLabs.advanceClock',
  'awsLabs.showEnvironment',
  'awsLabs.openMailbox',
  'awsLabs.refreshMailbox',
  'awsLabs.showLog',
] as const;

export type CommandId = (typeof commandIds)[number];
export type Command = (...args: readonly unknown[]) => unknown;
export type CommandTable = Readonly<Record<CommandId, Command>>;

export interface CommandRim {
  explain(error: unknown): Notice;
  show(notice: Notice): void;
}

/** Registers the whole table. The one place where what a command throws becomes a sentence. */
export function registerCommands(table: CommandTable, { explain, show }: CommandRim): vscode.Disposable {
  const registered = commandIds.map((id) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        return await table[id](...args);
      } catch (error) {
        show(explain(error));
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
