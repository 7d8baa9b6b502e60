import type { Call } from '../service.ts';
import { checkName, checkPolicyArn, checkSessionDuration, isPolicyArn, readPath } from './constraints.ts';
import { checkTrustPolicy, countedLength, encodeDocument } from './documents.ts';
import { freshId, ownOf, roleFor, secondOf } from './iam.ts';
import type { Iam, IamHandlers } from './iam.ts';
import { pageOf } from './pages.ts';
import { findPolicy } from './policyStore.ts';
import { conflict, invalidInput, noSuchScope, overLimit, roleExists } from './refusals.ts';
import { keyOf, type Role } from './state.ts';
import { readTags, tagsIfAny } from './tags.ts';

const longestTrust = 2048;

export const roleHandlers = (iam: Iam) =>
  ({
    CreateRole(input, call) {
      const role = newRole(iam, input, call);
      const key = keyOf(call.account, role.name);
      if (iam.state.roles.has(key)) throw roleExists(role.name);
      iam.state.roles.set(key, role);
      iam.world.changed();
      return { Role: { ...describeRole(role), ...boundaryOf(role), ...tagsIfAny(role.tags) } };
    },
    GetRole: ({ RoleName }, call) => ({ Role: describeWholeRole(roleFor(iam, RoleName, call)) }),
    ListRoles({ PathPrefix = '/', ...asked }, call) {
      const own = ownOf(iam.state.roles, call).filter(({ path }) => path.startsWith(PathPrefix));
      const { items, more } = pageOf(own, asked);
      return { Roles: items.map((role) => ({ ...describeRole(role), ...settingsOf(role) })), ...more };
    },
    UpdateRole({ RoleName, Description, MaxSessionDuration }, call) {
      checkSessionDuration(MaxSessionDuration);
      const role = roleFor(iam, RoleName, call);
      role.description = Description ?? role.description;
      role.maxSeconds = MaxSessionDuration ?? role.maxSeconds;
      iam.world.changed();
      return {};
    },
    UpdateRoleDescription({ RoleName, Description }, call) {
      const role = roleFor(iam, RoleName, call);
      role.description = Description;
      iam.world.changed();
      return { Role: { ...describeRole(role), Description } };
    },
    UpdateAssumeRolePolicy({ RoleName, PolicyDocument }, call) {
      const role = roleFor(iam, RoleName, call);
      checkTrust(iam, PolicyDocument, call);
      role.trust = PolicyDocument;
      iam.world.changed();
    },
    DeleteRole({ RoleName }, call) {
      const role = roleFor(iam, RoleName, call);
      checkDeletable(iam, role);
      iam.state.roles.delete(keyOf(call.account, RoleName));
      iam.world.changed();
    },
    PutRolePermissionsBoundary({ RoleName, PermissionsBoundary }, call) {
      const role = roleFor(iam, RoleName, call);
      role.boundary = readBoundary(iam, PermissionsBoundary, call);
      iam.world.changed();
    },
    DeleteRolePermissionsBoundary({ RoleName }, call) {
      roleFor(iam, RoleName, call).boundary = undefined;
      iam.world.changed();
    },
  }) satisfies IamHandlers;

type CreateRoleInput = Parameters<NonNullable<IamHandlers['CreateRole']>>[0];

function newRole(iam: Iam, input: CreateRoleInput, call: Call): Role {
  const { RoleName: name, AssumeRolePolicyDocument: trust, MaxSessionDuration: maxSeconds = 3600 } = input;
  checkName('roleName', name, 64);
  checkSessionDuration(maxSeconds);
  const path = readPath(input.Path);
  const tags = readTags(input.Tags);
  checkTrust(iam, trust, call);
  const { PermissionsBoundary } = input;
  return {
    account: call.account,
    id: freshId(iam, 'AROA'),
    arn: `arn:aws:iam::${call.account}:role${path}${name}`,
    path,
    name,
    created: secondOf(iam),
    tags,
    trust,
    description: input.Description,
    maxSeconds,
    boundary: PermissionsBoundary === undefined ? undefined : readBoundary(iam, PermissionsBoundary, call),
    inline: new Map(),
    attached: new Set(),
  };
}

function checkTrust({ state, world }: Iam, document: string, { account, caller }: Call): void {
  if (countedLength(document) > longestTrust)
    throw overLimit(`Cannot exceed quota for ACLSizePerRole: ${longestTrust}`);
  checkTrustPolicy(document, (arn) => {
    const [, of = '', kind, name = ''] = /::(\d{12}):(role|user)\/(?:.*\/)?(.+)$/.exec(arn) ?? [];
    if (of !== account && of !== world.defaultAccount) return true; // nothing is known of other accounts
    const all = kind === 'role' ? state.roles : state.users;
    return arn === caller.arn || arn.endsWith(':user/learner') || all.get(keyOf(of, name))?.arn === arn;
  });
}

/** @throws InvalidInput, NoSuchEntity */
export function readBoundary(iam: Iam, arn: string, call: Call): string {
  if (!isPolicyArn(arn)) throw invalidInput(`ARN ${arn} is not valid.`);
  checkPolicyArn(arn);
  if (findPolicy(iam, arn, call) === undefined) throw noSuchScope(arn);
  return arn;
}

function checkDeletable({ state }: Iam, role: Role): void {
  const inProfile = [...state.profiles.values()].some((one) => one.account === role.account && one.role === role.name);
  if (inProfile) throw conflict('Cannot delete entity, must remove roles from instance profile first.');
  if (role.attached.size > 0) throw conflict('Cannot delete entity, must detach all policies first.');
  if (role.inline.size > 0) throw conflict('Cannot delete entity, must delete policies first.');
}

/** What every answer has of a role. */
export const describeRole = (role: Role) => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: new Date(role.created),
  AssumeRolePolicyDocument: encodeDocument(role.trust),
});

const settingsOf = ({ description, maxSeconds }: Role) => ({
  ...(description !== undefined && { Description: description }),
  MaxSessionDuration: maxSeconds,
});

/** AWS answers with another word than its own model has. */
const boundaryType = 'Policy' as string as 'PermissionsBoundaryPolicy';

export const boundaryOf = ({ boundary }: { readonly boundary: string | undefined }) =>
  boundary === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: boundaryType, PermissionsBoundaryArn: boundary } };

const describeWholeRole = (role: Role) => ({
  ...describeRole(role),
  ...settingsOf(role),
  ...boundaryOf(role),
  ...tagsIfAny(role.tags),
  RoleLastUsed: {}, // when a role was last used is not recorded
});
