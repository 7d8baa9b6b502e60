// Composition root of the extension. In: what the editor gives. Out: views, commands and a status item, all built here
// by hand. Never: reads a file, starts a process or loads an AWS client; each does that when it is first used.
import * as vscode from 'vscode';
import { actionIds, documentIds, samlCreateIds, samlIds } from './host/commandIds.ts';
import { registerCommands } from './host/commands.ts';
import { lateCommands } from './host/lateCommands.ts';
import { CredentialsDesk } from './host/credentialsDesk.ts';
import { LabCatalog } from './host/labCatalog.ts';
import { labCommands } from './host/labCommands.ts';
import { Desk } from './host/labDesk.ts';
import { LabDiagnostics } from './host/labDiagnostics.ts';
import { LateLabPanels } from './host/lateLabPanels.ts';
import { LabTree } from './host/labTree.ts';
import { logged } from './host/log.ts';
import { MailboxPage } from './host/mailboxView.ts';
import { QueueViewer } from './host/peek/queueViewer.ts';
import { peekCommands } from './host/peek/viewQueue.ts';
import { sandboxCommands } from './host/sandboxCommands.ts';
import { SandboxKeeper } from './host/sandboxKeeper.ts';
import { KeptNames } from './host/resources/keptNames.ts';
import { LabMarks } from './host/resources/labMarks.ts';
import { resourceCommands } from './host/resources/resourceCommands.ts';
import { JsonDocuments } from './host/resources/actions/jsonDocument.ts';
import { LateComposer } from './host/resources/lateComposer.ts';
import { DocumentFiles } from './host/resources/documentFiles.ts';
import { PolicyLanguage } from './host/resources/policyLanguage.ts';
import { ResourceTree } from './host/resources/resourceTree.ts';
import { LateRoundTrip } from './host/saml/roundTripLate.ts';
import { SamlRim } from './host/saml/samlRim.ts';
import { readSettings, sandboxDir } from './host/settings.ts';
import { showNotice } from './host/showNotice.ts';
import { createStatusBar } from './host/statusBar.ts';
import { registerSandboxTerminal, sandboxTerminal } from './host/terminalProfile.ts';
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
  const credentials = new CredentialsDesk(
    context.secrets,
    () => targets,
    (error) => desk.explain(error),
  );
  const targets = new Targets({ sandbox, memory: workspaceState, log, credentials, defaults: settings });

  const terminal = () => sandboxTerminal(sandbox, globalStorageUri.fsPath);

  // Labs: files -> catalog -> sessions -> tree and panels.
  const changed = (lab?: string) => {
    tree.changed(lab);
    if (lab === undefined) panels.changedAll();
    else panels.changed(lab, catalog.get(lab)?.title);
  };
  const catalog = new LabCatalog({ bundled: path('labs'), workspaceFiles: workspaceLabs, log });
  const desk = new Desk({ catalog, targets, log, dataDir, changed });
  const titled = async (title: string) => (await catalog.list()).find((entry) => entry.title === title)?.id;
  const panels = new LateLabPanels(extensionUri, desk, titled);
  const tree = new LabTree({ catalog, state: (entry) => desk.state(entry) });

  // Resources: an account -> groups, and what is in sight of them.
  const labTitle = async (lab: string) => (await catalog.list()).find(({ labId }) => labId === lab)?.title;
  const marks = new LabMarks({ dataDir, titleOf: labTitle });
  const names = new KeptNames(workspaceState, () => targets.current?.facts);
  const resources = new ResourceTree({ targets, marks, names, show: (notice) => void showNotice(notice) });

  // People: what they see and what they press.
  const explained = (error: unknown) => desk.explain(error);
  const mailbox = new MailboxPage(extensionUri, { targets, copy: (text) => desk.copy(text), explain: explained });
  const copy = (text: string) => desk.copy(text);
  const composer = new LateComposer(extensionUri, {
    targets,
    refresh: resources,
    memory: workspaceState,
    copy,
    explain: explained,
  });
  const queues = new QueueViewer(extensionUri, targets, {
    explain: explained,
    compose: (prefill) => composer.open(prefill),
  });
  const asJson = new JsonDocuments(targets);
  const acts = { targets, refresh: resources, selected: () => resources.selected[0]?.aim, copy };
  const files = new DocumentFiles(targets);
  const saml = new SamlRim({ extension: extensionUri, memory: workspaceState, worker: path('dist', 'samlWorker.js') });
  const roundTrip = new LateRoundTrip({ extension: extensionUri, targets, copy, explain: explained });
  const commands = {
    ...labCommands({ catalog, desk, panels, tree }),
    ...lateCommands(actionIds, async () =>
      (await import('./host/resources/actions/resourceActions.ts')).resourceActions(acts, composer, asJson),
    ),
    ...lateCommands(documentIds, async () =>
      (await import('./host/resources/documents.ts')).documentCommands(acts, files),
    ),
    ...lateCommands(samlIds, () => saml.commands()),
    ...lateCommands(samlCreateIds, async () =>
      (await import('./host/saml/create/createCommands.ts')).createCommands({
        ...acts,
        judge: (document) => saml.judge(document),
        tell: (error) => void showNotice(explained(error)),
        keep: (disposable) => subscriptions.push(disposable),
      }),
    ),
    ...resourceCommands({ targets, tree: resources, names }),
    ...peekCommands(targets, (queue) => queues.show(queue)),
    ...targetCommands(targets, credentials),
    ...sandboxCommands(sandbox, targets, () => desk.sandboxEmptied(), terminal),
    'awsLabs.samlRoundTrip': () => roundTrip.show(),
    'awsLabs.openMailbox': () => vscode.commands.executeCommand('awsLabs.mailbox.focus'),
    'awsLabs.refreshMailbox': () => mailbox.refresh(),
    'awsLabs.showLog': () => log.show(),
  };
  subscriptions.push(
    registerCommands(commands, { explain: explained, show: (notice) => void showNotice(notice) }),
    tree.register(),
    resources.register(),
    composer.register(),
    queues,
    asJson.register(),
    files.register(),
    new PolicyLanguage(files).register(),
    saml.register(),
    roundTrip.register(),
    panels.register(),
    vscode.window.registerWebviewViewProvider('awsLabs.mailbox', mailbox),
    createStatusBar(targets),
    registerSandboxTerminal(terminal),
    targets.moved.on(() => credentials.askAgain()),
    new LabDiagnostics(catalog),
    watchWorkspace(() => catalog.refresh()),
    { dispose: () => [mailbox, desk, targets, sandbox].forEach((each) => each.dispose()) },
  );
}
