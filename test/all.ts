// `npm test`: everything there is, the quick parts first. Each part runs whatever became of those before it; the last line
// counts all tests, a part such as the types as one.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { type Counts, addCounts, countLine, countLinePattern, nothing } from './vscode/results.ts';

const repository = resolve(import.meta.dirname, '..');
const tools = join(repository, 'node_modules', '.bin');
const scratch = mkdtempSync(join(tmpdir(), 'aws-labs-tests-'));
const vitestReport = join(scratch, 'vitest.json');
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

interface Part {
  readonly name: string;
  readonly command: readonly string[];
  /** Where its counts are; absent: the part is one test, passed if it ends with 0. */
  readonly counts?: (output: string) => Counts | undefined;
}

const plain = ['vitest', 'run', '--config', '.vitest.config.ts'];
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`];

const parts: readonly Part[] = [
  { name: 'types', command: ['npm', 'run', '--silent', 'check:types'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'check:lint'] },
  { name: 'format', command: ['npm', 'run', '--silent', 'check:format'] },
  { name: 'build', command: ['node', 'esbuild.mjs', '--metafile'] },
  { name: 'plain tests and labs', command: [...plain, ...reporters], counts: countsOfVitest },
  { name: 'the real editor', command: ['node', 'test/vscode/run.ts'], counts: countsInLastLine },
];

interface Outcome extends Counts {
  readonly name: string;
  readonly seconds: number;
}

async function runPart(part: Part): Promise<Outcome> {
  console.log(`\n== ${part.name}: ${part.command.join(' ')}`);
  const started = performance.now();
  const { code, output } = await execute(part.command);
  const seconds = (performance.now() - started) / 1000;
  const counts = part.counts ? part.counts(output) : undefined;
  const outcome = { name: part.name, seconds, ...settle(code, counts) };
  console.log(`== ${part.name}: ${countLine(outcome)} in ${seconds.toFixed(1)} s`);
  return outcome;
}

/** A part that ends badly without a failed test, or without any counts, has failed itself. */
function settle(code: number | null, counts: Counts | undefined): Counts {
  const whole = code === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 };
  if (!counts) return whole;
  return code !== 0 && counts.failed === 0 ? addCounts(counts, whole) : counts;
}

function execute(command: readonly string[]): Promise<{ code: number | null; output: string }> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: repository,
    // Also when started without npm, which would do this.
    env: { ...process.env, PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}` },
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  process.once('exit', () => child.kill());
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text);
    output += text;
  });
  return new Promise((done) => {
    child.once('error', (error) => done({ code: null, output: `${output}\n${error.message}` }));
    child.once('close', (code) => done({ code, output }));
  });
}

function countsInLastLine(output: string): Counts | undefined {
  const line = countLinePattern.exec(output.trimEnd().split('\n').at(-1) ?? '');
  if (!line) return undefined;
  const [passed = 0, failed = 0, skipped = 0] = line.slice(1).map((digits) => Number(digits ?? 0));
  return { passed, failed, skipped };
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly VitestFile[];
}

interface VitestFile {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
}

function countsOfVitest(): Counts | undefined {
  let report: VitestReport;
  try {
    // Written a moment ago by the version of Vitest that the lock file names.
    report = JSON.parse(readFileSync(vitestReport, 'utf8')) as VitestReport;
  } catch {
    return undefined;
  }
  // A file that does not load has no tests to fail.
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const skipped = report.testResults.flatMap((file) => file.assertionResults.filter(isSkipped));
  for (const { fullName } of skipped) console.log(`skipped, as the test itself says: ${fullName}`);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: skipped.length,
  };
}

const isSkipped = ({ status }: { readonly status: string }): boolean => status !== 'passed' && status !== 'failed';

for (const [signal, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) {
  process.once(signal, () => process.exit(code));
}

const outcomes: Outcome[] = [];
for (const part of parts) outcomes.push(await runPart(part));
console.log('');
for (const { name, seconds, ...counts } of outcomes) {
  console.log(`${name.padEnd(24)} ${`${seconds.toFixed(1)} s`.padStart(9)}   ${countLine(counts)}`);
}
const total = outcomes.reduce(addCounts, nothing);
console.log(countLine(total));
process.exit(total.failed > 0 ? 1 : 0);
