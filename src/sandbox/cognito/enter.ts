// The last steps of a sign-in: may this user come in, must they choose a new password first, and their tokens.
import type { InitiateAuthCommandOutput } from '@aws-sdk/client-cognito-identity-provider';
import { findUser, type ClientPlace, type Cognito } from './cognito.ts';
import { temporaryDays } from './passwords.ts';
import { notAuthorized, notConfirmed, resetRequired, userNotFound, wrongPassword } from './refusals.ts';
import { beginSignIn } from './signIns.ts';
import type { Challenge, Pool, User } from './state.ts';
import { makeTokens } from './tokens.ts';

export type Answer = Omit<InitiateAuthCommandOutput, '$metadata'>;

/** @throws UserNotFoundException, NotAuthorizedException */
export function userOrRefusal({ pool, client }: ClientPlace, name: string): User {
  const user = findUser(pool, name);
  if (user && user.status !== 'EXTERNAL_PROVIDER') return user;
  throw client.settings.PreventUserExistenceErrors === 'ENABLED' ? wrongPassword() : userNotFound();
}

/** The password was right; whether its owner may come in is another question. */
export function checkMayEnter(cognito: Cognito, pool: Pool, user: User): void {
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (user.status === 'UNCONFIRMED') throw notConfirmed();
  if (user.status === 'RESET_REQUIRED') throw resetRequired();
  const ends = (user.password?.set ?? 0) + temporaryDays(pool) * 86_400_000;
  if (user.status === 'FORCE_CHANGE_PASSWORD' && ends < cognito.world.clock.now())
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
}

export function afterPassword(cognito: Cognito, place: ClientPlace, user: User): Answer {
  const { pool } = place;
  checkMayEnter(cognito, pool, user);
  if (user.status !== 'FORCE_CHANGE_PASSWORD') return signedIn(cognito, place, user);
  const missing = pool.schema.flatMap(({ Name = '', Required }) =>
    Required && Name !== 'sub' && !user.attributes.has(Name) ? [`userAttributes.${Name}`] : [],
  );
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: challenge(cognito, place, user, 'NEW_PASSWORD_REQUIRED'),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missing),
      userAttributes: JSON.stringify(Object.fromEntries([...user.attributes].filter(([name]) => name !== 'sub'))),
    },
  };
}

export function challenge(
  { world }: Cognito,
  { pool, client }: ClientPlace,
  user: User,
  name: Challenge['name'],
  secret?: Challenge['secret'],
): string {
  const now = world.clock.now();
  for (const [key, one] of pool.challenges) if (one.expires + 3600_000 < now) pool.challenges.delete(key);
  const session = `AYAB${world.token(180)}`;
  const minutes = client.settings.AuthSessionValidity ?? 3;
  const expires = now + minutes * 60_000;
  pool.challenges.set(session, { name, clientId: client.id, username: user.username, expires, secret });
  world.changed();
  return session;
}

export function signedIn(cognito: Cognito, { pool, client }: ClientPlace, user: User): Answer {
  const signIn = beginSignIn(cognito, pool, client, user);
  const { idToken, accessToken, seconds } = makeTokens(cognito, pool, client, user, signIn);
  return {
    ChallengeParameters: {},
    AuthenticationResult: {
      AccessToken: accessToken,
      ExpiresIn: seconds,
      TokenType: 'Bearer',
      RefreshToken: signIn.refreshToken,
      IdToken: idToken,
    },
  };
}
