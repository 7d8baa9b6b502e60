// What the editor loads at activation: the bundle's entry with all that it imports statically, weighed and looked through.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Metafile, loadedFrom } from './moduleGraph.ts';

const repository = resolve(import.meta.dirname, '..');
const metafile = resolve(repository, 'dist/metafile.json');
const entry = 'dist/extension.js';
const limit = 150 * 1024;

describe('the extension as bundled', () => {
  let graph: Metafile;

  beforeAll(() => {
    graph = readGraph() ?? build();
  }, 60_000);

  it('loads no AWS client when activated', () => {
    const clients = loadedFrom(graph, entry).inputs.filter((file) => file.includes('@aws-sdk/client-'));
    expect(clients).toEqual([]);
  });

  it('loads less than 150 KB when activated', () => {
    const { bytes, outputs } = loadedFrom(graph, entry);
    console.log(
      `extension.js ${kilobytes(graph.outputs[entry]?.bytes ?? 0)}, with ${outputs.length - 1} chunks ${kilobytes(bytes)}`,
    );
    expect(bytes).toBeLessThan(limit);
  });
});

/** Undefined where there is none, or one of another build. */
function readGraph(): Metafile | undefined {
  if (!existsSync(metafile)) return undefined;
  // Written by esbuild, in its documented form.
  const found = JSON.parse(readFileSync(metafile, 'utf8')) as Metafile;
  const size = statSync(resolve(repository, entry), { throwIfNoEntry: false })?.size;
  return found.outputs[entry]?.bytes === size ? found : undefined;
}

function build(): Metafile {
  spawnSync(process.execPath, ['esbuild.mjs', '--metafile'], { cwd: repository, stdio: 'inherit' });
  const built = readGraph();
  if (!built)
    throw new Error('The build did not write dist/extension.js with its metafile: node esbuild.mjs --metafile');
  return built;
}

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
