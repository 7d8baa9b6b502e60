// Lab text -> lab. In: `lab.md`. Out: the lab, and every problem with its line and column; never an exception, never HTML.
// A lab with an error has no `lab`: nothing of it can be run. readLab.ts adds what only the SDK's schemas can tell.
import type { Code, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { checkUses } from './checkUses.ts';
import type { Action, Check, Lab, Part, Problem, Step } from './model.ts';
import { BlockReader } from './parseActions.ts';
import { type CallSite, Gathered } from './parseParts.ts';
import { tooMuch } from './limits.ts';
import { parseFrontMatter, type FrontMatter } from './parseFrontMatter.ts';
import { checkProse, headingText, isComment, slug, stepMark } from './prose.ts';
import { Source } from './source.ts';
import { YamlReader } from './yamlReader.ts';

export interface ParsedLab {
  readonly lab?: Lab;
  readonly problems: readonly Problem[];
}

/** What the text alone does not tell. */
export interface LabPlace {
  readonly id: string;
  readonly folder?: string | undefined;
  /** The names of its files, where they are known: then only these can be used. */
  readonly files?: readonly string[] | undefined;
}

export function parseLab(text: string, place: LabPlace): ParsedLab {
  const { lab, problems } = parseWithCalls(text, place);
  return lab ? { lab, problems } : { problems };
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** The same, with the places of all calls, for the checks that need the SDK. */
export function parseWithCalls(
  text: string,
  { id, folder, files }: LabPlace,
): ParsedLab & { readonly calls: readonly CallSite[] } {
  const source = new Source(text);
  const problems: Problem[] = [];
  const much = tooMuch(text);
  if (much) {
    report(source, problems, much.offset, much.offset + 1, `This lab is not read: ${much.message}`);
    return { problems, calls: [] };
  }
  const gathered = new Gathered();
  const { front, body } = readFrontMatter(source, problems, gathered);
  const { intro, sections } = splitSteps(source, body, problems);
  const steps = sections.map((section, index) => readStep(source, section, index, problems, gathered));
  checkStepIds(steps, problems);
  if (front) checkUses(front, { gathered, files }, problems);
  if (steps.length === 0)
    report(source, problems, text.length, text.length, 'This lab has no steps: each ## heading is one.');
  const sorted = unique(problems);
  return {
    ...(front &&
      !hasErrors(sorted) && { lab: { id, ...front, ...(folder !== undefined && { folder }), intro, steps } }),
    problems: sorted,
    calls: gathered.calls,
  };
}

function report(source: Source, problems: Problem[], start: number, end: number, message: string): void {
  problems.push({ range: source.range(start, end), severity: 'error', message });
}

function readFrontMatter(
  source: Source,
  problems: Problem[],
  gathered: Gathered,
): { front?: FrontMatter | undefined; body: number } {
  const found = /^(\uFEFF?---[ \t]*\r?\n)([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(source.text);
  if (!found || found.index !== 0) {
    report(source, problems, 0, 0, 'A lab begins with front matter between two lines of ---.');
    return { body: 0 };
  }
  const [whole, opening = '', yamlText = ''] = found;
  const yaml = new YamlReader(source, opening.length, problems);
  const root = yaml.read(opening.length + yamlText.length);
  if (!root && problems.length === 0) report(source, problems, 0, whole.length, 'The front matter is empty.');
  return { front: root && parseFrontMatter(yaml, root, gathered), body: whole.length };
}

interface Section {
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly nodes: readonly RootContent[];
}

function splitSteps(source: Source, body: number, problems: Problem[]): { intro: RootContent[]; sections: Section[] } {
  // Blank lines in place of the front matter keep every position true.
  const blank = source.text.slice(0, body).replace(/[^\r\n]/g, ' ');
  const tree = fromMarkdown(blank + source.text.slice(body), {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  });
  checkProse(tree, source, problems);
  const intro: RootContent[] = [];
  const sections: { title: string; start: number; end: number; nodes: RootContent[] }[] = [];
  for (const node of tree.children) {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? start;
    const current = sections.at(-1);
    if (node.type === 'heading' && node.depth === 2) sections.push({ title: headingText(node), start, end, nodes: [] });
    else if (current) {
      current.nodes.push(node);
      current.end = end;
    } else if (isBlock(node)) report(source, problems, start, end, 'A block that acts must stand under a ## heading.');
    else if (!isComment(node) && !(node.type === 'heading' && node.depth === 1)) intro.push(node);
  }
  return { intro, sections };
}

function isBlock(node: RootContent): node is Code {
  return node.type === 'code' && node.lang === 'yaml' && (node.meta === 'run' || node.meta === 'check');
}

function readStep(source: Source, section: Section, index: number, problems: Problem[], gathered: Gathered): Step {
  const id = stepMark(section.nodes[0]) ?? slug(section.title);
  const actions: Action[] = [];
  const checks: Check[] = [];
  // All of a step's actions happen before its checks, wherever they stand.
  const blocks = section.nodes.filter(isBlock);
  const placed = new Map<RootContent, Part>();
  for (const meta of ['run', 'check'] as const) {
    for (const block of blocks.filter((candidate) => candidate.meta === meta)) {
      const into: (Action | Check)[] = meta === 'run' ? actions : checks;
      const first = into.length;
      const { yaml, items } = readBlock(source, block, problems);
      const reader = new BlockReader(yaml, gathered, id);
      for (const item of items) {
        if (meta === 'run') actions.push(...one(reader.action(item, actions.length)));
        else checks.push(...one(reader.check(item, checks.length)));
      }
      placed.set(block, { kind: meta, first, count: into.length - first });
    }
  }
  return {
    id,
    number: index + 1,
    title: section.title,
    kind: blocks.length === 0 ? 'read' : 'do',
    parts: partsOf(section.nodes, placed),
    actions,
    checks,
    range: source.range(section.start, section.end),
  };
}

function one<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}

/** The text between the fences, read where it stands. */
function readBlock(
  source: Source,
  block: Code,
  problems: Problem[],
): { yaml: YamlReader; items: ReturnType<YamlReader['list']> } {
  const start = block.position?.start.offset ?? 0;
  const end = block.position?.end.offset ?? start;
  const raw = source.text.slice(start, end);
  const from = start + (/\r?\n/.exec(raw) ? raw.indexOf('\n') + 1 : raw.length);
  const closing = /\r?\n[ \t]*(`{3,}|~{3,})[ \t]*$/.exec(raw);
  const yaml = new YamlReader(source, from, problems);
  const root = yaml.read(Math.max(from, closing ? start + closing.index + 1 : end));
  if (!root && !problems.some(({ range }) => range.start.offset >= start && range.end.offset <= end))
    report(source, problems, start, end, 'This block is empty.');
  return { yaml, items: yaml.list(root, 'A block that acts') };
}

function partsOf(nodes: readonly RootContent[], placed: ReadonlyMap<RootContent, Part>): Part[] {
  const parts: Part[] = [];
  let prose: RootContent[] = [];
  const flush = () => {
    if (prose.length > 0) parts.push({ kind: 'prose', nodes: prose });
    prose = [];
  };
  for (const node of nodes) {
    const part = placed.get(node);
    if (part) {
      flush();
      parts.push(part);
    } else if (!isComment(node)) prose.push(node);
  }
  flush();
  return parts;
}

function checkStepIds(steps: readonly Step[], problems: Problem[]): void {
  const seen = new Map<string, Step>();
  for (const step of steps) {
    const before = seen.get(step.id);
    if (before)
      problems.push({
        range: step.range,
        severity: 'error',
        message: `Two steps have the id ${step.id}: the other is on line ${before.range.start.line}.`,
      });
    seen.set(step.id, step);
  }
}

/** In the order of the text, each place and message once. */
function unique(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return [...problems]
    .sort((a, b) => a.range.start.offset - b.range.start.offset)
    .filter(({ range, message }) => {
      const key = `${range.start.offset} ${message}`;
      return !seen.has(key) && seen.add(key);
    });
}
