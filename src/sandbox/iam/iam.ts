import type * as client from '@aws-sdk/client-iam';
import type { Handlers, World } from '../service.ts';
import { noSuchProfile, noSuchRole, noSuchUser } from './refusals.ts';
import { keyOf, type IamState, type InstanceProfile, type Role, type User } from './state.ts';

export type IamHandlers = Handlers<typeof client>;

/** What IAM's operations work on. */
export interface Iam {
  readonly world: World;
  /** Replaced as a whole by reset and restore. */
  state: IamState;
}

/** IAM is the same in all regions: only the account counts. */
interface Place {
  readonly account: string;
}

/** @throws NoSuchEntity */
export function roleFor({ state }: Iam, name: string, { account }: Place): Role {
  const role = state.roles.get(keyOf(account, name));
  if (role === undefined) throw noSuchRole(name);
  return role;
}

/** @throws NoSuchEntity */
export function profileFor({ state }: Iam, name: string, { account }: Place): InstanceProfile {
  const profile = state.profiles.get(keyOf(account, name));
  if (profile === undefined) throw noSuchProfile(name);
  return profile;
}

/** @throws NoSuchEntity */
export function userFor({ state }: Iam, name: string, { account }: Place): User {
  const user = state.users.get(keyOf(account, name));
  if (user === undefined) throw noSuchUser(name);
  return user;
}

/** Those of one account, by name. */
export const ownOf = <Kind extends { readonly account: string; readonly name: string }>(
  all: ReadonlyMap<string, Kind>,
  { account }: Place,
): Kind[] =>
  [...all.values()]
    .filter((entity) => entity.account === account)
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));

/** IAM tells whole seconds. */
export const secondOf = ({ world }: Iam): number => Math.floor(world.clock.now() / 1000) * 1000;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A fresh id: its kind's prefix ('AROA') and 17 random letters. */
export function freshId({ world }: Iam, prefix: string): string {
  const random = [...world.token(24)].slice(0, 17);
  return prefix + random.map((char) => letters.charAt(char.charCodeAt(0) % letters.length)).join('');
}
