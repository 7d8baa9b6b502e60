// Files dropped on a bucket, a folder or an object beside which they are to stand: uploaded, with progress and a way to stop.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { Found } from '../../aws/resources/kind.ts';
import type { Notice } from '../../protocol/message.ts';
import { Refusal } from '../explain.ts';
import type { Targets } from '../targets.ts';
import type { Aim } from './aim.ts';
import type { Node } from './node.ts';
import { plural } from './row.ts';

export interface DropRim {
  readonly targets: Targets;
  explain(error: unknown): Notice;
  show(notice: Notice): void;
  refresh(aim: Aim): void;
}

interface Place {
  readonly bucket: Found;
  readonly prefix: string;
  readonly aim: Aim;
}

export async function dropFiles(rim: DropRim, node: Node | undefined, data: vscode.DataTransfer): Promise<void> {
  try {
    await using dropped = await openDropped(data);
    if (dropped.paths.length === 0) return;
    const place = placeOf(node);
    if (!place) throw new Refusal({ what: 'Files can be dropped on a bucket or a folder of one.' });
    const { uploadFiles } = await import('./uploadFiles.ts');
    const { aim, ...into } = place;
    const keys = await uploadFiles(await rim.targets.open(), { ...into, paths: dropped.paths }).finally(() =>
      rim.refresh(aim),
    );
    if (keys) say(`${plural(keys.length, 'file')} uploaded to ${place.bucket.name}.`);
  } catch (error) {
    rim.show(rim.explain(error));
  }
}

function say(text: string): void {
  vscode.window.setStatusBarMessage(`$(cloud-upload) ${text}`, 8000);
}

function placeOf(node: Node | undefined): Place | undefined {
  const what = node?.what;
  if (what?.is === 'resource' && what.found.kind === 'bucket')
    return { bucket: what.found, prefix: '', aim: { kind: 'resource', found: what.found } };
  if (what?.is === 'folder')
    return { bucket: what.bucket, prefix: what.key, aim: { kind: 'folder', bucket: what.bucket, key: what.key } };
  return what?.is === 'object' || what?.is === 'search' ? placeOf(node?.parent) : undefined;
}

/** From the editor come addresses; from the desktop, into an editor elsewhere, come contents. */
async function openDropped(
  data: vscode.DataTransfer,
): Promise<AsyncDisposable & { readonly paths: readonly string[] }> {
  const list = await data.get('text/uri-list')?.asString();
  const uris = (list ?? '').split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const paths = uris.map((line) => vscode.Uri.parse(line, true)).filter(({ scheme }) => scheme === 'file');
  if (paths.length > 0)
    return { paths: paths.map(({ fsPath }) => fsPath), [Symbol.asyncDispose]: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'aws-labs-drop-'));
  const written: string[] = [];
  for (const [, item] of data) {
    const file = item.asFile();
    if (!file) continue;
    const path = join(folder, basename(file.name));
    await writeFile(path, await file.data());
    written.push(path);
  }
  return { paths: written, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
