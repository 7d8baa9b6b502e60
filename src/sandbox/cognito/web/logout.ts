// /logout and /saml2/logout: the browser is forgotten here, and where the provider is to sign out too, it goes there first.
import type { WebAnswer, WebRequest } from '../../service.ts';
import { errorPage, formOf, html, page, queryOf, redirect, setCookie } from '../../webPage.ts';
import { findUser, type Cognito } from '../cognito.ts';
import { samlKeyOf } from '../samlKey.ts';
import { signOut } from '../signIns.ts';
import type { Pending, Pool } from '../state.ts';
import { browserOf } from './authorize.ts';
import { cookieName } from './finish.ts';
import { entityIdOf, withOwnPort } from './sendToProvider.ts';

const forget = setCookie(cookieName, '', 0);

export async function logout(cognito: Cognito, pool: Pool, request: WebRequest): Promise<WebAnswer> {
  const query = queryOf(request);
  const client = pool.clients.get(query.get('client_id') ?? '');
  const target = query.get('logout_uri');
  if (!client)
    return errorPage(400, 'An error was encountered', "Required String parameter 'client_id' is not present");
  if (target !== null && !client.settings.LogoutURLs?.includes(target))
    return errorPage(
      400,
      'An error was encountered',
      'invalid_request: logout_uri is none of the sign-out URLs of the client.',
    );
  if (target === null && !query.has('redirect_uri'))
    return errorPage(400, 'An error was encountered', 'Required parameters logout_uri or redirect_uri missing');
  const browser = browserOf(cognito, pool, request);
  const onwards = target ?? `/login?${request.query}`;
  const there = browser?.saml && (await signOutThere(cognito, pool, browser, onwards));
  for (const [key, one] of pool.pending) if (one === browser) pool.pending.delete(key);
  cognito.world.changed();
  return redirect(there ?? onwards, forget);
}

/** The address of the identity provider's sign-out; undefined where it is not to be told. */
async function signOutThere(
  cognito: Cognito,
  pool: Pool,
  { saml }: Extract<Pending, { kind: 'browser' }>,
  onwards: string,
): Promise<string | undefined> {
  const { world } = cognito;
  const provider = pool.providers.get(saml?.provider ?? '');
  const found = provider?.details['SLORedirectBindingURI'];
  if (!saml || !provider || provider.details['IDPSignout'] !== 'true' || found === undefined) return undefined;
  const { buildLogoutRequest, redirectUrl } = await import('../../../saml/message/requests.ts');
  const location = withOwnPort(found, world.endpoint());
  const requestId = `_${world.id()}`;
  const relayState = world.token(40);
  const now = world.clock.now();
  pool.pending.set(relayState, { kind: 'logout', requestId, redirect: onwards, expires: now + 5 * 60_000 });
  const xml = buildLogoutRequest({
    id: requestId,
    issuer: entityIdOf(pool),
    destination: location,
    now,
    nameId: { value: saml.nameId },
    ...(saml.session !== undefined && { sessionIndex: saml.session }),
  });
  // Sign-out requests are always signed.
  const { privateKey } = samlKeyOf(cognito, pool);
  const url = redirectUrl({ location, parameter: 'SAMLRequest', xml, relayState, privateKey });
  (await world.port('idp')).record({
    flow: requestId,
    from: 'cognito',
    to: 'identity-provider',
    kind: 'logout-request',
    title: 'Cognito asks the identity provider to sign the user out',
    url,
    message: xml,
  });
  return url;
}

/** What the identity provider posts: its answer, or its own wish that somebody be signed out. */
export async function samlLogout(cognito: Cognito, pool: Pool, request: WebRequest): Promise<WebAnswer> {
  const form = formOf(request);
  const { readRequest } = await import('../../../saml/message/requests.ts');
  const answer = readRequest(form.get('SAMLResponse') ?? '');
  const pending = pool.pending.get(form.get('RelayState') ?? '');
  if (answer?.kind === 'logout-response' && pending?.kind === 'logout' && answer.inResponseTo === pending.requestId) {
    pool.pending.delete(form.get('RelayState') ?? '');
    return redirect(pending.redirect, forget);
  }
  const wish = readRequest(form.get('SAMLRequest') ?? '');
  const browser = browserOf(cognito, pool, request);
  if (wish?.kind !== 'logout-request' || browser?.saml?.nameId !== wish.nameId)
    return errorPage(400, 'An error was encountered', 'Invalid samlResponse or relayState from identity provider');
  const user = findUser(pool, browser?.username ?? '');
  if (user) signOut(cognito, pool, user);
  return page({ title: 'Signed out', body: html`<p>You are signed out of ${pool.name}.</p>`, headers: forget });
}
