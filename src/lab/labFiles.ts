// The files that come with a lab, in the folder `files` beside its lab.md: what it uploads or sends.
// In: the lab's folder. Out: names, or contents. Never: anything outside that folder, by `..`, a link or an absolute name.
import { constants } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pathsInText } from './expression.ts';
import type { Lab } from './model.ts';
import { LabRefusal } from './refusal.ts';

/** Of one file, in bytes: as much as a message of SQS may have. */
export const largestFile = 1_048_576;
const most = 500;

/** As labs name them, with `/` between folders. A lab without such a folder has none. */
export async function listFiles(labFolder: string): Promise<readonly string[]> {
  const root = await rootOf(labFolder);
  if (root === undefined) return [];
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .slice(0, most);
}

/** The files that the lab names. UTF-8 as text, the rest as bytes. Throws LabRefusal where one cannot be had. */
export async function loadFiles(lab: Lab): Promise<Readonly<Record<string, string | Uint8Array>>> {
  const names = filesUsed(lab);
  const loaded = names.map(async (name) => [name, await readLabFile(lab.folder, name)] as const);
  return Object.fromEntries(await Promise.all(loaded));
}

function filesUsed(lab: Lab): readonly string[] {
  const used = new Set<string>();
  JSON.stringify([lab.steps.map(({ actions, checks }) => [actions, checks])], (_key, value: unknown) => {
    if (typeof value === 'string' && value.includes('${')) for (const name of filesIn(value)) used.add(name);
    return value;
  });
  return [...used];
}

function filesIn(text: string): readonly string[] {
  return pathsInText(text).flatMap(([root, name]) => (root === 'files' && name !== undefined ? [name] : []));
}

export async function readLabFile(folder: string | undefined, name: string): Promise<string | Uint8Array> {
  const unusable = (why: string) =>
    new LabRefusal('NoFile', `The lab's file ${name} ${why}.`, 'It belongs in the folder "files" beside lab.md.');
  if (folder === undefined) throw unusable('is not there');
  const root = await rootOf(folder);
  const path = root === undefined ? undefined : await realpath(join(root, name)).catch(() => undefined);
  if (root === undefined || path === undefined) throw unusable('is not there');
  if (!path.startsWith(root + sep)) throw unusable('lies outside its folder');
  await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const found = await file.stat();
  if (!found.isFile()) throw unusable('is no file');
  if (found.size > largestFile) throw unusable(`is larger than ${largestFile / 1024 / 1024} MiB`);
  return textOrBytes(await file.readFile());
}

/** The folder `files` itself; one that is a link to somewhere else is none. */
async function rootOf(labFolder: string): Promise<string | undefined> {
  const [lab, root] = await Promise.all(
    [labFolder, join(labFolder, 'files')].map((path) => realpath(path).catch(() => undefined)),
  );
  return lab !== undefined && root === join(lab, 'files') ? root : undefined;
}

export function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes;
  }
}
