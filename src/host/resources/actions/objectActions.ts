import * as vscode from 'vscode';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { getFile, getFolder, makeFolder, mistakeInKey, type Downloaded } from '../../../aws/actions/objects.ts';
import { safePart } from '../../../aws/actions/safePath.ts';
import { isRealAccount } from '../../../aws/realAccount.ts';
import type { Found } from '../../../aws/resources/kind.ts';
import type { Target } from '../../../aws/target.ts';
import { Refusal } from '../../explain.ts';
import { showNewText } from '../../newText.ts';
import { plainMessage } from '../../plainMessage.ts';
import type { Aim } from '../aim.ts';
import { keyText } from '../keyText.ts';
import { pickAim } from '../pickAim.ts';
import { megabytes, uploadFiles } from '../uploadFiles.ts';
import { aimOf, pinned, withCancel, type Act, type ActionRim } from './actionRim.ts';
import { Answers, say } from './answers.ts';
import { pickObject } from './pickObject.ts';

type Place = { readonly bucket: Found; readonly prefix: string; readonly aim: Aim };

export function objectActions(rim: ActionRim) {
  return { 'awsLabs.upload': upload(rim), 'awsLabs.download': download(rim), 'awsLabs.newFolder': newFolder(rim) };
}

/** A bucket or one of its folders; of an object, the folder it is in. */
async function placeOf(rim: ActionRim, target: Target, row: unknown, title: string): Promise<Place | undefined> {
  const aim = (await aimOf(rim, target, row)) ?? (await pickAim(pinned(target), ['bucket'], title));
  if (aim === undefined) return undefined;
  if (aim.kind === 'folder') return { bucket: aim.bucket, prefix: aim.key, aim };
  if (aim.kind === 'object') return { bucket: aim.bucket, prefix: aim.key.replace(/[^/]*$/, ''), aim };
  if (aim.kind === 'resource' && aim.found.kind === 'bucket') return { bucket: aim.found, prefix: '', aim };
  throw new Refusal({ what: 'This is for a bucket or a folder in one.', advice: 'Choose one.' });
}

/** `{ files: ["/path"], replace: true }`. Answers with the keys. */
function upload(rim: ActionRim): Act {
  return async (row, second) => {
    const target = await rim.targets.open();
    const place = await placeOf(rim, target, row, 'Upload to which bucket?');
    if (place === undefined) return undefined;
    const answers = new Answers(row, second);
    const given = answers.given('files');
    const files = Array.isArray(given) ? given.map(String) : await askFiles(place);
    if (files === undefined) return undefined;
    const { bucket, prefix, aim } = place;
    try {
      // On a real account a person says so, whatever the call brought with it.
      const replace = answers.given('replace') === true && !isRealAccount(target);
      const upload = { bucket, prefix, paths: files, replace };
      const keys = await uploadFiles(target, upload);
      if (keys) say(`${keys.length} ${keys.length === 1 ? 'file was' : 'files were'} uploaded to ${bucket.name}.`);
      return keys;
    } finally {
      rim.refresh.refresh(aim);
    }
  };
}

async function askFiles({ bucket, prefix }: Place): Promise<readonly string[] | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: `Upload to ${bucket.name}/${keyText(prefix)}`,
    openLabel: 'Upload',
    canSelectMany: true,
  });
  return picked?.map(({ fsPath }) => fsPath);
}

/** `{ file }` for one object, `{ folder }` for a folder or bucket: a new folder is made in it. Answers with where it is. */
function download(rim: ActionRim): Act {
  return async (row, second) => {
    const target = await rim.targets.open();
    const answers = new Answers(row, second);
    const aim = (await aimOf(rim, target, row)) ?? (await pickObject(target, 'Download'));
    if (aim === undefined) return undefined;
    if (aim.kind === 'object') return downloadOne(target, aim.bucket, aim.key, answers);
    if (aim.kind === 'folder') return downloadAll(target, aim.bucket, aim.key, answers);
    if (aim.kind === 'resource' && aim.found.kind === 'bucket') return downloadAll(target, aim.found, '', answers);
    throw new Refusal({ what: 'Only objects, folders and buckets can be downloaded.', advice: 'Choose one.' });
  };
}

