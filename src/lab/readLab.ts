// Lab text -> lab, checked against the SDK's own schemas too: unknown parameters, missing ones, wrong types.
// Apart from parse.ts, because it loads the clients of the services that the lab calls.
import { inputShape, type InputProblem } from '../aws/shapes.ts';
import { didYouMean } from './didYouMean.ts';
import { listFiles } from './labFiles.ts';
import type { Problem } from './model.ts';
import { hasErrors, parseWithCalls, type LabPlace, type ParsedLab } from './parse.ts';
import type { CallSite } from './parseParts.ts';

/** `folder`: where lab.md is, and beside it the lab's files. */
export async function readLab(text: string, { id, folder }: Omit<LabPlace, 'files'>): Promise<ParsedLab> {
  const files = folder === undefined ? undefined : await listFiles(folder);
  const { lab, problems, calls } = parseWithCalls(text, { id, folder, files });
  const found = (await Promise.all(calls.map(checkCall))).flat();
  const all = [...problems, ...found].sort((a, b) => a.range.start.offset - b.range.start.offset);
  return lab && !hasErrors(all) ? { lab, problems: all } : { problems: all };
}

async function checkCall({ request, locate }: CallSite): Promise<readonly Problem[]> {
  const shape = await inputShape(request.operation);
  return shape.check(request.with).map((problem) => ({
    range: locate(problem.path),
    severity: 'error',
    message: `${request.operation}: ${say(problem)}`,
  }));
}

function say({ message, known, path }: InputProblem): string {
  return `${message}.${didYouMean(String(path.at(-1) ?? ''), known)}`;
}
