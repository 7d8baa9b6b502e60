// /oauth2/authorize: to the app where the browser is known, to the identity provider that is asked for, else to the sign-in page.
import type { WebAnswer, WebRequest } from '../../service.ts';
import { cookieOf, queryOf, redirect } from '../../webPage.ts';
import { findUser, type Cognito } from '../cognito.ts';
import type { AppClient, IdentityProvider, Pending, Pool, WebWish } from '../state.ts';
import { cookieName, finish } from './finish.ts';
import { sendToProvider } from './sendToProvider.ts';
import { readWish, withError } from './webWish.ts';

export async function authorize(cognito: Cognito, pool: Pool, request: WebRequest): Promise<WebAnswer> {
  const query = queryOf(request);
  const read = readWish(pool, query);
  if (!read.ok) return read.answer;
  const { wish, client } = read;
  const browser = browserOf(cognito, pool, request);
  const user = browser && findUser(pool, browser.username);
  if (browser && user?.enabled && query.get('prompt') !== 'login')
    return finish(cognito, { pool, client, user, wish, flow: cognito.world.id(), began: browser.began });
  const asked = query.get('identity_provider') ?? query.get('idp_identifier');
  if (asked !== null && asked !== 'COGNITO') {
    const provider = askedFor(pool, query);
    if (!provider || !isSupported(client, provider)) return notEnabled(wish, asked);
    return sendToProvider(cognito, pool, provider, wish);
  }
  return redirect(`/login?${request.query}`);
}

/** The browser that signed in before, while that is not long ago. */
export function browserOf(
  { world }: Cognito,
  pool: Pool,
  request: WebRequest,
): Extract<Pending, { kind: 'browser' }> | undefined {
  const found = pool.pending.get(cookieOf(request, cookieName) ?? '');
  return found?.kind === 'browser' && found.expires > world.clock.now() ? found : undefined;
}

function askedFor(pool: Pool, query: URLSearchParams): IdentityProvider | undefined {
  const [name, identifier] = [query.get('identity_provider'), query.get('idp_identifier')];
  if (name !== null) return pool.providers.get(name);
  return [...pool.providers.values()].find((one) => identifier !== null && one.identifiers.includes(identifier));
}

export const isSupported = ({ settings }: AppClient, { name }: IdentityProvider): boolean =>
  settings.SupportedIdentityProviders?.includes(name) ?? false;

const notEnabled = ({ redirectUri, state }: WebWish, name: string): WebAnswer =>
  redirect(
    withError(redirectUri, {
      error: 'invalid_request',
      description: `The identity provider ${name} is not enabled for this client`,
      state,
    }),
  );
