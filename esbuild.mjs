// Bundles the product into dist/: the extension, the command line, the sandbox process, and one file a webview.
// `--watch` builds on every change; `--fresh` does nothing when dist/ is newer than every source.
import { globSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { context } from 'esbuild';

const stamp = 'dist/.stamp';
const flags = new Set(process.argv.slice(2));
const sources = ['src/**/*.ts', 'webview/**/*.{ts,css}', 'package-lock.json', 'package.json', 'esbuild.mjs'];
const modified = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (flags.has('--fresh') && globSync(sources).every((file) => modified(file) <= modified(stamp))) process.exit(0);

const shared = { bundle: true, sourcemap: 'linked', logLevel: 'warning', legalComments: 'none', metafile: true };

/** Node side: ES modules with shared chunks, so that each AWS client and each sandbox service loads when first used. */
const node = {
  ...shared,
  entryPoints: globSync(['src/extension.ts', 'src/cli.ts', 'src/sandbox/main.ts', 'src/host/saml/samlWorker.ts']).map(
    (file) => ({
      in: file,
      out: file.replace('src/', '').replace('sandbox/main.ts', 'sandbox').replace('host/saml/', '').replace('.ts', ''),
    }),
  ),
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  splitting: true,
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: ['vscode'],
  minify: true,
  // CommonJS packages inside an ES module bundle still call require() for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

/** Webview side: one self-contained script and style sheet a panel, named by its folder. */
const webview = {
  ...shared,
  entryPoints: globSync('webview/*/main.ts').map((file) => ({ in: file, out: file.split('/')[1] })),
  outdir: 'dist/webview',
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  tsconfig: 'webview/tsconfig.json',
};

const builds = await Promise.all([node, webview].map((options) => context(options)));
for (const build of builds) {
  if (flags.has('--watch')) {
    await build.watch();
  } else {
    const { metafile } = await build.rebuild().catch(() => process.exit(1));
    mkdirSync('dist', { recursive: true });
    if (flags.has('--metafile') && build === builds[0]) writeFileSync('dist/metafile.json', JSON.stringify(metafile));
    removeStaleChunks(build === builds[0] ? Object.keys(metafile.outputs) : undefined);
    await build.dispose();
  }
}
if (!flags.has('--watch')) writeFileSync(stamp, '');

/** Chunks carry a hash in their names: those that this build did not write belong to an older one. */
function removeStaleChunks(outputs) {
  for (const file of outputs ? globSync('dist/chunks/*') : []) {
    if (!outputs.includes(file)) rmSync(file);
  }
}