async function downloadOne(target: Target, bucket: Found, key: string, answers: Answers): Promise<string | undefined> {
  const given = answers.given('file');
  const last = key.split('/').findLast((part) => part !== '') ?? '';
  const name = safePart(last);
  const file = typeof given === 'string' ? given : await askFile(name);
  if (file === undefined) return undefined;
  await withCancel(`Downloading ${keyText(last)}`, (signal, report) => {
    let bytes = 0;
    const onBytes = (more: number) => report(megabytes((bytes += more)));
    return getFile(target, { file, bucket: bucket.name, key }, { signal, onBytes });
  });
  const renamed = name === last ? '' : ` Its key, ${keyText(last)}, cannot be a file's name as it is.`;
  void offerOpen(`Downloaded to ${file}.${renamed}`, 'Open', vscode.Uri.file(file), answers);
  return file;
}

async function askFile(name: string): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const at = folder
    ? { defaultUri: vscode.Uri.joinPath(folder, name) }
    : { defaultUri: vscode.Uri.file(join('/', name)) };
  return (await vscode.window.showSaveDialog({ title: `Download ${name}`, ...at }))?.fsPath;
}

async function downloadAll(
  target: Target,
  bucket: Found,
  prefix: string,
  answers: Answers,
): Promise<Downloaded | undefined> {
  const given = answers.given('folder');
  const parent = typeof given === 'string' ? given : await askFolder(bucket, prefix);
  if (parent === undefined) return undefined;
  const wanted = safePart(prefix.split('/').findLast((part) => part !== '') ?? bucket.name);
  const folder = await freeName(parent, wanted);
  const ended = await withCancel(`Downloading ${bucket.name}/${keyText(prefix)}`, (signal, report) => {
    const onFile = (key: string, place: number, total: number) => report(`${place + 1} of ${total}: ${keyText(key)}`);
    return getFolder(target, { folder, bucket: bucket.name, prefix }, { signal, onFile });
  });
  void sayDownloaded(folder, ended, answers);
  return ended;
}

async function askFolder(bucket: Found, prefix: string): Promise<string | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: `Download ${bucket.name}/${keyText(prefix)}: a new folder is made in the one you choose`,
    openLabel: 'Download here',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return picked?.[0]?.fsPath;
}

/** A folder that is not there yet: nothing of somebody's own is overwritten, and no link in it leads elsewhere. */
async function freeName(parent: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(parent, number === 1 ? name : `${name}-${number}`);
    const there = await lstat(path).catch(() => undefined);
    if (there === undefined) return path;
  }
}

async function sayDownloaded(folder: string, { files, renamed }: Downloaded, answers: Answers): Promise<void> {
  const text = `${files} ${files === 1 ? 'file' : 'files'} downloaded to ${folder}.`;
  if (renamed.length === 0) return offerOpen(text, 'Show', vscode.Uri.file(folder), answers);
  const count = renamed.length === 1 ? '1 key' : `${renamed.length} keys`;
  const which = 'Show which';
  const said = plainMessage(`${text} ${count} cannot be file names as they are, and were changed.`);
  if (answers.silent || (await vscode.window.showWarningMessage(said, which)) !== which) return;
  const content = renamed.map(({ key, file }) => `${JSON.stringify(key)} -> ${file}`).join('\n');
  await showNewText(content, { language: 'plaintext' });
}

async function offerOpen(text: string, act: 'Open' | 'Show', uri: vscode.Uri, answers: Answers): Promise<void> {
  if (answers.silent || (await vscode.window.showInformationMessage(plainMessage(text), act)) !== act) return;
  if (act === 'Show') await vscode.commands.executeCommand('revealFileInOS', uri);
  else await vscode.commands.executeCommand('vscode.open', uri);
}

/** `{ name: "2026" }`: an empty object whose key ends with a slash, as the console makes one. */
function newFolder(rim: ActionRim): Act {
  return async (row, second) => {
    const target = await rim.targets.open();
    const place = await placeOf(rim, target, row, 'A new folder in which bucket?');
    if (place === undefined) return undefined;
    const { bucket, prefix, aim } = place;
    const name = await new Answers(row, second).text('name', {
      title: `A new folder in ${bucket.name}/${keyText(prefix)}`,
      prompt: 'Its name. Slashes make folders in folders.',
      mistake: (text) => (text.trim() === '' ? 'A folder needs a name.' : mistakeInKey(`${prefix}${text}/`)),
    });
    if (name === undefined) return undefined;
    const key = `${prefix}${name.replace(/\/+$/, '')}/`;
    await makeFolder(target, bucket.name, key);
    rim.refresh.refresh(aim);
    return key;
  };
}
