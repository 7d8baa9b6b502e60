// Users have names and tags only: no access keys, passwords, groups or policies. The one user who signs is the sandbox's learner.
import type { Caller } from '../service.ts';
import { checkName, readPath } from './constraints.ts';
import { freshId, ownOf, secondOf, userFor } from './iam.ts';
import type { Iam, IamHandlers } from './iam.ts';
import { pageOf } from './pages.ts';
import { invalid, userExists } from './refusals.ts';
import { keyOf, type User } from './state.ts';
import { readTags, tagsIfAny } from './tags.ts';

export const userHandlers = (iam: Iam) =>
  ({
    CreateUser({ UserName: name, Path, Tags }, { account, caller }) {
      checkName('userName', name, 64);
      const path = readPath(Path);
      const tags = readTags(Tags);
      const arn = `arn:aws:iam::${account}:user${path}${name}`;
      const key = keyOf(account, name);
      if (iam.state.users.has(key) || arn === caller.arn) throw userExists(name);
      const user = { account, id: freshId(iam, 'AIDA'), arn, path, name, created: secondOf(iam), tags };
      iam.state.users.set(key, user);
      iam.world.changed();
      return { User: { ...describeUser(user), ...tagsIfAny(tags) } };
    },
    GetUser({ UserName }, call) {
      const { caller } = call;
      if (caller.kind === 'user' && (UserName === undefined || caller.arn.endsWith(`:user/${UserName}`))) {
        return { User: describeCaller(caller) };
      }
      if (UserName === undefined) throw invalid('Must specify userName when calling with non-User credentials');
      const user = userFor(iam, UserName, call);
      return { User: { ...describeUser(user), ...tagsIfAny(user.tags) } };
    },
    ListUsers({ PathPrefix = '/', ...asked }, call) {
      const own = ownOf(iam.state.users, call).filter(({ path }) => path.startsWith(PathPrefix));
      const { items, more } = pageOf(own, asked);
      return { Users: items.map(describeUser), ...more };
    },
    DeleteUser({ UserName }, call) {
      userFor(iam, UserName, call);
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

/** The learner is not among the users that were made. */
const describeCaller = ({ arn, userId }: Caller) => ({
  Path: '/',
  UserName: arn.slice(arn.lastIndexOf('/') + 1),
  UserId: userId,
  Arn: arn,
  CreateDate: new Date(0),
});
