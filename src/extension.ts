// Composition root of the extension. In: what the editor gives. Out: views, commands and a status item, all built here
// by hand. Never: reads a file, starts a process or loads an AWS client; each does that when it is first used.
import * as vscode from 'vscode';
import { registerCommands } from './host/commands.ts';
import { LabCatalog } from './host/labCatalog.ts';
import { labCommands } from './host/labCommands.ts';
import { Desk } from './host/labDesk.ts';
import { LabDiagnostics } from './host/labDiagnostics.ts';
import { LabPanels } from './host/labPanels.ts';
import { LabTree } from './host/labTree.ts';
import { logged } from './host/log.ts';
import { MailboxPage } from './host/mailboxView.ts';
import { sandboxCommands } from './host/sandboxCommands.ts';
import { SandboxKeeper } from './host/sandboxKeeper.ts';
import { readSettings, sandboxDir } from './host/settings.ts';
import { showNotice } from './host/showNotice.ts';
import { createStatusBar } from './host/statusBar.ts';
import { targetCommands } from './host/targetCommands.ts';
import { Targets } from './host/targets.ts';
import type { Notice } from './protocol/message.ts';
import { watchWorkspace, workspaceLabs } from './host/workspaceLabs.ts';

export function activate(context: vscode.ExtensionContext): { readonly activatedIn: number } {
  const began = performance.now();
  const log = vscode.window.createOutputChannel('AWS Labs', { log: true });
  context.subscriptions.push(log);
  try {
    compose(context, log);
  } catch (error) {
    log.error(logged(error));
    void vscode.window.showErrorMessage('AWS Labs could not start. Its log says why; please report it.');
    throw error;
  }
  const activatedIn = performance.now() - began;
  log.info(`activated in ${activatedIn.toFixed(1)} ms`);
  return { activatedIn };
}

function compose(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): void {
  const { extensionUri, globalStorageUri, subscriptions, workspaceState } = context;
  const path = (...parts: string[]) => vscode.Uri.joinPath(extensionUri, ...parts).fsPath;
  const settings = () => readSettings(globalStorageUri);
  const dataDir = () => settings().dataDir;

  // Calls: the sandbox, or an account -> one target for the whole window.
  const lost = (notice: Notice) => {
    targets.reopen();
    desk.tell(notice);
    void showNotice(notice);
  };
  const sandbox = new SandboxKeeper({
    script: path('dist', 'sandbox.js'),
    dataDir: () => sandboxDir(dataDir()),
    log,
    lost,
  });
  const targets = new Targets({ sandbox, memory: workspaceState, log, defaults: settings });

  // Labs: files -> catalog -> sessions -> tree and panels.
  const changed = (lab?: string) => {
    tree.changed(lab);
    if (lab === undefined) panels.changedAll();
    else panels.changed(lab, catalog.get(lab)?.title);
  };
  const catalog = new LabCatalog({ bundled: path('labs'), workspaceFiles: workspaceLabs, log });
  const desk = new Desk({ catalog, targets, log, dataDir, changed });
  const titled = async (title: string) => (await catalog.list()).find((entry) => entry.title === title)?.id;
  const panels = new LabPanels(extensionUri, desk, titled);
  const tree = new LabTree({ catalog, state: (entry) => desk.state(entry) });

  // People: what they see and what they press.
  const explained = (error: unknown) => desk.explain(error);
  const mailbox = new MailboxPage(extensionUri, { targets, copy: (text) => desk.copy(text), explain: explained });
  const commands = {
    ...labCommands({ catalog, desk, panels, tree }),
    ...targetCommands(targets),
    ...sandboxCommands(sandbox, targets, () => desk.sandboxEmptied()),
    'awsLabs.openMailbox': () => vscode.commands.executeCommand('awsLabs.mailbox.focus'),
    'awsLabs.refreshMailbox': () => mailbox.refresh(),
    'awsLabs.showLog': () => log.show(),
  };
  subscriptions.push(
    registerCommands(commands, { explain: explained, show: (notice) => void showNotice(notice) }),
    tree.register(),
    panels.register(),
    vscode.window.registerWebviewViewProvider('awsLabs.mailbox', mailbox),
    createStatusBar(targets),
    new LabDiagnostics(catalog),
    watchWorkspace(() => catalog.refresh()),
    { dispose: () => [mailbox, desk, targets, sandbox].forEach((each) => each.dispose()) },
  );
}
