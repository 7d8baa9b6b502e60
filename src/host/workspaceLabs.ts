import * as vscode from 'vscode';

const pattern = '**/labs/**/lab.md';
const quietMs = 400;

/** Lab files of the workspace's own. They are found in any workspace, and run only in a trusted one. */
export async function workspaceLabs(): Promise<readonly string[]> {
  const found = await vscode.workspace.findFiles(pattern, '**/{node_modules,dist,.git}/**', 200);
  return found.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
}

/** Calls `changed` when labs come, go or are saved, when folders do, and when the workspace becomes trusted. */
export function watchWorkspace(changed: () => void): vscode.Disposable {
  let due: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(due);
    due = setTimeout(changed, quietMs);
  };
  const files = vscode.workspace.createFileSystemWatcher(pattern);
  return vscode.Disposable.from(
    files,
    files.onDidCreate(soon),
    files.onDidChange(soon),
    files.onDidDelete(soon),
    vscode.workspace.onDidChangeWorkspaceFolders(soon),
    vscode.workspace.onDidGrantWorkspaceTrust(soon),
    { dispose: () => clearTimeout(due) },
  );
}
