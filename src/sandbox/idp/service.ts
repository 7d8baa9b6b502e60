// The local identity provider, where a company would have AD FS, and AWS's sign-in page as far as SAML goes. In: what browsers ask at
// http://idp.localhost:<port>, http://signin.localhost:<port> and http://sample-app.localhost:<port>, and the switches under
// /_sandbox/idp/. Out: pages and signed responses.
// It answers services of this machine only, and shows nothing but through the escaping tag of webPage.ts.
import type { IdpPort } from '../ports.ts';
import type { Service, WebAnswer, WebRequest, World } from '../service.ts';
import { errorPage } from '../webPage.ts';
import { adminRequest } from './adminRequests.ts';
import { createHopLog } from './hopLog.ts';
import { metadataOf } from './keys.ts';
import { emptyState, type Idp, type IdpState } from './state.ts';

export function createIdp(world: World): Service {
  const idp: Idp = {
    world,
    state: emptyState(),
    tickets: new Map(),
    browsers: new Map(),
    hops: createHopLog(world.clock.now),
  };
  const port: IdpPort = { record: (hop) => idp.hops.add(hop) };
  return {
    name: 'idp',
    handlers: {},
    port,
    site: (request) => serve(idp, request),
    admin: (method, path, body) => adminRequest(idp, method, path, body),
    snapshot: () => idp.state,
    restore(data) {
      idp.state = data as IdpState; // what snapshot gave
    },
    reset() {
      // To make a key takes time, and nobody is the wiser for another one.
      idp.state = { ...emptyState(), key: idp.state.key };
      idp.tickets.clear();
      idp.browsers.clear();
      idp.hops.clear();
    },
    resources: () => [],
  };
}

/** Pages and messages are heavy: they load when a browser comes. */
async function serve(idp: Idp, request: WebRequest): Promise<WebAnswer> {
  const { method, path } = request;
  if (request.host.toLowerCase().startsWith('signin.')) {
    if (method !== 'POST' || path !== '/saml')
      return errorPage(
        404,
        'AWS sign-in',
        'This page takes SAML responses by POST at /saml. Begin at the identity provider.',
      );
    return (await import('./awsSignIn.ts')).awsSignIn(idp, request);
  }
  if (request.host.toLowerCase().startsWith('sample-app.')) return (await import('./sampleApp.ts')).sampleApp(request);
  const { home, logIn, ssoRequest, start } = await import('./signOn.ts');
  switch (`${method} ${path}`) {
    case 'GET /':
      return home(idp, request);
    case 'GET /metadata':
      return { status: 200, headers: metadataHeaders, body: await metadataOf(idp) };
    case 'GET /sso':
    case 'POST /sso':
      return ssoRequest(idp, request);
    case 'GET /start':
      return start(idp, request);
    case 'POST /login':
      return logIn(idp, request);
    case 'GET /slo':
    case 'POST /slo':
      return (await import('./singleLogout.ts')).singleLogout(idp, request);
    default:
      return errorPage(404, 'Not found', `There is no ${method} ${path}.`);
  }
}

const metadataHeaders = { 'Content-Type': 'application/samlmetadata+xml; charset=utf-8', 'Cache-Control': 'no-store' };
