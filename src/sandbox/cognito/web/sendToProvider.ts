// To a SAML identity provider by HTTP-Redirect: the AuthnRequest, signed where the pool is told to.
import type { WebAnswer } from '../../service.ts';
import { errorPage, redirect } from '../../webPage.ts';
import type { Cognito } from '../cognito.ts';
import { webAddress } from '../domains.ts';
import { samlKeyOf } from '../samlKey.ts';
import type { IdentityProvider, Pool, WebWish } from '../state.ts';

/** As long as Cognito waits. */
const patience = 5 * 60_000;

export const entityIdOf = ({ id }: Pool): string => `urn:amazon:cognito:sp:${id}`;

export async function sendToProvider(
  cognito: Cognito,
  pool: Pool,
  provider: IdentityProvider,
  wish: WebWish,
): Promise<WebAnswer> {
  const { world } = cognito;
  const found = provider.details['SSORedirectBindingURI'];
  if (provider.type !== 'SAML' || found === undefined)
    return errorPage(
      501,
      'Not in the sandbox',
      `The sandbox signs in at SAML providers only; ${provider.name} is ${provider.type}.`,
    );
  const { buildAuthnRequest, redirectUrl } = await import('../../../saml/message/requests.ts');
  const location = withOwnPort(found, world.endpoint());
  const requestId = `_${world.id()}`;
  const relayState = world.token(60);
  const now = world.clock.now();
  pool.pending.set(relayState, { kind: 'request', wish, provider: provider.name, requestId, expires: now + patience });
  world.changed();
  const xml = buildAuthnRequest({
    id: requestId,
    issuer: entityIdOf(pool),
    destination: location,
    now,
    consumer: `${webAddress(cognito, pool) ?? ''}/saml2/idpresponse`,
  });
  const signed = provider.details['RequestSigningAlgorithm'] !== undefined;
  const url = redirectUrl({
    location,
    parameter: 'SAMLRequest',
    xml,
    relayState,
    ...(signed && { privateKey: samlKeyOf(cognito, pool).privateKey }),
  });
  const title = `Cognito sends the browser to the identity provider${signed ? ', with a signed request' : ''}`;
  (await world.port('idp')).record({
    flow: requestId,
    from: 'cognito',
    to: 'identity-provider',
    kind: 'authn-request',
    title,
    url,
    message: xml,
  });
  return redirect(url);
}

/** The sandbox's own identity provider is at its present port, whatever it was when its metadata was taken. */
export function withOwnPort(address: string, endpoint: string): string {
  const url = URL.parse(address);
  if (url?.hostname !== 'idp.localhost') return address;
  url.port = new URL(endpoint).port;
  return url.href;
}
