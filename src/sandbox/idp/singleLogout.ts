// /slo: a service says that its user has signed out. The browser is forgotten here too, and sent back with an answer by POST.
import { buildLogoutResponse, readRequest } from '../../saml/message/requests.ts';
import type { WebAnswer, WebRequest } from '../service.ts';
import { cookieOf, errorPage, formOf, html, page, postOn, queryOf, setCookie } from '../webPage.ts';
import { entityID } from './keys.ts';
import { cookieName } from './signOn.ts';
import type { Idp } from './state.ts';

export async function singleLogout(idp: Idp, request: WebRequest): Promise<WebAnswer> {
  const { world, browsers, hops } = idp;
  const given = request.method === 'POST' ? formOf(request) : queryOf(request);
  const forget = setCookie(cookieName, '', 0);
  const text = given.get('SAMLRequest');
  if (text === null) {
    browsers.delete(cookieOf(request, cookieName) ?? '');
    return page({
      title: 'Signed out',
      body: html`<p>Nobody is signed in in this browser any more.</p>`,
      headers: forget,
    });
  }
  const read = readRequest(text);
  const service = (await world.port('cognito-idp')).samlServices(entityID).find((one) => one.entityID === read?.issuer);
  if (read?.kind !== 'logout-request' || !service?.logout)
    return errorPage(400, 'No request', 'SAMLRequest is no LogoutRequest of a service that is known here.');
  browsers.delete(cookieOf(request, cookieName) ?? '');
  const xml = buildLogoutResponse({
    id: `_${world.id()}`,
    issuer: entityID,
    destination: service.logout,
    now: world.clock.now(),
    inResponseTo: read.id,
  });
  const title = 'The identity provider has signed the user out';
  hops.add({
    flow: read.id,
    from: 'identity-provider',
    to: 'cognito',
    kind: 'logout-response',
    title,
    url: service.logout,
    message: xml,
  });
  const fields = {
    SAMLResponse: Buffer.from(xml, 'utf8').toString('base64'),
    RelayState: given.get('RelayState') ?? undefined,
  };
  const answer = postOn(service.logout, fields, 'Signed out');
  return { ...answer, headers: { ...answer.headers, ...forget } };
}
