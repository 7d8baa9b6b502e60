// Tells when the files that credentials come from have changed. In: where they are. Out: one call after the last of several changes.
// Never: keeps the process alive, or fails where a folder is not there; it is looked for again when what is above it changes.
import { realpathSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { CredentialsFiles } from './profiles.ts';

export function watchCredentials(files: CredentialsFiles, changed: () => void, quiet = 300): { dispose(): void } {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, quiet).unref();
  };
  const folders = foldersOf(files);
  const arm = () => {
    for (const [folder, names] of folders) {
      if (watchers.has(folder)) continue;
      const watcher = watchFolder(folder, (name) => {
        arm();
        if (name === undefined || names === 'any' || names.has(name)) later();
      });
      watcher?.on('error', () => {
        watcher.close();
        watchers.delete(folder);
      });
      if (watcher) watchers.set(folder, watcher);
    }
  };
  arm();
  return {
    dispose() {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

type Names = 'any' | Set<string>;

/** The folders of the files, and of what they link to; the caches, and what is above them until they are there. */
function foldersOf({ config, credentials, caches }: CredentialsFiles): ReadonlyMap<string, Names> {
  const folders = new Map<string, Names>();
  for (const file of [config, credentials, realPath(config), realPath(credentials)]) {
    const names = folders.get(dirname(file));
    folders.set(dirname(file), names instanceof Set ? names.add(basename(file)) : new Set([basename(file)]));
  }
  for (const cache of caches) {
    folders.set(cache, 'any');
    for (const above of [dirname(cache), dirname(dirname(cache))]) {
      if (!folders.has(above)) folders.set(above, new Set());
    }
  }
  return folders;
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function watchFolder(folder: string, changed: (name: string | undefined) => void): FSWatcher | undefined {
  try {
    return watch(folder, { persistent: false }, (_, name) => changed(name ?? undefined));
  } catch {
    return undefined;
  }
}
