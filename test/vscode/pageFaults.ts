// What axe-core finds wrong with our pages for people who see, point or hear otherwise: contrast, names, roles, landmarks.
import { setTimeout as delay } from 'node:timers/promises';
import axe, { type AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** A line a fault: the page, its theme, the rule, the element. What is only on its way from one colour to another is no fault. */
export async function pageFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const frame of page.frames().filter((each) => each.parentFrame()?.parentFrame())) {
    if ((await faultsOf(frame)).length === 0) continue;
    await delay(400);
    faults.push(...(await faultsOf(frame)));
  }
  return faults;
}

async function faultsOf(frame: Frame): Promise<string[]> {
  try {
    if (!(await frame.evaluate(() => document.getElementById('root')?.hasChildNodes()))) return [];
    // As an expression of the tool's own: the page's policy lets no other script in.
    await frame.evaluate(axe.source);
    const result = await frame.evaluate<AxeResults>(`axe.run(document, { resultTypes: ['violations'] })`);
    const where = await frame.evaluate(() => `${document.title}, ${/vscode-\S+/.exec(document.body.className)?.[0]}`);
    return result.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${where}: ${id}: ${told(node)}`));
  } catch (error) {
    if (frame.isDetached()) return [];
    throw error;
  }
}

function told({ html, failureSummary = '' }: AxeResults['violations'][number]['nodes'][number]): string {
  const [, ...reasons] = failureSummary.split('\n');
  return `${html.replaceAll(/<!--.*?-->/g, '').slice(0, 160)} ${reasons.join(' ').trim()}`;
}
