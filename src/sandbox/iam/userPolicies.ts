// What users may do: inline policies and the boundary. Managed policies are attached in attachments.ts.
import { checkName } from './constraints.ts';
import { checkIdentityPolicy, countedLength, encodeDocument } from './documents.ts';
import { userFor } from './iam.ts';
import type { Iam, IamHandlers } from './iam.ts';
import { pageOf } from './pages.ts';
import { noSuchUserPolicy, overLimit } from './refusals.ts';
import { readBoundary } from './roles.ts';

const longest = 2048;

export const userPolicyHandlers = (iam: Iam) =>
  ({
    PutUserPolicy({ UserName, PolicyName, PolicyDocument }, call) {
      checkName('policyName', PolicyName, 128);
      const user = userFor(iam, UserName, call);
      checkIdentityPolicy(PolicyDocument);
      const others = [...user.inline].filter(([name]) => name !== PolicyName).map(([, text]) => text);
      const size = [...others, PolicyDocument].reduce((sum, text) => sum + countedLength(text), 0);
      if (size > longest) throw overLimit(`Maximum policy size of ${longest} bytes exceeded for user ${UserName}`);
      user.inline.set(PolicyName, PolicyDocument);
      iam.world.changed();
    },
    GetUserPolicy({ UserName, PolicyName }, call) {
      const user = userFor(iam, UserName, call);
      const document = user.inline.get(PolicyName);
      if (document === undefined) throw noSuchUserPolicy(PolicyName);
      return { UserName: user.name, PolicyName, PolicyDocument: encodeDocument(document) };
    },
    ListUserPolicies({ UserName, ...asked }, call) {
      const names = [...userFor(iam, UserName, call).inline.keys()].sort();
      const { items, more } = pageOf(names, asked);
      return { PolicyNames: [...items], ...more };
    },
    DeleteUserPolicy({ UserName, PolicyName }, call) {
      if (!userFor(iam, UserName, call).inline.delete(PolicyName)) throw noSuchUserPolicy(PolicyName);
      iam.world.changed();
    },
    PutUserPermissionsBoundary({ UserName, PermissionsBoundary }, call) {
      const user = userFor(iam, UserName, call);
      user.boundary = readBoundary(iam, PermissionsBoundary, call);
      iam.world.changed();
    },
    DeleteUserPermissionsBoundary({ UserName }, call) {
      userFor(iam, UserName, call).boundary = undefined;
      iam.world.changed();
    },
    /** There are no groups here. */
    ListGroupsForUser({ UserName }, call) {
      userFor(iam, UserName, call);
      return { Groups: [] };
    },
  }) satisfies IamHandlers;
