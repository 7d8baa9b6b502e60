// A client with a secret shows that it knows it by a hash over the user's name.
import { createHmac } from 'node:crypto';
import { findUser, type ClientPlace } from './cognito.ts';
import { notAuthorized } from './refusals.ts';

/** Of texts that a client with a secret signs with it. */
const secretHash = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('base64');

/** @throws NotAuthorizedException */
export function checkSecretHash({ client }: ClientPlace, username: string, given: string | undefined): void {
  const { id, secret } = client;
  if (secret === undefined) {
    if (given !== undefined && given !== '')
      throw notAuthorized(`Client ${id} is not configured with secret but SECRET_HASH was received`);
    return;
  }
  if (given === undefined)
    throw notAuthorized(`Client ${id} is configured with secret but SECRET_HASH was not received`);
  if (given !== secretHash(secret, username + id)) throw notAuthorized(`Unable to verify secret hash for client ${id}`);
}

/** Clients know the user by one of several names when they refresh. */
export function checkRefreshSecret(place: ClientPlace, token: string, given: Readonly<Record<string, string>>): void {
  const hash = given['SECRET_HASH'];
  const { secret, id } = place.client;
  const signIn = [...place.pool.sessions.values()].find((one) => one.refreshToken === token);
  const user = signIn && findUser(place.pool, signIn.username);
  const names = user ? [user.username, user.sub, ...user.attributes.values()] : [];
  if (secret !== undefined && names.some((name) => hash === secretHash(secret, name + id))) return;
  if (secret !== undefined && hash === secret) return;
  checkSecretHash(place, '', hash);
}
