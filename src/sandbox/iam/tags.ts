// Tags of roles, policies, instance profiles and users. Keys are compared without case, but for those of policies.
import { violation, violations } from './constraints.ts';
import type { Iam, IamHandlers } from './iam.ts';
import { profileFor, roleFor, userFor } from './iam.ts';
import { pageOf } from './pages.ts';
import { ownPolicyFor } from './policyStore.ts';
import { invalidInput, overLimit } from './refusals.ts';

const most = 50;
const characters = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]';

interface GivenTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export const tagHandlers = (iam: Iam) =>
  ({
    TagRole: ({ RoleName, Tags }, call) => addTags(iam, roleFor(iam, RoleName, call).tags, Tags),
    UntagRole: ({ RoleName, TagKeys }, call) => dropTags(iam, roleFor(iam, RoleName, call).tags, TagKeys),
    ListRoleTags: (input, call) => listTags(roleFor(iam, input.RoleName, call).tags, input),
    TagUser: ({ UserName, Tags }, call) => addTags(iam, userFor(iam, UserName, call).tags, Tags),
    UntagUser: ({ UserName, TagKeys }, call) => dropTags(iam, userFor(iam, UserName, call).tags, TagKeys),
    ListUserTags: (input, call) => listTags(userFor(iam, input.UserName, call).tags, input),
    TagInstanceProfile: ({ InstanceProfileName, Tags }, call) =>
      addTags(iam, profileFor(iam, InstanceProfileName, call).tags, Tags),
    UntagInstanceProfile: ({ InstanceProfileName, TagKeys }, call) =>
      dropTags(iam, profileFor(iam, InstanceProfileName, call).tags, TagKeys),
    ListInstanceProfileTags: (input, call) => listTags(profileFor(iam, input.InstanceProfileName, call).tags, input),
    TagPolicy: ({ PolicyArn, Tags }, call) => addTags(iam, ownPolicyFor(iam, PolicyArn, call).tags, Tags, true),
    UntagPolicy: ({ PolicyArn, TagKeys }, call) =>
      dropTags(iam, ownPolicyFor(iam, PolicyArn, call).tags, TagKeys, true),
    ListPolicyTags: (input, call) => listTags(ownPolicyFor(iam, input.PolicyArn, call).tags, input),
  }) satisfies IamHandlers;

/** @throws ValidationError, InvalidInput */
export function readTags(given: readonly GivenTag[] | undefined, caseCounts = false): Map<string, string> {
  const list = given ?? [];
  const broken = [
    ...(list.length > most ? [violation('tags', `Member must have length less than or equal to ${most}`)] : []),
    ...list.flatMap(({ Key = '', Value = '' }, index) => [
      ...textRules(`tags.${index + 1}.member.key`, Key, 128, '+'),
      ...textRules(`tags.${index + 1}.member.value`, Value, 256, '*'),
    ]),
  ];
  if (broken.length > 0) throw violations(broken);
  const tags = new Map(list.map(({ Key = '', Value = '' }) => [Key, Value]));
  const keys = new Set(list.map(({ Key = '' }) => (caseCounts ? Key : Key.toLowerCase())));
  if (keys.size === list.length) return tags;
  const hint = caseCounts ? '' : ' Please note that Tag keys are case insensitive.';
  throw invalidInput(`Duplicate tag keys found.${hint}`);
}

function textRules(name: string, text: string, max: number, times: '+' | '*'): string[] {
  const pattern = `${characters}${times}`;
  return [
    ...(text.length > max ? [violation(name, `Member must have length less than or equal to ${max}`)] : []),
    ...(times === '+' && text === '' ? [violation(name, 'Member must have length greater than or equal to 1')] : []),
    ...(new RegExp(`^${characters}*$`, 'u').test(text)
      ? []
      : [violation(name, `Member must satisfy regular expression pattern: ${pattern}`)]),
  ];
}

export function addTags(iam: Iam, tags: Map<string, string>, given: readonly GivenTag[], caseCounts = false): void {
  const added = readTags(given, caseCounts);
  const known = [...tags.keys()];
  const entries = [...added].map(([key, value]) => [sameKey(known, key, caseCounts) ?? key, value] as const);
  if (new Set([...known, ...entries.map(([key]) => key)]).size > most) {
    throw overLimit('The number of tags has reached the maximum limit.');
  }
  for (const [key, value] of entries) tags.set(key, value);
  iam.world.changed();
}

export function dropTags(iam: Iam, tags: Map<string, string>, keys: readonly string[], caseCounts = false): void {
  if (keys.length > most) {
    throw violations([violation('tagKeys', `Member must have length less than or equal to ${most}`)]);
  }
  for (const key of keys) {
    const known = sameKey([...tags.keys()], key, caseCounts);
    if (known !== undefined) tags.delete(known);
  }
  iam.world.changed();
}

const sameKey = (known: readonly string[], key: string, caseCounts: boolean): string | undefined =>
  known.find((each) => each === key || (!caseCounts && each.toLowerCase() === key.toLowerCase()));

export function listTags(tags: ReadonlyMap<string, string>, asked: Parameters<typeof pageOf>[1]) {
  const sorted = tagList(tags).sort((a, b) => (a.Key < b.Key ? -1 : 1));
  const { items, more } = pageOf(sorted, asked);
  return { Tags: [...items], ...more };
}

export const tagList = (tags: ReadonlyMap<string, string>) => [...tags].map(([Key, Value]) => ({ Key, Value }));

/** Left out where there are none. */
export const tagsIfAny = (tags: ReadonlyMap<string, string>) => (tags.size === 0 ? {} : { Tags: tagList(tags) });
