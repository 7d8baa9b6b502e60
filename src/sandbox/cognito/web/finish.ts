// The user is known: the browser goes back to the app with a code, or with tokens behind the hash.
import type { WebAnswer } from '../../service.ts';
import { redirect, setCookie } from '../../webPage.ts';
import type { Cognito } from '../cognito.ts';
import { beginSignIn } from '../signIns.ts';
import type { AppClient, Pending, Pool, User, WebWish } from '../state.ts';
import { makeTokens } from '../tokens.ts';

const codeLifetime = 5 * 60_000;
const browserLifetime = 3600_000;

export const cookieName = 'cognito';

export interface Entrant {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly user: User;
  readonly wish: WebWish;
  /** Of the sign-on, for the record. */
  readonly flow: string;
  /** When they signed in; now where it is left out. */
  readonly began?: number;
  readonly saml?: Extract<Pending, { kind: 'browser' }>['saml'];
}

export async function finish(cognito: Cognito, entrant: Entrant): Promise<WebAnswer> {
  const { pool, client, user, wish, flow, saml } = entrant;
  const { world } = cognito;
  const now = world.clock.now();
  const began = entrant.began ?? now;
  for (const [key, one] of pool.pending) if (one.expires < now) pool.pending.delete(key);
  const headers = entrant.began === undefined ? remember(cognito, pool, user, saml) : {};
  const idp = await world.port('idp');
  if (wish.responseType === 'code') {
    const code = world.id();
    pool.pending.set(code, { kind: 'code', wish, username: user.username, began, flow, expires: now + codeLifetime });
    world.changed();
    const query = new URLSearchParams({ code, ...(wish.state !== undefined && { state: wish.state }) });
    const url = `${wish.redirectUri}${wish.redirectUri.includes('?') ? '&' : '?'}${query.toString()}`;
    idp.record({ flow, from: 'cognito', to: 'app', kind: 'code', title: 'Cognito sends a code to the app', url });
    return redirect(url, headers);
  }
  const signIn = beginSignIn(cognito, pool, client, user, { scopes: wish.scopes, began });
  const { idToken, accessToken, seconds } = makeTokens(cognito, pool, client, user, signIn, wish.nonce);
  const tokens = {
    ...(wish.scopes.includes('openid') && { id_token: idToken }),
    access_token: accessToken,
    expires_in: String(seconds),
    token_type: 'Bearer',
  };
  const message = JSON.stringify(tokens, null, 2);
  idp.record({ flow, from: 'cognito', to: 'app', kind: 'tokens', title: 'Cognito sends tokens to the app', message });
  const hash = new URLSearchParams({ ...tokens, ...(wish.state !== undefined && { state: wish.state }) });
  return redirect(`${wish.redirectUri}#${hash.toString()}`, headers);
}

/** For an hour this browser need not sign in again. */
function remember({ world }: Cognito, pool: Pool, { username }: User, saml: Entrant['saml']) {
  const now = world.clock.now();
  const key = world.token(32);
  pool.pending.set(key, { kind: 'browser', username, began: now, saml, expires: now + browserLifetime });
  world.changed();
  return setCookie(cookieName, key, browserLifetime / 1000);
}
