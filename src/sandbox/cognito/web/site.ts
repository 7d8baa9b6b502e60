// The web endpoints of a pool at its domain: http://<prefix>.auth.<region>.localhost:<port>/...
// In: what a browser or an app asks. Out: pages, redirections, JSON. Text of strangers gets into pages through `html` only.
import type { WebAnswer, WebRequest } from '../../service.ts';
import { errorPage, queryOf } from '../../webPage.ts';
import type { Cognito } from '../cognito.ts';
import type { Pool } from '../state.ts';
import { authorize } from './authorize.ts';
import { login } from './login.ts';
import { logout, samlLogout } from './logout.ts';
import { samlResponse } from './samlResponse.ts';
import { revokeEndpoint, tokenEndpoint, openToApps } from './tokenEndpoint.ts';
import { userInfo } from './userInfo.ts';

type Endpoint = (cognito: Cognito, pool: Pool, request: WebRequest) => WebAnswer | Promise<WebAnswer>;

const endpoints: Readonly<Record<string, Endpoint>> = {
  'GET /oauth2/authorize': authorize,
  'GET /login': login,
  'POST /login': login,
  'POST /saml2/idpresponse': samlResponse,
  'POST /oauth2/token': tokenEndpoint,
  'POST /oauth2/revoke': revokeEndpoint,
  'GET /oauth2/userInfo': userInfo,
  'POST /oauth2/userInfo': userInfo,
  'GET /logout': logout,
  'POST /saml2/logout': samlLogout,
  'GET /error': (_cognito, _pool, request) =>
    errorPage(400, 'An error was encountered with the requested page', queryOf(request).get('error') ?? 'unknown'),
};

export async function serveSite(cognito: Cognito, request: WebRequest): Promise<WebAnswer> {
  const name = request.host.replace(/:\d+$/, '').toLowerCase();
  const [, prefix, region] = /^([a-z0-9-]+)\.auth\.([a-z0-9-]+)\.localhost$/.exec(name) ?? [];
  const pool = [...cognito.state.pools.values()].find(({ domain, region: own }) =>
    prefix === undefined
      ? domain?.custom && `${domain.name}.localhost` === name
      : domain && !domain.custom && domain.name === prefix && own === region,
  );
  if (!pool) return errorPage(404, 'Not found', `No user pool has the domain ${name}.`);
  if (request.method === 'OPTIONS' && request.path.startsWith('/oauth2/')) {
    const headers = {
      ...openToApps,
      'Access-Control-Allow-Headers': 'authorization, content-type',
      'Access-Control-Allow-Methods': 'GET, POST',
    };
    return { status: 204, headers, body: '' };
  }
  const endpoint = endpoints[`${request.method} ${request.path}`];
  return endpoint
    ? endpoint(cognito, pool, request)
    : errorPage(404, 'Not found', `There is no ${request.method} ${request.path}.`);
}
