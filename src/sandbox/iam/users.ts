// Users, who sign with keys of their own (accessKeys.ts); they have no passwords and no groups. The sandbox's learner is not among them.
import type { Caller } from '../service.ts';
import { checkName, readPath } from './constraints.ts';
import { freshId, ownOf, secondOf, userFor } from './iam.ts';
import type { Iam, IamHandlers } from './iam.ts';
import { pageOf } from './pages.ts';
import { conflict, invalid, userExists } from './refusals.ts';
import { boundaryOf, readBoundary } from './roles.ts';
import { keyOf, type User } from './state.ts';
import { readTags, tagsIfAny } from './tags.ts';

export const userHandlers = (iam: Iam) =>
  ({
    CreateUser({ UserName: name, Path, Tags, PermissionsBoundary }, call) {
      const { account, caller } = call;
      checkName('userName', name, 64);
      const path = readPath(Path);
      const tags = readTags(Tags);
      const arn = `arn:aws:iam::${account}:user${path}${name}`;
      const key = keyOf(account, name);
      if (iam.state.users.has(key) || arn === caller.arn) throw userExists(name);
      const user: User = {
        account,
        id: freshId(iam, 'AIDA'),
        arn,
        path,
        name,
        created: secondOf(iam),
        tags,
        boundary: PermissionsBoundary === undefined ? undefined : readBoundary(iam, PermissionsBoundary, call),
        inline: new Map(),
        attached: new Set(),
        keys: new Map(),
      };
      iam.state.users.set(key, user);
      iam.world.changed();
      return { User: describeWholeUser(user) };
    },
    GetUser({ UserName }, call) {
      const { caller } = call;
      const own = caller.arn.slice(caller.arn.lastIndexOf('/') + 1);
      if (caller.held) return { User: describeWholeUser(userFor(iam, UserName ?? own, call)) };
      if (caller.kind === 'user' && (UserName === undefined || caller.arn.endsWith(`:user/${UserName}`))) {
        return { User: describeCaller(caller) };
      }
      if (UserName === undefined) throw invalid('Must specify userName when calling with non-User credentials');
      return { User: describeWholeUser(userFor(iam, UserName, call)) };
    },
    ListUsers({ PathPrefix = '/', ...asked }, call) {
      const own = ownOf(iam.state.users, call).filter(({ path }) => path.startsWith(PathPrefix));
      const { items, more } = pageOf(own, asked);
      return { Users: items.map(describeUser), ...more };
    },
    DeleteUser({ UserName }, call) {
      checkDeletable(userFor(iam, UserName, call));
      iam.state.users.delete(keyOf(call.account, UserName));
      iam.world.changed();
    },
  }) satisfies IamHandlers;

const describeUser = (user: User) => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: user.arn,
  CreateDate: new Date(user.created),
});

const describeWholeUser = (user: User) => ({ ...describeUser(user), ...boundaryOf(user), ...tagsIfAny(user.tags) });

function checkDeletable({ keys, attached, inline }: User): void {
  if (keys.size > 0) throw conflict('Cannot delete entity, must delete access keys first.');
  if (attached.size > 0) throw conflict('Cannot delete entity, must detach all policies first.');
  if (inline.size > 0) throw conflict('Cannot delete entity, must delete policies first.');
}

/** The learner is not among the users that were made. */
const describeCaller = ({ arn, userId }: Caller) => ({
  Path: '/',
  UserName: arn.slice(arn.lastIndexOf('/') + 1),
  UserId: userId,
  Arn: arn,
  CreateDate: new Date(0),
});
