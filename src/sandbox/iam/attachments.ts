import type { Call } from '../service.ts';
import { checkPolicyArn } from './constraints.ts';
import { ownOf, roleFor, userFor } from './iam.ts';
import type { Iam, IamHandlers } from './iam.ts';
import { pageOf } from './pages.ts';
import { findPolicy, policyFor } from './policyStore.ts';
import { noSuchPolicy, notAttachable, overLimit } from './refusals.ts';
import type { Role, User } from './state.ts';

const most = 10;

export const attachmentHandlers = (iam: Iam) =>
  ({
    AttachRolePolicy({ RoleName, PolicyArn }, call) {
      checkPolicyArn(PolicyArn);
      const role = roleFor(iam, RoleName, call);
      if (findPolicy(iam, PolicyArn, call) === undefined) throw notAttachable(PolicyArn);
      if (role.attached.has(PolicyArn)) return; // attaching again is no error
      if (role.attached.size >= most) throw overLimit(`Cannot exceed quota for PoliciesPerRole: ${most}`);
      role.attached.add(PolicyArn);
      iam.world.changed();
    },
    DetachRolePolicy({ RoleName, PolicyArn }, call) {
      checkPolicyArn(PolicyArn);
      if (!roleFor(iam, RoleName, call).attached.delete(PolicyArn)) throw noSuchPolicy(PolicyArn);
      iam.world.changed();
    },
    ListAttachedRolePolicies: ({ RoleName, ...asked }, call) =>
      attachedTo(iam, roleFor(iam, RoleName, call), asked, call),
    AttachUserPolicy({ UserName, PolicyArn }, call) {
      checkPolicyArn(PolicyArn);
      const user = userFor(iam, UserName, call);
      if (findPolicy(iam, PolicyArn, call) === undefined) throw notAttachable(PolicyArn);
      if (user.attached.has(PolicyArn)) return;
      if (user.attached.size >= most) throw overLimit(`Cannot exceed quota for PoliciesPerUser: ${most}`);
      user.attached.add(PolicyArn);
      iam.world.changed();
    },
    DetachUserPolicy({ UserName, PolicyArn }, call) {
      checkPolicyArn(PolicyArn);
      if (!userFor(iam, UserName, call).attached.delete(PolicyArn)) throw noSuchPolicy(PolicyArn);
      iam.world.changed();
    },
    ListAttachedUserPolicies: ({ UserName, ...asked }, call) =>
      attachedTo(iam, userFor(iam, UserName, call), asked, call),
    /** There are no groups here. */
    ListEntitiesForPolicy({ PolicyArn, EntityFilter, PathPrefix = '/', PolicyUsageFilter, ...asked }, call) {
      policyFor(iam, PolicyArn, call);
      const uses = ({ path, boundary, attached }: Role | User) =>
        path.startsWith(PathPrefix) &&
        (PolicyUsageFilter === 'PermissionsBoundary' ? boundary === PolicyArn : attached.has(PolicyArn));
      const wanted = (kind: 'User' | 'Role', all: readonly (Role | User)[]) =>
        EntityFilter === undefined || EntityFilter === kind ? all.filter(uses).map((holder) => ({ kind, holder })) : [];
      const users = wanted('User', ownOf(iam.state.users, call));
      const { items, more } = pageOf([...users, ...wanted('Role', ownOf(iam.state.roles, call))], asked);
      const named = (kind: 'User' | 'Role') => items.filter((item) => item.kind === kind).map(({ holder }) => holder);
      return {
        PolicyGroups: [],
        PolicyUsers: named('User').map(({ name, id }) => ({ UserName: name, UserId: id })),
        PolicyRoles: named('Role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
        ...more,
      };
    },
  }) satisfies IamHandlers;

type Asked = Parameters<typeof pageOf>[1] & { readonly PathPrefix?: string | undefined };

function attachedTo(iam: Iam, { attached }: Role | User, { PathPrefix = '/', ...asked }: Asked, call: Call) {
  const shown = [...attached].flatMap((PolicyArn) => {
    const policy = findPolicy(iam, PolicyArn, call)?.policy;
    return policy?.path.startsWith(PathPrefix) ? [{ PolicyName: policy.name, PolicyArn }] : [];
  });
  const { items, more } = pageOf(shown, asked);
  return { AttachedPolicies: [...items], ...more };
}
