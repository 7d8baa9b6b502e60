// Reads what esbuild tells about a bundle: which of its files, and of the sources in them, are loaded with an entry.
import type { Metafile } from 'esbuild';

export type { Metafile };

export interface Loaded {
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
  readonly bytes: number;
}

/** All that comes with an entry at once; what is imported by `import()` comes later and is not counted. */
export function loadedFrom({ outputs }: Metafile, entry: string): Loaded {
  const reached = new Set([entry]);
  for (const file of reached) {
    for (const { path, kind } of outputs[file]?.imports ?? []) {
      if (kind !== 'dynamic-import' && path in outputs) reached.add(path);
    }
  }
  const files = [...reached];
  return {
    outputs: files,
    inputs: files.flatMap((file) => Object.keys(outputs[file]?.inputs ?? {})),
    bytes: files.reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0),
  };
}
