// Lasting keys of users: whoever signs with one is that user, and is held to its policies.
import type { Call, Caller } from '../service.ts';
import { freshId, secondOf, userFor } from './iam.ts';
import type { Iam, IamHandlers } from './iam.ts';
import { pageOf } from './pages.ts';
import { violation, violations } from './constraints.ts';
import { noSuchKey, overLimit } from './refusals.ts';
import type { AccessKey, User } from './state.ts';

const most = 2;

export const accessKeyHandlers = (iam: Iam) =>
  ({
    CreateAccessKey({ UserName }, call) {
      if (isLearner(call.caller) && (UserName ?? nameOf(call)) === nameOf(call)) throw ofLearner();
      const user = userFor(iam, UserName ?? nameOf(call), call);
      if (user.keys.size >= most) throw overLimit(`Cannot exceed quota for AccessKeysPerUser: ${most}`);
      const secret = Buffer.from(iam.world.token(30), 'base64url').toString('base64');
      const key: AccessKey = {
        id: freshId(iam, 'AKIA').slice(0, 20),
        secret,
        created: secondOf(iam),
        status: 'Active',
      };
      user.keys.set(key.id, key);
      iam.world.changed();
      return { AccessKey: { ...describeKey(user.name, key), SecretAccessKey: key.secret } };
    },
    ListAccessKeys({ UserName, ...asked }, call) {
      if (isLearner(call.caller) && (UserName ?? nameOf(call)) === nameOf(call))
        return { AccessKeyMetadata: [ownKey(call)] };
      const user = userFor(iam, UserName ?? nameOf(call), call);
      const { items, more } = pageOf([...user.keys.values()], asked);
      return { AccessKeyMetadata: items.map((key) => describeKey(user.name, key)), ...more };
    },
    UpdateAccessKey({ UserName, AccessKeyId, Status }, call) {
      const key = keyFor(userFor(iam, UserName ?? nameOf(call), call), AccessKeyId);
      if (Status !== 'Active' && Status !== 'Inactive') throw unknownStatus();
      key.status = Status;
      iam.world.changed();
    },
    DeleteAccessKey({ UserName, AccessKeyId }, call) {
      if (!userFor(iam, UserName ?? nameOf(call), call).keys.delete(AccessKeyId)) throw noSuchKey(AccessKeyId);
      iam.world.changed();
    },
    /** When a key was last used is not recorded. */
    GetAccessKeyLastUsed({ AccessKeyId }, { account }) {
      const user = [...iam.state.users.values()].find((one) => one.account === account && one.keys.has(AccessKeyId));
      if (user === undefined) throw noSuchKey(AccessKeyId);
      return { UserName: user.name, AccessKeyLastUsed: { LastUsedDate: undefined, ServiceName: 'N/A', Region: 'N/A' } };
    },
  }) satisfies IamHandlers;

/** What an active key stands for. */
export function findAccessKey({ state }: Iam, id: string): { secretAccessKey: string; caller: Caller } | undefined {
  for (const { keys, account, arn, id: userId } of state.users.values()) {
    const key = keys.get(id);
    if (key?.status !== 'Active') continue;
    return { secretAccessKey: key.secret, caller: { account, arn, userId, accessKeyId: id, kind: 'user', held: true } };
  }
  return undefined;
}

/** The sandbox's own user signs with the key that the sandbox was started with, and gets no other. */
const ofLearner = () => overLimit(`Cannot exceed quota for AccessKeysPerUser: 1`);

const isLearner = ({ kind, held }: Caller): boolean => kind === 'user' && !held;

/** Without a name, a request is about its caller. */
const nameOf = ({ caller }: Call): string => caller.arn.slice(caller.arn.lastIndexOf('/') + 1);

function keyFor({ keys }: User, id: string): AccessKey {
  const key = keys.get(id);
  if (key === undefined) throw noSuchKey(id);
  return key;
}

const unknownStatus = () =>
  violations([violation('status', 'Member must satisfy enum value set: [Active, Inactive, Expired]')]);

const describeKey = (name: string, { id, status, created }: AccessKey) => ({
  UserName: name,
  AccessKeyId: id,
  Status: status,
  CreateDate: new Date(created),
});

/** The one key that the sandbox was started with. */
const ownKey = (call: Call) => ({
  UserName: nameOf(call),
  AccessKeyId: call.caller.accessKeyId,
  Status: 'Active' as const,
  CreateDate: new Date(0),
});
