// Runs inside the extension host, in the browser edition and on the desktop alike: Mocha over the bundled suite files,
// each result a JSON line appended to the file that the environment names.
import { appendFileSync } from 'node:fs';
import type { Figure, Report, TestResult } from './results.ts';

const resultsFile = process.env['AWS_LABS_TEST_RESULTS'] ?? '';

export interface SuiteFile {
  readonly file: string;
  readonly load: () => Promise<unknown>;
}

const write = (report: Report): void => appendFileSync(resultsFile, `${JSON.stringify(report)}\n`);

/** A measured value, told with the results. */
export function figure(title: string, value: string): void {
  const report: Figure = { kind: 'figure', title, value };
  write(report);
}

export async function runSuite(files: readonly SuiteFile[]): Promise<void> {
  try {
    const { default: Mocha } = await import('mocha');
    // The base reporter prints nothing: results are told by listening to the runner.
    const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, reporter: Mocha.reporters.Base });
    for (const { file, load } of files) {
      mocha.suite.emit('pre-require', globalThis, file, mocha);
      await load();
    }
    await new Promise<void>((done) => {
      report(mocha.run(() => done()));
    });
  } catch (error) {
    write({ kind: 'failed', title: 'loading the suite', ms: 0, reason: reasonOf(error) });
  } finally {
    write({ kind: 'end' });
  }
}

function report(runner: Mocha.Runner): void {
  const tell = (kind: TestResult['kind'], test: Mocha.Runnable, reason?: string) =>
    write({
      kind,
      title: test.titlePath().join(' › '),
      ms: test.duration ?? 0,
      ...(reason ? { reason } : {}),
      ...(test.file ? { file: test.file } : {}),
    });
  runner.on('pass', (test) => tell('passed', test));
  // A hook that fails is reported here too, under its own name.
  runner.on('fail', (test, error: unknown) => tell('failed', test, reasonOf(error)));
  runner.on('pending', (test) => tell('skipped', test, 'it says so itself'));
}

const reasonOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
