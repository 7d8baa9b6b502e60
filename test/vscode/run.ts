// `npm run test:editor [-- part-of-a-file-name] [--headed]`: the Mocha suite inside the extension host, then the flows.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from './chromium.ts';
import { editorMaker } from './editor.ts';
import { endOnSignals } from './endOnSignals.ts';
import { prepareTools } from './prepare.ts';
import { type TestResult, countLine, countOf, neededTwo, printReport } from './results.ts';
import { runFlows } from './runFlows.ts';
import { runSuite } from './runSuite.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { headed: { type: 'boolean', default: false } },
});

const wanted = (pattern: string): string[] =>
  globSync(pattern, { cwd: import.meta.dirname })
    .filter((file) => positionals.length === 0 || positionals.some((part) => file.includes(part)))
    .sort()
    .map((file) => join(import.meta.dirname, file));

async function run(): Promise<TestResult[]> {
  const suite = wanted('suite/*.test.ts');
  const flows = wanted('flows/*.flow.ts');
  if (suite.length + flows.length === 0) throw new Error(`No test file matches ${positionals.join(' ') || 'at all'}.`);
  const tools = await prepareTools();
  await using browser = await launchChromium(tools.browser, values);
  const makeEditor = editorMaker(tools, browser);
  return [...(await runSuite(suite, makeEditor)), ...(await runFlows(flows, makeEditor))];
}

endOnSignals();
const results = await run().catch((error: unknown): TestResult[] => {
  const reason = error instanceof Error ? error.message : String(error);
  const result: TestResult = { kind: 'failed', title: 'the editor can be tested here', ms: 0, reason };
  printReport(result);
  return [result];
});
const counts = countOf(results);
for (const title of neededTwo(results)) console.log(`passed at the second try only: ${title}`);
console.log(countLine(counts));
process.exit(counts.failed > 0 || results.length === 0 ? 1 : 0);
