// What a test in the editor came to, how it travels (a JSON line) and how it is told.
export interface TestResult {
  readonly kind: 'passed' | 'failed' | 'skipped';
  readonly title: string;
  readonly ms: number;
  /** Why it failed or was skipped. */
  readonly reason?: string;
  /** The name of the suite's file that it stands in; none for a flow, and for a suite that broke off. */
  readonly file?: string;
}

export interface Figure {
  readonly kind: 'figure';
  readonly title: string;
  readonly value: string;
}

/** What failed is tried once more: a window on a busy machine may be too late. The first failure stays to be read. */
export const secondTry = (title: string): string => `${title} (second try)`;

/** What passed at its second try only. */
export const neededTwo = (results: readonly TestResult[]): string[] =>
  results
    .filter(({ kind, title }) => kind === 'passed' && title.endsWith(secondTry('')))
    .map(({ title }) => title.slice(0, -secondTry('').length));

export type Report = TestResult | Figure | { readonly kind: 'end' };

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };

export const addCounts = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

export const countOf = (results: readonly TestResult[]): Counts =>
  results.reduce((counts, { kind }) => ({ ...counts, [kind]: counts[kind] + 1 }), nothing);

/** The last line of every run, and the one line that other programs read. */
export function countLine(counts: Counts): string {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`;
}

export const countLinePattern = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;

/** Undefined for a line that is no report, such as one that is still being written. */
export function parseReport(line: string): Report | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isReport(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isReport = (value: unknown): value is Report => value instanceof Object && 'kind' in value;

const marks = { passed: '✓', failed: '✗', skipped: '-' } as const;

export function printReport(report: TestResult | Figure): void {
  if (report.kind === 'figure') {
    console.log(`  · ${report.title}: ${report.value}`);
    return;
  }
  const { kind, title, ms, reason } = report;
  const why = reason === undefined ? '' : kind === 'skipped' ? ` (skipped: ${reason})` : `\n${indent(reason)}`;
  console.log(`  ${marks[kind]} ${title} (${Math.round(ms)} ms)${why}`);
}

const indent = (text: string): string => text.replaceAll(/^/gm, '      ');
