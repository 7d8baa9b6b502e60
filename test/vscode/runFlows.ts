// The flows: each exported function of a *.flow.ts drives an editor of its own as a user would.
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EditorMaker, EditorOptions } from './editor.ts';
import { type TestResult, printReport, secondTry } from './results.ts';
import type { Workbench } from './workbench.ts';

export type Flow = (workbench: Workbench) => Promise<void>;

/** What a flow file may export beside its flows. */
export interface FlowOptions extends EditorOptions {
  /** How long one flow may take. */
  readonly limit?: number;
}

const screenshots = resolve(import.meta.dirname, '../../.cache/screenshots');

export async function runFlows(files: readonly string[], makeEditor: EditorMaker): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (const file of files) {
    console.log(`${basename(file)}:`);
    const { flows, options } = await loadFlows(file);
    for (const [name, flow] of flows) {
      const title = `${basename(file, '.flow.ts')} › ${sentence(name)}`;
      const result = await runFlow(title, flow, options, makeEditor);
      printReport(result);
      results.push(result.kind === 'failed' ? await onceMore(title, flow, options, makeEditor) : result);
    }
  }
  return results;
}

/** In an editor of its own. What failed twice has failed. */
async function onceMore(...[title, ...flow]: Parameters<typeof runFlow>): Promise<TestResult> {
  const result = await runFlow(secondTry(title), ...flow);
  printReport(result);
  return result;
}

async function loadFlows(file: string): Promise<{ flows: [string, Flow][]; options: FlowOptions }> {
  const loaded: unknown = await import(pathToFileURL(file).href);
  // A module's namespace has no prototype, so that it is no instance of Object.
  const exported = typeof loaded === 'object' && loaded !== null ? Object.entries(loaded) : [];
  const options: unknown = exported.find(([name]) => name === 'editor')?.[1];
  return { flows: exported.filter(isFlow), options: options instanceof Object ? options : {} };
}

const isFlow = (entry: [string, unknown]): entry is [string, Flow] => typeof entry[1] === 'function';

/** `runsTheLab` -> `runs the lab` */
const sentence = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

async function runFlow(title: string, flow: Flow, options: FlowOptions, makeEditor: EditorMaker): Promise<TestResult> {
  const started = Date.now();
  const took = () => Date.now() - started;
  try {
    await using editor = await makeEditor(options);
    try {
      await within(options.limit ?? 120_000, flow(editor.workbench));
      const faults = [...editor.workbench.pageFaults];
      if (faults.length > 0) throw new Error(`Pages that not everybody can use:\n${faults.join('\n')}`);
    } catch (error) {
      const picture = await editor.workbench
        .screenshot(join(screenshots, `failed ${title}.png`.replaceAll(/[^\w.]+/g, '-')))
        .catch(() => 'none could be taken');
      const errors = editor.workbench.consoleErrors.slice(-5).join('\n');
      return { kind: 'failed', title, ms: took(), reason: `${reasonOf(error)}\nscreenshot: ${picture}\n${errors}` };
    }
    return { kind: 'passed', title, ms: took() };
  } catch (error) {
    return { kind: 'failed', title, ms: took(), reason: reasonOf(error) };
  }
}

async function within(limit: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`It took longer than ${limit / 1000} s.`)), limit);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
