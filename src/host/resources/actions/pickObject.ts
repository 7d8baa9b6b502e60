import * as vscode from 'vscode';
import { listObjects } from '../../../aws/resources/objects.ts';
import type { Found } from '../../../aws/resources/kind.ts';
import type { Target } from '../../../aws/target.ts';
import type { Aim } from '../aim.ts';
import { nameInFolder } from '../keyText.ts';
import { pickAim } from '../pickAim.ts';
import { pinned } from './actionRim.ts';

interface Item extends vscode.QuickPickItem {
  /** Where it leads: into a folder, up, or on. */
  readonly go?: string;
  readonly next?: string;
  readonly aim?: Aim;
}

/** For a command from the palette: a bucket first, then folder by folder down to an object, or to a folder as a whole. */
export async function pickObject(target: Target, title: string): Promise<Aim | undefined> {
  const bucket = await pickAim(pinned(target), ['bucket'], title);
  if (bucket?.kind !== 'resource') return undefined;
  let prefix = '';
  for (;;) {
    const item = await vscode.window.showQuickPick(itemsIn(target, bucket.found, prefix), {
      title: `${title}: ${bucket.found.name}/${prefix}`,
      placeHolder: 'An object, or a folder to go into',
    });
    if (item?.go === undefined) return item?.aim;
    prefix = item.go;
  }
}

/** The first thousand; who has more types the beginning in the Resources view. */
async function itemsIn(target: Target, bucket: Found, prefix: string): Promise<Item[]> {
  const { entries } = await listObjects({ target }, { bucket: bucket.name, prefix });
  const up = prefix.replace(/[^/]*\/$/, '');
  return [
    ...(prefix === '' ? [] : [{ label: '$(arrow-up) ..', go: up }]),
    ...(prefix === ''
      ? []
      : [{ label: '$(folder-opened) This whole folder', aim: { kind: 'folder', bucket, key: prefix } as const }]),
    ...entries.map(({ kind, key }): Item => {
      const name = nameInFolder(key, prefix);
      return kind === 'folder'
        ? { label: `$(folder) ${name}`, go: key }
        : { label: `$(file) ${name}`, aim: { kind: 'object', bucket, key } };
    }),
  ];
}
