// Answers to challenges: a proof of the password by SRP, or a new password.
import { findUser, type ClientPlace, type Cognito } from './cognito.ts';
import { afterPassword, signedIn, userOrRefusal, type Answer } from './enter.ts';
import { checkAttempts, checkPassword, countFailure, poolName, setPassword } from './passwords.ts';
import { invalid, notAuthorized, wrongPassword } from './refusals.ts';
import { readAttributes } from './schema.ts';
import { checkSecretHash } from './secretHash.ts';
import { holdsClaim } from './srp.ts';
import type { Challenge, Pool, User } from './state.ts';

export type Given = Readonly<Record<string, string>>;

/** @throws InvalidParameterException */
export function parameter(given: Given, name: string): string {
  const value = given[name];
  if (value === undefined || value === '') throw invalid(`Missing required parameter ${name}`);
  return value;
}

export function respond(
  cognito: Cognito,
  place: ClientPlace,
  name: string,
  session: string | undefined,
  given: Given,
): Answer {
  const { pool } = place;
  if (name !== 'NEW_PASSWORD_REQUIRED' && name !== 'PASSWORD_VERIFIER')
    throw invalid(`The sandbox does not set the challenge ${name}.`);
  const username = parameter(given, 'USERNAME');
  checkSecretHash(place, username, given['SECRET_HASH']);
  const open = findChallenge(pool, session, given['PASSWORD_CLAIM_SECRET_BLOCK']);
  if (!open || open.found.clientId !== place.client.id) throw notAuthorized('Invalid session for the user.');
  pool.challenges.delete(open.key);
  const user = userOrRefusal(place, open.found.username);
  if (open.found.name !== name || findUser(pool, username) !== user)
    throw notAuthorized('Invalid session for the user.');
  if (open.found.expires <= cognito.world.clock.now())
    throw notAuthorized('Invalid session for the user, session is expired.');
  if (name === 'PASSWORD_VERIFIER') {
    verifyClaim(cognito, pool, user, open.found, given);
    return afterPassword(cognito, place, user);
  }
  return newPassword(cognito, place, user, given);
}

/** SRP's clients may leave the session out: the secret block is as good. */
function findChallenge(pool: Pool, session: string | undefined, block: string | undefined) {
  for (const [key, found] of pool.challenges) {
    if (key === session || (session === undefined && block !== undefined && found.secret?.block === block))
      return { key, found };
  }
  return undefined;
}

function verifyClaim(cognito: Cognito, pool: Pool, user: User, { secret }: Challenge, given: Given): void {
  checkAttempts(cognito, user);
  const claim = {
    poolName: poolName(pool),
    username: user.username,
    block: parameter(given, 'PASSWORD_CLAIM_SECRET_BLOCK'),
    timestamp: parameter(given, 'TIMESTAMP'),
    signature: parameter(given, 'PASSWORD_CLAIM_SIGNATURE'),
  };
  const holds = secret && user.password && claim.block === secret.block && holdsClaim(claim, user.password, secret);
  if (holds) return;
  countFailure(cognito, user);
  throw wrongPassword();
}

function newPassword(cognito: Cognito, place: ClientPlace, user: User, given: Given): Answer {
  const { pool } = place;
  const password = parameter(given, 'NEW_PASSWORD');
  checkPassword(pool, password);
  const added = Object.entries(given).flatMap(([key, Value]) =>
    key.startsWith('userAttributes.') ? [{ Name: key.slice('userAttributes.'.length), Value }] : [],
  );
  for (const [key, value] of readAttributes(pool, added, user.attributes)) user.attributes.set(key, value);
  setPassword(cognito, pool, user, password);
  user.status = 'CONFIRMED';
  user.updated = cognito.world.clock.now();
  return signedIn(cognito, place, user);
}
