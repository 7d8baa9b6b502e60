// What was named on the command line -> files. Folders stand for the .xml in them, * and ? for any letters.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { mostBytes, sizeSentence } from '../saml/readBytes.ts';

export type SamlFile =
  | { readonly name: string; readonly ok: true; readonly bytes: Buffer }
  | { readonly name: string; readonly ok: false; readonly why: string };

export function findFiles(names: readonly string[]): string[] {
  return [...new Set(names.flatMap(expand))];
}

function expand(name: string): string[] {
  const found = statSync(name, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    const files = inFolder(name).filter((file) => /\.xml$/i.test(file));
    return files.length > 0 ? files : [name];
  }
  if (found || !/[*?]/.test(name)) return [name];
  const folder = name.slice(0, name.search(/[*?]/)).replace(/[^/\\]*$/, '');
  const pattern = new RegExp(
    `^${name
      .split(/(\*\*\/?|\*|\?)/)
      .map(patternOf)
      .join('')}$`,
  );
  const fitting = inFolder(folder === '' ? '.' : folder).filter((file) => pattern.test(file.replace(/\\/g, '/')));
  return fitting.length === 0 ? [name] : fitting;
}

function patternOf(part: string): string {
  if (part.startsWith('**')) return '(?:.*/)?';
  if (part === '*') return '[^/]*';
  return part === '?' ? '[^/]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
}

function inFolder(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
  } catch {
    return [];
  }
}

export function readSamlFile(name: string): SamlFile {
  try {
    const found = statSync(name);
    const { size } = found;
    if (found.isDirectory()) return { name, ok: false, why: 'There is no .xml file in this folder.' };
    if (!found.isFile() && !found.isFIFO()) return { name, ok: false, why: 'This is no file.' };
    if (size > mostBytes) return { name, ok: false, why: sizeSentence(size) };
    return { name, ok: true, bytes: readFileSync(name) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return { name, ok: false, why: 'There is no such file.' };
    if (code === 'EISDIR') return { name, ok: false, why: 'This is a folder.' };
    return {
      name,
      ok: false,
      why: code === 'EACCES' ? 'Reading the file is not allowed.' : 'The file could not be read.',
    };
  }
}
