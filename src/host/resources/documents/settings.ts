// Attributes as a document: what can be changed on top, the rest under `$readOnly`. Only what was changed is sent.
import { similar } from '../../../aws/iamPolicy/similar.ts';
import type { Target } from '../../../aws/target.ts';
import type { SettledKind } from './address.ts';
import { bucketSettings } from './bucketSettings.ts';
import { canonical, parseObject, pretty, type Json, type JsonObject } from './json.ts';
import { DocumentProblem, problemOf } from './problem.ts';
import { queueSettings } from './queueSettings.ts';
import { checkRule, type Rules } from './rules.ts';
import type { Settings, SettingsKind } from './settingsKind.ts';
import { streamSettings } from './streamSettings.ts';
import { topicSettings } from './topicSettings.ts';

export const readOnlyMember = '$readOnly';

export const settingsKinds: Readonly<Record<SettledKind, SettingsKind>> = {
  topic: topicSettings,
  queue: queueSettings,
  bucket: bucketSettings,
  stream: streamSettings,
};

export const settingsText = ({ editable, readOnly }: Settings): string =>
  pretty({ ...editable, [readOnlyMember]: readOnly });

/**
 * Saves what the text changes, and gives what it is compared by. A member that is not in the text stays as it is; null takes away what can be taken away.
 * @throws DocumentProblem: AWS's own words, and what was saved before them
 */
export async function writeSettings(target: Target, kind: SettledKind, name: string, text: string): Promise<string> {
  const { [readOnlyMember]: _ignored, ...wanted } = parseObject(text);
  const { rules, groups, read } = settingsKinds[kind];
  const before = await read(target, name);
  if (before === undefined) throw new DocumentProblem('missing', `There is no ${kind} ${name} any more.`, '');
  const changes = changesOf(wanted, before);
  for (const [member, value] of Object.entries(changes)) checkMember(member, value, kind, rules);
  const saved: string[] = [];
  for (const { members, write } of groups) {
    const own = Object.fromEntries(Object.entries(changes).filter(([member]) => members.includes(member)));
    if (Object.keys(own).length === 0) continue;
    try {
      await write(target, name, own, before);
    } catch (error) {
      throw partly(problemOf(error), saved);
    }
    saved.push(...Object.keys(own));
  }
  return canonical({ ...before.editable, ...changes });
}

function changesOf(wanted: JsonObject, { editable }: Settings): JsonObject {
  const differs = ([member, value]: [string, Json]) => canonical(value) !== canonical(editable[member] ?? null);
  return Object.fromEntries(Object.entries(wanted).filter(differs));
}

function checkMember(member: string, value: Json, kind: SettledKind, rules: Rules): void {
  const rule = rules[member];
  if (!Object.hasOwn(rules, member) || rule === undefined) {
    const meant = similar(member, Object.keys(rules));
    const advice = meant === undefined ? 'Take it away.' : `Did you mean ${meant}?`;
    throw new DocumentProblem('refused', `"${member}" is nothing of a ${kind} that can be changed here.`, advice);
  }
  const wrong = checkRule(rule, value);
  if (wrong !== undefined) throw new DocumentProblem('refused', `${member} cannot be ${JSON.stringify(value)}.`, wrong);
}

function partly(problem: unknown, saved: readonly string[]): unknown {
  if (!(problem instanceof DocumentProblem) || saved.length === 0) return problem;
  const { kind, what, advice } = problem;
  return new DocumentProblem(kind, `${saved.join(', ')} was saved, the rest was not: ${what}`, advice, true);
}
