// What IAM is asked about roles.
import type { Role } from '@aws-sdk/client-iam';
import type { Content, Found, Look } from '../kind.ts';
import type { Calls, Tagging } from '../late.ts';
import { sendOptions, tagList, tagsIn, unlessMissing } from '../lookup.ts';
import { attachedTo, inlineIn, stripRole } from './rolePolicies.ts';

/** By the SDK's name and by the wire's. */
const missing = ['NoSuchEntityException', 'NoSuchEntity'] as const;

function found(role: Role): Found {
  const { RoleName: name = '', Arn: arn = '' } = role;
  return { kind: 'role', key: { name }, name, arn, ref: name, output: { Role: role } };
}

/** Roles that AWS made for its services and for Identity Center: nobody else can change or remove them. */
const isAws = ({ Path = '/' }: Role): boolean => /^\/(aws-service-role|aws-reserved)\//.test(Path);

export const roleCalls: Calls & Tagging = {
  async list(look, next) {
    const input = { MaxItems: 1000, ...(next !== undefined && { Marker: next }) };
    const { Roles = [], Marker } = await look.target.send('iam.ListRoles', input, sendOptions(look));
    return {
      entries: Roles.filter((one) => !isAws(one)).map(found),
      ...(Marker !== undefined && { next: Marker }),
    };
  },

  async find(look, key) {
    const there = await roleNamed(look, key['name'] ?? '');
    return there && found(there);
  },

  async describe(look, { ref }) {
    const there = await roleNamed(look, ref);
    return there && { ...found(there), facts: { ...there, AssumeRolePolicyDocument: trustOf(there) } };
  },

  async tags(look, { ref }) {
    const answer = await unlessMissing(
      (options) => look.target.send('iam.ListRoleTags', { RoleName: ref }, options),
      look,
      missing,
    );
    return tagsIn(answer?.Tags);
  },

  async tag(look, { ref }, tags) {
    await look.target.send('iam.TagRole', { RoleName: ref, Tags: tagList(tags) }, sendOptions(look));
  },

  async contents(look, { ref }) {
    const counted: Content[] = [
      { what: 'inline policies', count: (await inlineIn(look, ref)).length },
      { what: 'attached policies', count: (await attachedTo(look, ref)).length },
    ];
    return counted
      .filter(({ count }) => count > 0)
      .map(({ what, count }) => ({ what: count === 1 ? what.replace('policies', 'policy') : what, count }));
  },

  async remove(look, { ref }) {
    await stripRole(look, ref);
    await unlessMissing((options) => look.target.send('iam.DeleteRole', { RoleName: ref }, options), look, missing);
    return { state: 'gone' };
  },
};

async function roleNamed(look: Look, RoleName: string): Promise<Role | undefined> {
  const answer = await unlessMissing(
    (options) => look.target.send('iam.GetRole', { RoleName }, options),
    look,
    missing,
  );
  return answer?.Role;
}

/** IAM gives documents as they stand in a URL. */
function trustOf({ AssumeRolePolicyDocument: document = '' }: Role): string {
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}
