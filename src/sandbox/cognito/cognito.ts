import type * as client from '@aws-sdk/client-cognito-identity-provider';
import type { Call, Handlers, World } from '../service.ts';
import { checkConstraints, noSuchClient, noSuchPool, userNotFound } from './refusals.ts';
import type { AppClient, CognitoState, Pool, User } from './state.ts';

export type CognitoHandlers = Handlers<typeof client>;

/** What Cognito's operations work on. */
export interface Cognito {
  readonly world: World;
  /** Replaced as a whole by reset and restore. */
  state: CognitoState;
  /** Of pools that a reset forgot. */
  readonly spareKeys: string[];
}

/** @throws InvalidParameterException, ResourceNotFoundException */
export function poolFor({ state }: Cognito, id: string, { account, region }: Call): Pool {
  checkConstraints([['userPoolId', id, { min: 1, max: 55, pattern: '[\\w-]+_[0-9a-zA-Z]+' }]]);
  const pool = state.pools.get(id);
  if (pool?.account !== account || pool.region !== region) throw noSuchPool(id);
  return pool;
}

export interface ClientPlace {
  readonly pool: Pool;
  readonly client: AppClient;
}

/** Operations without a signature name the client alone. @throws ResourceNotFoundException */
export function clientFor({ state }: Cognito, id: string): ClientPlace {
  checkConstraints([['clientId', id, { min: 1, max: 128, pattern: '[\\w+]+' }]]);
  for (const pool of state.pools.values()) {
    const client = pool.clients.get(id);
    if (client) return { pool, client };
  }
  throw noSuchClient(id);
}

/** @throws ResourceNotFoundException */
export function clientOf(pool: Pool, id: string): AppClient {
  const client = pool.clients.get(id);
  if (!client) throw noSuchClient(id);
  return client;
}

const caseCounts = ({ settings }: Pool): boolean => settings.UsernameConfiguration?.CaseSensitive === true;

export const userKey = (pool: Pool, username: string): string => (caseCounts(pool) ? username : username.toLowerCase());

/** By username, by sub, or by an alias that the pool allows. */
export function findUser(pool: Pool, name: string): User | undefined {
  const direct = pool.users.get(userKey(pool, name));
  if (direct) return direct;
  const aliases = [...(pool.settings.UsernameAttributes ?? []), ...(pool.settings.AliasAttributes ?? [])];
  const signsInWith = new Set<string>(pool.settings.UsernameAttributes ?? []);
  return [...pool.users.values()].find(
    (user) =>
      user.sub === name ||
      aliases.some(
        (alias) =>
          userKey(pool, user.attributes.get(alias) ?? '') === userKey(pool, name) &&
          (signsInWith.has(alias) ||
            alias === 'preferred_username' ||
            user.attributes.get(`${alias}_verified`) === 'true'),
      ),
  );
}

/** @throws UserNotFoundException */
export function userFor(pool: Pool, name: string): User {
  const user = findUser(pool, name);
  if (!user) throw userNotFound();
  return user;
}

/** A page of a list: the token says where the next begins. */
export function pageOf<Item>(
  all: readonly Item[],
  token: string | undefined,
  size: number,
): { readonly items: Item[]; readonly next: string | undefined } {
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString()) || 0;
  const end = start + size;
  return {
    items: all.slice(start, end),
    next: end < all.length ? Buffer.from(String(end)).toString('base64') : undefined,
  };
}
