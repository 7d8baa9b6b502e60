// A sign-on that begins at the identity provider: its RelayState says, as a query, for which client and where to.
// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-SAML-session-initiation.html
import type { AppClient, IdentityProvider, Pool } from '../state.ts';
import { isSupported } from './authorize.ts';
import type { Answering } from './samlResponse.ts';
import { readWish } from './webWish.ts';

/** Undefined: this may not begin there. */
export function startedThere(pool: Pool, relayState: string, xml: string): Answering | undefined {
  const query = new URLSearchParams(relayState);
  const [name, identifier] = [query.get('identity_provider'), query.get('idp_identifier')];
  const issuer = /<(?:[\w.-]+:)?Issuer(?:\s[^>]*)?>([^<]*)</.exec(xml)?.[1]?.trim() ?? '';
  const provider = [...pool.providers.values()].find((one) =>
    name !== null
      ? one.name === name
      : identifier !== null
        ? one.identifiers.includes(identifier)
        : issuer !== '' && one.metadata.includes(`"${issuer}"`),
  );
  if (provider?.details['IDPInit'] !== 'true') return undefined;
  const client =
    pool.clients.get(query.get('client_id') ?? '') ??
    [...pool.clients.values()].find((one) => mayStart(pool, one, provider));
  if (!client || !mayStart(pool, client, provider)) return undefined;
  const asked = new URLSearchParams(query);
  asked.set('client_id', client.id);
  if (!asked.has('response_type')) asked.set('response_type', 'code');
  if (!asked.has('redirect_uri')) asked.set('redirect_uri', firstCallback(client));
  const read = readWish(pool, asked);
  return read.ok ? { client, provider, wish: read.wish, requestId: null } : undefined;
}

const firstCallback = ({ settings }: AppClient): string =>
  settings.DefaultRedirectURI ?? settings.CallbackURLs?.[0] ?? '';

/** Such a client may have SAML providers only. */
export const mayStart = (pool: Pool, client: AppClient, provider: IdentityProvider): boolean =>
  isSupported(client, provider) &&
  (client.settings.SupportedIdentityProviders ?? []).every((name) => pool.providers.get(name)?.type === 'SAML');

export const relayStateFor = (client: AppClient, provider: IdentityProvider): string =>
  new URLSearchParams({
    identity_provider: provider.name,
    client_id: client.id,
    redirect_uri: firstCallback(client),
    response_type: client.settings.AllowedOAuthFlows?.includes('code') ? 'code' : 'token',
    scope: (client.settings.AllowedOAuthScopes ?? []).join(' '),
  }).toString();
