// Tokens: real JSON web tokens, signed with a key of the pool that anybody can get at its address (see web/discovery.ts).
// The refresh token is only a name for the sign-in, as nobody but Cognito reads it.
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { decodeJwt, verifyJwt } from '../../saml/message/jwt.ts';
import { validity } from './clients.ts';
import type { Cognito } from './cognito.ts';
import { takeKey } from './poolKeys.ts';
import { notAuthorized } from './refusals.ts';
import type { AppClient, Pool, SignIn, User } from './state.ts';

export const apiScope = 'aws.cognito.signin.user.admin';

export const issuerOf = ({ world }: Cognito, { id }: Pool): string => `${world.endpoint()}/${id}`;

/** A pool's key takes some 50 ms to make, so it waits until somebody signs in. */
function keyOf(cognito: Cognito, pool: Pool): NonNullable<Pool['tokenKey']> {
  if (pool.tokenKey) return pool.tokenKey;
  const { world } = cognito;
  const id = Buffer.from(world.token(32), 'base64url').toString('base64');
  pool.tokenKey = { id, pem: takeKey(cognito) };
  world.changed();
  return pool.tokenKey;
}

export function keySet(cognito: Cognito, pool: Pool) {
  const { id, pem } = keyOf(cognito, pool);
  const { e, n } = createPublicKey(pem).export({ format: 'jwk' });
  return { keys: [{ alg: 'RS256', e, kid: id, kty: 'RSA', n, use: 'sig' }] };
}

export function signToken(cognito: Cognito, pool: Pool, claims: object): string {
  const { id, pem } = keyOf(cognito, pool);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part({ kid: id, alg: 'RS256' })}.${part(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), createPrivateKey(pem)).toString('base64url')}`;
}

export interface Tokens {
  readonly idToken: string;
  readonly accessToken: string;
  /** Seconds that the access token counts. */
  readonly seconds: number;
}

const secondsOf = (ms: number): number => Math.floor(ms / 1000);

/** Of one sign-in, at its beginning and whenever its refresh token is used. */
export function makeTokens(
  cognito: Cognito,
  pool: Pool,
  client: AppClient,
  user: User,
  signIn: SignIn,
  nonce?: string,
): Tokens {
  const now = cognito.world.clock.now();
  const groups = groupsOf(pool, user);
  const common = {
    sub: user.sub,
    ...(groups.length > 0 && { 'cognito:groups': groups.map(({ name }) => name) }),
    iss: issuerOf(cognito, pool),
    origin_jti: signIn.id,
    event_id: cognito.world.id(),
    auth_time: secondsOf(signIn.began),
    iat: secondsOf(now),
  };
  const roles = groups.flatMap(({ roleArn }) => roleArn ?? []);
  const idToken = {
    ...common,
    ...attributeClaims(client, user, signIn),
    'cognito:username': user.username,
    ...(roles.length > 0 && { 'cognito:roles': roles, 'cognito:preferred_role': roles[0] }),
    ...(nonce !== undefined && { nonce }),
    aud: client.id,
    token_use: 'id',
    exp: secondsOf(now + validity(client.settings, 'IdToken')),
    jti: cognito.world.id(),
  };
  const lifetime = validity(client.settings, 'AccessToken');
  const accessToken = {
    ...common,
    client_id: client.id,
    token_use: 'access',
    ...(signIn.web && { version: 2 }),
    scope: signIn.scopes.join(' '),
    exp: secondsOf(now + lifetime),
    jti: cognito.world.id(),
    username: user.username,
  };
  return {
    idToken: signToken(cognito, pool, idToken),
    accessToken: signToken(cognito, pool, accessToken),
    seconds: secondsOf(lifetime),
  };
}

/** The most important first. */
const groupsOf = (pool: Pool, { username }: User) =>
  [...pool.groups.values()]
    .filter(({ members }) => members.has(username))
    .toSorted((a, b) => (a.precedence ?? Infinity) - (b.precedence ?? Infinity) || (a.name < b.name ? -1 : 1));

/** Through the web endpoints, scopes say which attributes are told. */
const scoped: Readonly<Record<string, RegExp>> = {
  email: /^email(?:_verified)?$/,
  phone: /^phone_number(?:_verified)?$/,
  profile: /^(?!email|phone_number)/,
};

function attributeClaims({ settings }: AppClient, user: User, { web, scopes }: SignIn): object {
  const readable = settings.ReadAttributes;
  const isTold = (name: string): boolean => {
    if (name === 'sub') return false;
    if (readable?.length && !readable.includes(name) && name !== 'identities') return false;
    if (!web || scopes.includes(apiScope) || name === 'identities') return true;
    return scopes.some((scope) => scoped[scope]?.test(name));
  };
  const told = [...user.attributes].filter(([name]) => isTold(name));
  return Object.fromEntries(told.map(([name, value]) => [name, claimOf(name, value)]));
}

function claimOf(name: string, value: string): unknown {
  if (name.endsWith('_verified')) return value === 'true';
  return name === 'identities' ? (JSON.parse(value) as unknown) : value;
}

/** What userInfo tells: booleans are texts there. */
export const tellableAttributes = (client: AppClient, user: User, signIn: SignIn): Record<string, string> =>
  Object.fromEntries(
    Object.keys(attributeClaims(client, user, signIn)).map((name) => [name, user.attributes.get(name) ?? '']),
  );

export interface TokenHolder {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly user: User;
  readonly signIn: SignIn;
  readonly scopes: readonly string[];
}

const badToken = () => notAuthorized('Invalid Access Token');

/** Whose access token this is. @throws NotAuthorizedException */
export function holderOf(cognito: Cognito, token: string): TokenHolder {
  const decoded = decodeJwt(token);
  if (!decoded.ok) throw badToken();
  const { claims } = decoded.jwt;
  const text = (name: string): string => (typeof claims[name] === 'string' ? claims[name] : '');
  const pool = cognito.state.pools.get(text('iss').split('/').at(-1) ?? '');
  const client = pool?.clients.get(text('client_id'));
  const signIn = pool?.sessions.get(text('origin_jti'));
  if (!pool || !client || text('token_use') !== 'access') throw badToken();
  const now = cognito.world.clock.now();
  if (!verifyJwt({ ...decoded.jwt, expires: undefined }, keySet(cognito, pool), now).valid) throw badToken();
  if ((decoded.jwt.expires ?? 0) <= now) throw notAuthorized('Access Token has expired');
  const user = [...pool.users.values()].find(({ sub }) => sub === text('sub'));
  if (!signIn || signIn.revoked) throw notAuthorized('Access Token has been revoked');
  if (!user) throw badToken();
  return { pool, client, user, signIn, scopes: text('scope').split(' ') };
}
