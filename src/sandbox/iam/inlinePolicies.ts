import { checkName } from './constraints.ts';
import { checkIdentityPolicy, countedLength, encodeDocument } from './documents.ts';
import { roleFor } from './iam.ts';
import type { Iam, IamHandlers } from './iam.ts';
import { pageOf } from './pages.ts';
import { noSuchRolePolicy, overLimit } from './refusals.ts';

const longest = 10_240;

export const inlinePolicyHandlers = (iam: Iam) =>
  ({
    PutRolePolicy({ RoleName, PolicyName, PolicyDocument }, call) {
      checkName('policyName', PolicyName, 128);
      const role = roleFor(iam, RoleName, call);
      checkIdentityPolicy(PolicyDocument);
      const others = [...role.inline].filter(([name]) => name !== PolicyName).map(([, text]) => text);
      const size = [...others, PolicyDocument].reduce((sum, text) => sum + countedLength(text), 0);
      if (size > longest) throw overLimit(`Maximum policy size of ${longest} bytes exceeded for role ${RoleName}`);
      role.inline.set(PolicyName, PolicyDocument);
      iam.world.changed();
    },
    GetRolePolicy({ RoleName, PolicyName }, call) {
      const role = roleFor(iam, RoleName, call);
      const document = role.inline.get(PolicyName);
      if (document === undefined) throw noSuchRolePolicy(PolicyName);
      return { RoleName: role.name, PolicyName, PolicyDocument: encodeDocument(document) };
    },
    ListRolePolicies({ RoleName, ...asked }, call) {
      const names = [...roleFor(iam, RoleName, call).inline.keys()].sort();
      const { items, more } = pageOf(names, asked);
      return { PolicyNames: [...items], ...more };
    },
    DeleteRolePolicy({ RoleName, PolicyName }, call) {
      if (!roleFor(iam, RoleName, call).inline.delete(PolicyName)) throw noSuchRolePolicy(PolicyName);
      iam.world.changed();
    },
  }) satisfies IamHandlers;
