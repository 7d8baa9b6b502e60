// Quick fixes for metadata.
import * as vscode from 'vscode';
import { mendsAt, type Mend } from './fixes.ts';
import { rangeIn, toDiagnostic, type SamlDiagnostics } from './samlDiagnostics.ts';

/** Not contributed: only the quick fix calls it. */
const withoutMark = 'awsLabs.internal.samlWithoutByteOrderMark';

export function registerActions(known: SamlDiagnostics): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider(
      { language: 'xml' },
      { provideCodeActions: (document, range) => actionsAt(document, range, known) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    vscode.commands.registerCommand(withoutMark, async (uri: unknown) => {
      if (!(uri instanceof vscode.Uri)) return;
      await takeMarkAway(uri);
      const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
      if (document && known.has(document)) known.soon(document);
    }),
  );
}

async function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  known: SamlDiagnostics,
): Promise<vscode.CodeAction[] | undefined> {
  if (!known.has(document)) return undefined;
  const findings = await known.findings(document);
  const place = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
  return findings && mendsAt(findings, place).map((mend) => toAction(mend, document));
}

function toAction(mend: Mend, document: vscode.TextDocument): vscode.CodeAction {
  const action = new vscode.CodeAction(mend.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = mend.mends.map((finding) => toDiagnostic(finding, document));
  action.isPreferred = mend.single;
  if (mend.edits.length === 0) {
    action.command = { command: withoutMark, title: mend.title, arguments: [document.uri] };
    return action;
  }
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of mend.edits) action.edit.replace(document.uri, rangeIn(edit, document), edit.text);
  return action;
}

/** The editor does not show the mark, and keeps it when it saves: so the file itself is written. */
async function takeMarkAway(uri: vscode.Uri): Promise<void> {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (document?.isDirty && !(await document.save())) return;
  const bytes = await vscode.workspace.fs.readFile(uri);
  if (bytes[0] !== 0xef || bytes[1] !== 0xbb || bytes[2] !== 0xbf) return;
  await vscode.workspace.fs.writeFile(uri, bytes.subarray(3));
  if (document) await vscode.workspace.openTextDocument(uri, { encoding: 'utf8' });
}
