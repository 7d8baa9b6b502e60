// Whether every name that an expression reads is there by then.
import { didYouMean } from './didYouMean.ts';
import type { Problem } from './model.ts';
import type { Gathered, NameUse } from './parseParts.ts';
import type { FrontMatter } from './parseFrontMatter.ts';

export function checkUses(
  front: FrontMatter,
  { gathered, files }: { readonly gathered: Gathered; readonly files: readonly string[] | undefined },
  problems: Problem[],
): void {
  const members: Readonly<Record<string, readonly string[] | undefined>> = {
    files,
    inputs: front.inputs.map(({ name }) => name),
    names: front.names.map(({ name }) => name),
    target: ['account', 'region', 'kind', 'endpoint', 'partition'],
    session: ['id', 'short', 'lab'],
  };
  for (const use of gathered.uses) {
    const message = problemOf(use, members, gathered);
    if (message !== undefined) problems.push({ range: use.range, severity: 'error', message });
  }
}

function problemOf(
  { path, order }: NameUse,
  members: Readonly<Record<string, readonly string[] | undefined>>,
  { saves }: Gathered,
): string | undefined {
  const [name = '', member] = path;
  if (Object.hasOwn(members, name)) {
    const known = members[name];
    if (member === undefined || known === undefined || known.includes(member)) return undefined;
    const none = { inputs: 'There is no input', names: 'There is no name', files: 'The folder "files" has no' }[name];
    return `${none ?? `${name} has no`} ${member}.${didYouMean(member, known)}`;
  }
  const saved = saves.filter((save) => save.path[0] === name);
  // Only an action before it counts: what an action saves is there once it has ended.
  if (saved.some((save) => save.order < order)) return undefined;
  const [later] = saved;
  if (later) return `${name} is used before it is saved: that happens on line ${later.range.start.line}.`;
  return `Nothing saves ${name}.${didYouMean(name, [...Object.keys(members), ...saves.flatMap((save) => save.path)])}`;
}
