// `npm run test:desktop`: the same Mocha suite in the desktop edition of VS Code, downloaded by @vscode/test-electron.
// For machines that can: elsewhere it says so in a sentence and fails.
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { endSandboxes } from './endSandboxes.ts';
import { createProfile } from './profile.ts';
import { type TestResult, countLine, countOf } from './results.ts';
import { follow, sourcePlaces } from './runSuite.ts';
import { bundleSuite } from './suiteBundle.ts';

const extension = resolve(import.meta.dirname, '../..');

async function run(vscodeExecutablePath: string): Promise<TestResult[]> {
  const files = globSync('suite/*.test.ts', { cwd: import.meta.dirname }).sort();
  const bundle = await bundleSuite(files.map((file) => join(import.meta.dirname, file)));
  const home = mkdtempSync(join(tmpdir(), 'aws-labs-desktop-'));
  const profile = createProfile(home);
  const resultsFile = join(bundle.folder, 'results.jsonl');
  const ended = new AbortController();
  const finished = runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: extension,
    extensionTestsPath: bundle.main,
    extensionTestsEnv: { AWS_LABS_TEST_RESULTS: resultsFile },
    launchArgs: [
      profile.workspace,
      `--user-data-dir=${profile.userData}`,
      `--extensions-dir=${profile.extensions}`,
      '--disable-gpu',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })
    .catch((error: unknown) => console.error(String(error)))
    .finally(() => ended.abort());
  try {
    const explain = sourcePlaces(bundle.main);
    const results = await follow({ resultsFile, explain, over: () => ended.signal.aborted, log: () => 'see above' });
    await finished;
    return results;
  } finally {
    endSandboxes(home);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    rmSync(bundle.folder, { recursive: true, force: true });
  }
}

const executable = await downloadAndUnzipVSCode().catch((error: unknown) => {
  console.error(`VS Code could not be downloaded here (${String(error)}): run npm run test:editor instead.`);
  process.exit(1);
});
if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
  console.error('The desktop edition needs a display: run this under xvfb-run, or run npm run test:editor instead.');
  process.exit(1);
}
const counts = countOf(await run(executable));
console.log(countLine(counts));
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0);
