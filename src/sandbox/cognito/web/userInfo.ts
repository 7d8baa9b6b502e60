// /oauth2/userInfo: whose access token this is.
import { AwsError, type WebAnswer, type WebRequest } from '../../service.ts';
import { json } from '../../webPage.ts';
import type { Cognito } from '../cognito.ts';
import type { Pool } from '../state.ts';
import { holderOf, tellableAttributes } from '../tokens.ts';
import { openToApps } from './tokenEndpoint.ts';

const badToken = (): WebAnswer => {
  const description = 'Access token is expired, disabled, or deleted, or the user has globally signed out.';
  return json(
    401,
    { error: 'invalid_token', error_description: description },
    { ...openToApps, 'WWW-Authenticate': `error="invalid_token", error_description="${description}"` },
  );
};

export function userInfo(cognito: Cognito, pool: Pool, request: WebRequest): WebAnswer {
  const token = /^Bearer (.+)$/i.exec(request.header('authorization') ?? '')?.[1];
  if (token === undefined) return badToken();
  try {
    const holder = holderOf(cognito, token);
    if (holder.pool !== pool || !holder.scopes.includes('openid')) return badToken();
    const { user, client, signIn } = holder;
    const told = tellableAttributes(client, user, signIn);
    return json(200, { sub: user.sub, ...told, username: user.username }, openToApps);
  } catch (thrown) {
    if (thrown instanceof AwsError) return badToken();
    throw thrown;
  }
}
