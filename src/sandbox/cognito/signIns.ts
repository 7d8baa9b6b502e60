// Sign-ins: begun once, they live as long as their refresh token, and end when somebody signs out.
import { validity } from './clients.ts';
import { findUser, type Cognito } from './cognito.ts';
import { notAuthorized } from './refusals.ts';
import type { AppClient, Pool, SignIn, User } from './state.ts';
import { apiScope, makeTokens, type Tokens } from './tokens.ts';

/** Expired and ended ones are remembered a while, so that their tokens are told so. */
const remembered = 24 * 3600_000;

export function beginSignIn(
  { world }: Cognito,
  pool: Pool,
  client: AppClient,
  user: User,
  web?: { readonly scopes: readonly string[]; readonly began: number },
): SignIn {
  const now = world.clock.now();
  for (const [id, one] of pool.sessions) if (one.refreshExpires + remembered < now) pool.sessions.delete(id);
  const signIn: SignIn = {
    id: world.id(),
    clientId: client.id,
    username: user.username,
    began: web?.began ?? now,
    // The head that encrypted tokens have; nobody but the pool reads the rest.
    refreshToken: `eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ.${[256, 12, 300, 16].map((bytes) => world.token(bytes)).join('.')}`,
    refreshExpires: now + validity(client.settings, 'RefreshToken'),
    scopes: web?.scopes ?? [apiScope],
    web: web !== undefined,
    revoked: false,
  };
  pool.sessions.set(signIn.id, signIn);
  world.changed();
  return signIn;
}

export const findRefresh = (pool: Pool, token: string): SignIn | undefined =>
  [...pool.sessions.values()].find(({ refreshToken }) => refreshToken === token);

/** New tokens for an old sign-in. @throws NotAuthorizedException */
export function refresh(
  cognito: Cognito,
  pool: Pool,
  client: AppClient,
  token: string,
): Tokens & { readonly signIn: SignIn } {
  const signIn = findRefresh(pool, token);
  if (!signIn || signIn.clientId !== client.id) throw notAuthorized('Invalid Refresh Token.');
  if (signIn.revoked) throw notAuthorized('Refresh Token has been revoked');
  if (signIn.refreshExpires <= cognito.world.clock.now()) throw notAuthorized('Refresh Token has expired');
  const user = findUser(pool, signIn.username);
  if (!user) throw notAuthorized('Invalid Refresh Token.');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  return { ...makeTokens(cognito, pool, client, user, signIn), signIn };
}

/** Everywhere at once. */
export function signOut({ world }: Cognito, pool: Pool, { username }: User): void {
  for (const one of pool.sessions.values()) if (one.username === username) one.revoked = true;
  for (const [id, one] of pool.pending)
    if (one.kind === 'browser' && one.username === username) pool.pending.delete(id);
  world.changed();
}
