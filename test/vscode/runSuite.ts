// The Mocha suite in the extension host of the browser edition: starts an editor with it and tells results as they come.
import { readFileSync, rmSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EditorMaker } from './editor.ts';
import { type TestResult, parseReport, printReport, secondTry } from './results.ts';
import { bundleSuite } from './suiteBundle.ts';

/** The longest that one test may be silent, start of the editor included. */
const silence = 180_000;

/** Files with a failed test run once more, in an editor of their own; all of them where the suite broke off. */
export async function runSuite(files: readonly string[], makeEditor: EditorMaker): Promise<TestResult[]> {
  const first = await runFiles(files, makeEditor);
  const failed = first.filter(({ kind }) => kind === 'failed');
  if (failed.length === 0) return first;
  const failedIn = new Set(failed.map(({ file }) => file));
  const again = failedIn.has(undefined) ? files : files.filter((path) => failedIn.has(basename(path)));
  const names = new Set(again.map((path) => basename(path)));
  const passedBefore = new Set(first.filter(({ kind }) => kind === 'passed').map(({ title }) => title));
  const second = await runFiles(again, makeEditor);
  return [
    ...first.filter(({ file }) => file !== undefined && !names.has(file)),
    ...second.map((it) => (passedBefore.has(it.title) ? it : { ...it, title: secondTry(it.title) })),
  ];
}

async function runFiles(files: readonly string[], makeEditor: EditorMaker): Promise<TestResult[]> {
  if (files.length === 0) return [];
  console.log(`In the extension host (${files.length} files):`);
  const bundle = await bundleSuite(files);
  const resultsFile = join(bundle.folder, 'results.jsonl');
  try {
    await using editor = await makeEditor({ tests: bundle.main, env: { AWS_LABS_TEST_RESULTS: resultsFile } });
    const { server, workbench } = editor;
    return await follow({
      resultsFile,
      explain: sourcePlaces(bundle.main),
      over: () => server.log().includes('Extension Host Process exited'),
      log: () => [server.log().slice(-2000), ...workbench.consoleErrors].join('\n'),
    });
  } finally {
    rmSync(bundle.folder, { recursive: true, force: true });
  }
}

export interface Followed {
  readonly resultsFile: string;
  /** Rewrites the reasons of failures. */
  readonly explain: (reason: string) => string;
  /** Whether who writes the results has ended. */
  readonly over: () => boolean;
  /** What else to show when they do not come to an end. */
  readonly log: () => string;
}

/** Reads the results while they are written, until their end. */
export async function follow({ resultsFile, explain, over, log }: Followed): Promise<TestResult[]> {
  const results: TestResult[] = [];
  let told = 0;
  let last = Date.now();
  while (Date.now() - last < silence) {
    // Asked before reading, so that the last lines are read in any case.
    const finished = over();
    const lines = readLines(resultsFile);
    for (const report of lines.slice(told).map(parseReport)) {
      if (report?.kind === 'end') return results;
      if (report?.kind === 'figure') printReport(report);
      else if (report) results.push(printResult(report, explain));
      last = Date.now();
    }
    told = lines.length;
    if (finished) break;
    await delay(100);
  }
  const reason = `The extension host ended early or was silent for ${silence / 1000} s:\n${log()}`;
  const broken: TestResult = { kind: 'failed', title: 'the suite runs to its end', ms: Date.now() - last, reason };
  printReport(broken);
  return [...results, broken];
}

/** Whole lines only. */
function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(0, -1);
  } catch {
    return [];
  }
}

function printResult(result: TestResult, explain: (reason: string) => string): TestResult {
  const told = result.reason === undefined ? result : { ...result, reason: explain(result.reason) };
  printReport(told);
  return told;
}

/** VS Code formats stacks by itself, without source maps: places in the bundle become places in the suite's files. */
export function sourcePlaces(bundle: string): (stack: string) => string {
  // What esbuild wrote beside its bundle.
  const payload = JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as SourceMapPayload;
  const map = new SourceMap(payload);
  return (stack) =>
    stack.replaceAll(/[^\s(]*suite\.cjs:(\d+):(\d+)/g, (place, line, column) => {
      const origin = map.findOrigin(Number(line), Number(column));
      return 'fileName' in origin
        ? `${relative('', join(dirname(bundle), origin.fileName))}:${origin.lineNumber}`
        : place;
    });
}
