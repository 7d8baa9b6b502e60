// The language of `attributes.json`: what is wrong, what can stand there, what it means. Text in, findings and the like out.
import { findNodeAtOffset, getLocation } from 'jsonc-parser';
import type { Completion } from '../../../aws/iamPolicy/complete.ts';
import type { Hover } from '../../../aws/iamPolicy/hover.ts';
import type { Finding, Fix } from '../../../aws/iamPolicy/model.ts';
import { similar } from '../../../aws/iamPolicy/similar.ts';
import { isText, memberOf, membersOf, readTree, replace, spanOf, type Member } from '../../../aws/iamPolicy/tree.ts';
import { syntaxFindings } from '../../../aws/iamPolicy/validate.ts';
import type { SettledKind } from './address.ts';
import { asJson, canonical, type Json } from './json.ts';
import { checkRule, describeRule, type Rule, type Rules } from './rules.ts';
import { readOnlyMember, settingsKinds } from './settings.ts';

/** `seen`: the text as it was read, which tells what is only shown, and what is unchanged. */
export function validateSettings(text: string, kind: SettledKind, seen: string | undefined): readonly Finding[] {
  const tree = readTree(text);
  const held = seen === undefined ? undefined : readTree(seen).root;
  const { rules } = settingsKinds[kind];
  const found = membersOf(tree.root).flatMap((member) => {
    const was = memberOf(held, member.name)?.value;
    if (was && same(was, member)) return [];
    if (member.name === readOnlyMember)
      return was ? [readOnlyFinding(member, (seen ?? '').slice(was.offset, was.offset + was.length))] : [];
    return judge(member, rules, kind);
  });
  return [...syntaxFindings(tree), ...found];
}

const same = (was: Parameters<typeof valueOf>[0], { value }: Member): boolean =>
  value !== undefined && canonical(valueOf(was)) === canonical(valueOf(value));

function valueOf(node: NonNullable<Member['value']>): Json {
  switch (node.type) {
    case 'object':
      return Object.fromEntries(membersOf(node).map(({ name, value }) => [name, value ? valueOf(value) : null]));
    case 'array':
      return (node.children ?? []).map(valueOf);
    default:
      return asJson(node.value);
  }
}

function readOnlyFinding({ key, value }: Member, was: string): Finding {
  const fixes: readonly Fix[] = value ? [{ title: 'Put back what it was', edits: replace(value, was) }] : [];
  const message = 'What is in here is only shown. What you change in it is not saved.';
  return { code: 'read-only', severity: 'warning', message, ...spanOf(key), fixes };
}

function judge({ name, key, value }: Member, rules: Rules, kind: SettledKind): readonly Finding[] {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (rule === undefined) {
    const meant = similar(name, Object.keys(rules));
    const fixes =
      meant === undefined ? [] : [{ title: `Change to ${meant}`, edits: replace(key, JSON.stringify(meant)) }];
    const message = `"${name}" is nothing of a ${kind} that can be changed here. ${meant === undefined ? 'Take it away.' : `Did you mean ${meant}?`}`;
    return [{ code: 'unknown', severity: 'error', message, ...spanOf(key), fixes }];
  }
  const wrong = value && checkRule(rule, valueOf(value));
  if (value === undefined || wrong === undefined) return [];
  return [
    { code: 'value', severity: 'error', message: `${name} cannot be this. ${wrong}`, ...spanOf(value), fixes: [] },
  ];
}

/** Names of what is not there yet, and values of choices. */
export function completeSettings(text: string, offset: number, kind: SettledKind): readonly Completion[] {
  const { path, isAtPropertyKey, previousNode: node } = getLocation(text, offset);
  const { rules } = settingsKinds[kind];
  const inside = node && node.offset <= offset && offset <= node.offset + node.length && node.type !== 'object';
  const span = inside ? { start: node.offset, end: node.offset + node.length } : { start: offset, end: offset };
  if (path.length !== 1) return [];
  const rule = rules[String(path[0])];
  if (!isAtPropertyKey)
    return rule
      ? valuesOf(rule).map((value) => ({ label: value, insert: value, what: '', kind: 'value', ...span }))
      : [];
  const taken = new Set(
    membersOf(readTree(text).root).flatMap(({ name, key }) => (key.offset === span.start ? [] : [name])),
  );
  const after = text.slice(span.end).trimStart();
  return Object.entries(rules)
    .filter(([name]) => !taken.has(name))
    .map(([label, each]) => ({
      label,
      insert: `${JSON.stringify(label)}${after.startsWith(':') ? '' : ': $1'}${after.startsWith('"') ? ',' : ''}`,
      what: each.what,
      kind: 'element',
      ...span,
    }));
}

function valuesOf(rule: Rule): readonly string[] {
  const removed = rule.removable ? ['null'] : [];
  if (rule.kind === 'flag') return ['true', 'false'];
  return rule.kind === 'choice' ? [...rule.of.map((each) => JSON.stringify(each)), ...removed] : removed;
}

export function hoverSettings(text: string, offset: number, kind: SettledKind): Hover | undefined {
  const { root } = readTree(text);
  const node = root && findNodeAtOffset(root, offset);
  const { rules } = settingsKinds[kind];
  if (!isText(node) || node.parent?.parent !== root || node.parent?.children?.[0] !== node) return undefined;
  const rule = Object.hasOwn(rules, node.value) ? rules[node.value] : undefined;
  return (
    rule && { ...spanOf(node), text: `${rule.what} It is ${describeRule(rule)}${rule.removable ? ', or null' : ''}.` }
  );
}
