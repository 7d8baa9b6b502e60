import * as vscode from 'vscode';
import type { Notice } from '../protocol/message.ts';
import { commandIds, type CommandId } from './commandIds.ts';

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
