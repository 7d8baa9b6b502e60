import { checkPolicyArn } from './constraints.ts';
import { ownOf, roleFor } from './iam.ts';
import type { Iam, IamHandlers } from './iam.ts';
import { pageOf } from './pages.ts';
import { findPolicy, policyFor } from './policyStore.ts';
import { noSuchPolicy, notAttachable, overLimit } from './refusals.ts';
import type { Role } from './state.ts';

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
    ListAttachedRolePolicies({ RoleName, PathPrefix = '/', ...asked }, call) {
      const attached = [...roleFor(iam, RoleName, call).attached].flatMap((PolicyArn) => {
        const policy = findPolicy(iam, PolicyArn, call)?.policy;
        return policy?.path.startsWith(PathPrefix) ? [{ PolicyName: policy.name, PolicyArn }] : [];
      });
      const { items, more } = pageOf(attached, asked);
      return { AttachedPolicies: [...items], ...more };
    },
    /** Users and groups have no policies here, so only roles are found. */
    ListEntitiesForPolicy({ PolicyArn, EntityFilter, PathPrefix = '/', PolicyUsageFilter, ...asked }, call) {
      policyFor(iam, PolicyArn, call);
      const uses = (role: Role) =>
        PolicyUsageFilter === 'PermissionsBoundary' ? role.boundary === PolicyArn : role.attached.has(PolicyArn);
      const roles = ownOf(iam.state.roles, call).filter((role) => role.path.startsWith(PathPrefix) && uses(role));
      const wanted = EntityFilter === undefined || EntityFilter === 'Role' ? roles : [];
      const { items, more } = pageOf(wanted, asked);
      const PolicyRoles = items.map(({ name, id }) => ({ RoleName: name, RoleId: id }));
      return { PolicyGroups: [], PolicyUsers: [], PolicyRoles, ...more };
    },
  }) satisfies IamHandlers;
