// What apps read to verify tokens: the pool's public keys, and where its endpoints are. At <sandbox>/<pool>/.well-known/...
import type { Greeting, Page, WebRequest } from '../../service.ts';
import type { Cognito } from '../cognito.ts';
import { webAddress } from '../domains.ts';
import { issuerOf, keySet } from '../tokens.ts';

const path = /^\/([\w-]+_[0-9A-Za-z]+)\/\.well-known\/(jwks\.json|openid-configuration)$/;

export function discoveryPage(cognito: Cognito, asked: string): Page | undefined {
  const [, poolId = '', what] = path.exec(asked) ?? [];
  const pool = cognito.state.pools.get(poolId);
  if (!pool) return undefined;
  const told =
    what === 'jwks.json' ? keySet(cognito, pool) : configuration(issuerOf(cognito, pool), webAddress(cognito, pool));
  return { type: 'application/json', body: JSON.stringify(told) };
}

const configuration = (issuer: string, web: string | undefined) => ({
  ...(web !== undefined && {
    authorization_endpoint: `${web}/oauth2/authorize`,
    end_session_endpoint: `${web}/logout`,
    revocation_endpoint: `${web}/oauth2/revoke`,
    token_endpoint: `${web}/oauth2/token`,
    userinfo_endpoint: `${web}/oauth2/userInfo`,
  }),
  id_token_signing_alg_values_supported: ['RS256'],
  issuer,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  response_types_supported: ['code', 'token'],
  scopes_supported: ['openid', 'email', 'phone', 'profile'],
  subject_types_supported: ['public'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
});

const local = /^https?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|(?:[\w-]+\.)+localhost)(?::\d+)?$/;
const operation = /^AWSCognitoIdentityProviderService\./;

/** Apps in a browser ask Cognito itself: keys from anywhere, unsigned operations from pages of this machine. */
export function greet(cognito: Cognito, request: WebRequest): Greeting | undefined {
  const origin = request.header('origin');
  if (origin === undefined) return undefined;
  if (request.method === 'GET' && path.test(request.path)) {
    const page = discoveryPage(cognito, request.path);
    const headers = { 'Content-Type': page?.type ?? 'text/plain', 'Access-Control-Allow-Origin': '*' };
    return { kind: 'answer', answer: { status: page ? 200 : 404, headers, body: page?.body ?? '' } };
  }
  if (request.path !== '/' || !local.test(origin)) return undefined;
  const allow = { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' };
  const wanted = request.header('access-control-request-headers')?.toLowerCase().split(/,\s*/) ?? [];
  if (request.method === 'OPTIONS' && wanted.includes('x-amz-target') && !wanted.includes('authorization')) {
    const headers = {
      ...allow,
      'Access-Control-Allow-Headers': wanted.join(', '),
      'Access-Control-Allow-Methods': 'POST',
    };
    return { kind: 'answer', answer: { status: 200, headers, body: '' } };
  }
  const isOperation = request.method === 'POST' && operation.test(request.header('x-amz-target') ?? '');
  return isOperation && request.header('authorization') === undefined ? { kind: 'headers', headers: allow } : undefined;
}
