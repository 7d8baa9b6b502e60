import * as vscode from 'vscode';
import type { QueueRef } from '../../peek/queueFacts.ts';
import type { Notice } from '../../protocol/message.ts';
import { showNewText } from '../newText.ts';
import { plainMessage } from '../plainMessage.ts';
import { takeOffer } from '../showNotice.ts';
import type { PeekDesk } from './peekDesk.ts';

export interface EditorDeskRim {
  explain(error: unknown): Notice;
  view(queue: QueueRef): void;
  compose: PeekDesk['compose'];
}

/** The editor's dialogs, clipboard and files for the viewer. */
export function editorDesk({ explain, view, compose }: EditorDeskRim): PeekDesk {
  return {
    clock: realClock,
    explain,
    view,
    compose,
    takeOffer,
    copy: (text) => vscode.env.clipboard.writeText(text),
    async confirm(question, detail, yes) {
      const options = { modal: true, detail: plainMessage(detail) };
      return (await vscode.window.showWarningMessage(plainMessage(question), options, yes)) === yes;
    },
    async typeName(question, name) {
      const typed = await vscode.window.showInputBox({
        title: question,
        prompt: `This is a real account. Type ${name} to go on.`,
        ignoreFocusOut: true,
        validateInput: (value) => (value === '' || name.startsWith(value) ? undefined : `Type ${name}.`),
      });
      return typed === name;
    },
    pick: async (title, labels) => vscode.window.showQuickPick(labels, { title }),
    save,
    async showText(content, language) {
      await showNewText(content, { language, preview: true });
    },
  };
}

const realClock: PeekDesk['clock'] = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return { cancel: () => clearTimeout(timer) };
  },
};

async function save(name: string, pieces: Iterable<string>): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const to = await vscode.window.showSaveDialog({
    title: 'Save messages',
    filters: { 'One JSON object a line': ['ndjson', 'jsonl'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (to === undefined) return undefined;
  await vscode.workspace.fs.writeFile(to, Buffer.concat([...pieces].map((piece) => Buffer.from(piece))));
  return to.path.split('/').at(-1);
}
