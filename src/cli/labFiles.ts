// Finds labs on disk and reads them. In: an id or a path. Out: a lab, or its problems as `file:line:column`.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { didYouMean } from '../lab/didYouMean.ts';
import type { Lab } from '../lab/model.ts';
import type { ParsedLab } from '../lab/parse.ts';
import { UsageError } from './options.ts';

export interface LabFile {
  readonly id: string;
  readonly path: string;
}

export function labsIn(folder: string): readonly LabFile[] {
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}.`);
  return readdirSync(folder)
    .map((id) => ({ id, path: join(folder, id, 'lab.md') }))
    .filter(({ path }) => existsSync(path));
}

export function findLab(name: string, folder: string): LabFile {
  const known = existsSync(folder) ? labsIn(folder) : [];
  const byId = known.find(({ id }) => id === name);
  if (byId) return byId;
  const isFolder = statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const path = resolve(isFolder ? join(name, 'lab.md') : name);
  if (existsSync(path))
    return { id: basename(path) === 'lab.md' ? basename(dirname(path)) : basename(path, '.md'), path };
  const ids = known.map(({ id }) => id);
  throw new UsageError(`There is no lab ${name}.${didYouMean(name, ids)} Labs here: ${ids.join(', ') || 'none'}.`);
}

/** Warnings go to `warn`; errors end it, each with its place. */
export async function loadLab({ id, path }: LabFile, warn: (line: string) => void): Promise<Lab> {
  const { readLab } = await import('../lab/readLab.ts');
  const { lab, problems }: ParsedLab = await readLab(readFileSync(path, 'utf8'), { id, folder: dirname(path) });
  const lines = problems.map(
    ({ range, severity, message }) => `${path}:${range.start.line}:${range.start.column}: ${severity}: ${message}`,
  );
  if (!lab)
    throw new UsageError(
      [...lines, `The lab has ${problems.length} problem${problems.length === 1 ? '' : 's'}; nothing was run.`].join(
        '\n',
      ),
    );
  for (const line of lines) warn(line);
  return lab;
}
