// /oauth2/token and /oauth2/revoke: an app exchanges a code, a refresh token, or its own secret for tokens.
import { createHash, timingSafeEqual } from 'node:crypto';
import { AwsError, type WebAnswer, type WebRequest } from '../../service.ts';
import { formOf, json } from '../../webPage.ts';
import { validity } from '../clients.ts';
import { findUser, type Cognito } from '../cognito.ts';
import { beginSignIn, findRefresh, refresh } from '../signIns.ts';
import type { AppClient, Pool } from '../state.ts';
import { issuerOf, makeTokens, signToken, type Tokens } from '../tokens.ts';

/** Apps in a browser may ask from anywhere, as on AWS. */
export const openToApps = { 'Access-Control-Allow-Origin': '*' };

const refused = (error: string, description?: string): WebAnswer =>
  json(400, { error, ...(description !== undefined && { error_description: description }) }, openToApps);

export async function tokenEndpoint(cognito: Cognito, pool: Pool, request: WebRequest): Promise<WebAnswer> {
  const form = formOf(request);
  const client = authenticated(pool, request, form);
  if (!client) return refused('invalid_client');
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return redeem(cognito, pool, client, form);
    case 'refresh_token':
      return renew(cognito, pool, client, form);
    case 'client_credentials':
      return forItself(cognito, pool, client, form);
    case null:
      return refused('invalid_request');
    default:
      return refused('unsupported_grant_type');
  }
}

/** By a Basic header, or by fields; a client without a secret only says its name. */
function authenticated(pool: Pool, request: WebRequest, form: URLSearchParams): AppClient | undefined {
  const basic = /^Basic (.+)$/i.exec(request.header('authorization') ?? '')?.[1];
  const [id = '', secret] = basic
    ? Buffer.from(basic, 'base64').toString('utf8').split(':').map(decoded)
    : [form.get('client_id') ?? '', form.get('client_secret') ?? undefined];
  const client = pool.clients.get(id);
  if (!client) return undefined;
  if (client.secret === undefined) return client;
  return secret !== undefined && isSame(secret, client.secret) ? client : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const isSame = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

async function redeem(cognito: Cognito, pool: Pool, client: AppClient, form: URLSearchParams): Promise<WebAnswer> {
  const code = form.get('code');
  if (code === null) return refused('invalid_request');
  const found = pool.pending.get(code);
  if (found?.kind !== 'code') return refused('invalid_grant');
  // Whoever tries it with something wrong has used it up, too.
  pool.pending.delete(code);
  cognito.world.changed();
  const { wish, username, began, flow } = found;
  const user = findUser(pool, username);
  const isRight =
    wish.clientId === client.id &&
    found.expires > cognito.world.clock.now() &&
    form.get('redirect_uri') === wish.redirectUri &&
    fitsChallenge(wish.codeChallenge, form.get('code_verifier'));
  if (!isRight || !user?.enabled) return refused('invalid_grant');
  const signIn = beginSignIn(cognito, pool, client, user, { scopes: wish.scopes, began });
  const tokens = makeTokens(cognito, pool, client, user, signIn, wish.nonce);
  const answer = { ...told(tokens, wish.scopes), refresh_token: signIn.refreshToken };
  (await cognito.world.port('idp')).record({
    flow,
    from: 'cognito',
    to: 'app',
    kind: 'tokens',
    title: 'The app gets tokens for its code',
    message: JSON.stringify({ ...answer, refresh_token: '(not shown)' }, null, 2),
  });
  return json(200, answer, openToApps);
}

function fitsChallenge(challenge: string | undefined, verifier: string | null): boolean {
  if (challenge === undefined) return true;
  return verifier !== null && createHash('sha256').update(verifier).digest('base64url') === challenge;
}

const told = ({ idToken, accessToken, seconds }: Tokens, scopes: readonly string[]) => ({
  ...(scopes.includes('openid') && { id_token: idToken }),
  access_token: accessToken,
  expires_in: seconds,
  token_type: 'Bearer',
});

function renew(cognito: Cognito, pool: Pool, client: AppClient, form: URLSearchParams): WebAnswer {
  try {
    const tokens = refresh(cognito, pool, client, form.get('refresh_token') ?? '');
    const { web, scopes } = tokens.signIn;
    return json(200, told(tokens, web ? scopes : [...scopes, 'openid']), openToApps);
  } catch (thrown) {
    if (thrown instanceof AwsError) return refused('invalid_grant', thrown.message);
    throw thrown;
  }
}

/** Without a user: one service that speaks to another. */
function forItself(cognito: Cognito, pool: Pool, client: AppClient, form: URLSearchParams): WebAnswer {
  const { AllowedOAuthFlows: flows = [], AllowedOAuthScopes: allowed = [] } = client.settings;
  if (!flows.includes('client_credentials') || client.secret === undefined) return refused('unauthorized_client');
  const asked = (form.get('scope') ?? '').split(/[ +]/).filter(Boolean);
  if (asked.some((scope) => !allowed.includes(scope))) return refused('invalid_scope');
  const now = Math.floor(cognito.world.clock.now() / 1000);
  const seconds = validity(client.settings, 'AccessToken') / 1000;
  const token = signToken(cognito, pool, {
    sub: client.id,
    token_use: 'access',
    scope: (asked.length > 0 ? asked : allowed).join(' '),
    auth_time: now,
    iss: issuerOf(cognito, pool),
    exp: now + seconds,
    iat: now,
    version: 2,
    jti: cognito.world.id(),
    client_id: client.id,
  });
  return json(200, { access_token: token, expires_in: seconds, token_type: 'Bearer' }, openToApps);
}

export function revokeEndpoint({ world }: Cognito, pool: Pool, request: WebRequest): WebAnswer {
  const form = formOf(request);
  const client = authenticated(pool, request, form);
  if (!client) return refused('invalid_client');
  const token = form.get('token');
  if (token === null) return refused('invalid_request');
  if (token.split('.').length === 3) return refused('unsupported_token_type');
  const signIn = findRefresh(pool, token);
  if (signIn && signIn.clientId !== client.id) return refused('invalid_request');
  if (signIn) signIn.revoked = true;
  world.changed();
  return { status: 200, headers: { ...openToApps }, body: '' };
}
