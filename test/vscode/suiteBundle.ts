// Bundles the suite files with their host into the one module that VS Code loads by `extensionTestsPath`.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';

const repository = resolve(import.meta.dirname, '../..');

/** Inside the checkout, where `mocha` is found; in a folder of its own, so that two runs do not meet. */
export async function bundleSuite(
  files: readonly string[],
): Promise<{ readonly folder: string; readonly main: string }> {
  const parent = join(repository, '.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'suite-'));
  const main = join(folder, 'suite.cjs');
  await build({
    stdin: { contents: entry(files), resolveDir: repository, sourcefile: 'suite.ts', loader: 'ts' },
    outfile: main,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'external',
    logLevel: 'warning',
  });
  return { folder, main };
}

function entry(files: readonly string[]): string {
  const list = files.map((file) => {
    return `{ file: ${JSON.stringify(basename(file))}, load: () => import(${JSON.stringify(resolve(file))}) }`;
  });
  return `
    import { runSuite } from './test/vscode/suiteHost.ts';
    export const run = () => runSuite([${list.join(', ')}]);`;
}
