// What an app asks of a pool's web endpoints: read from a query, and held to what its client may do.
import type { WebAnswer } from '../../service.ts';
import { errorPage, redirect } from '../../webPage.ts';
import type { AppClient, Pool, WebWish } from '../state.ts';

export type ReadWish =
  | { readonly ok: true; readonly wish: WebWish; readonly client: AppClient }
  | { readonly ok: false; readonly answer: WebAnswer };

const refused = (answer: WebAnswer): ReadWish => ({ ok: false, answer });

/** Before client and address are known to be right, nobody is sent anywhere. */
export function readWish(pool: Pool, query: URLSearchParams): ReadWish {
  const clientId = query.get('client_id') ?? '';
  const client = pool.clients.get(clientId);
  if (!client)
    return refused(errorPage(400, 'An error was encountered', `invalid_request: there is no app client ${clientId}.`));
  const { settings } = client;
  const redirectUri = query.get('redirect_uri') ?? settings.DefaultRedirectURI ?? '';
  if (!settings.CallbackURLs?.includes(redirectUri))
    return refused(
      redirect(`/error?${new URLSearchParams({ error: 'redirect_mismatch', client_id: clientId }).toString()}`),
    );
  const state = query.get('state') ?? undefined;
  const type = query.get('response_type');
  const say = (error: string, description?: string): ReadWish =>
    refused(redirect(withError(redirectUri, { error, description, state })));
  if (type !== 'code' && type !== 'token') return say('invalid_request', 'unsupported response_type');
  const flow = type === 'code' ? 'code' : 'implicit';
  if (!settings.AllowedOAuthFlowsUserPoolClient || !settings.AllowedOAuthFlows?.includes(flow))
    return say('unauthorized_client');
  const allowed = settings.AllowedOAuthScopes ?? [];
  const scopes = (query.get('scope') ?? '').split(/[ +]/).filter(Boolean);
  if (scopes.some((scope) => !allowed.includes(scope))) return say('invalid_scope');
  const codeChallenge = query.get('code_challenge') ?? undefined;
  if (codeChallenge !== undefined && (query.get('code_challenge_method') ?? '') !== 'S256')
    return say('invalid_request', 'code_challenge_method should be S256');
  return {
    ok: true,
    client,
    wish: {
      clientId,
      redirectUri,
      responseType: type,
      scopes: scopes.length > 0 ? scopes : allowed,
      state,
      nonce: query.get('nonce') ?? undefined,
      codeChallenge,
    },
  };
}

export function withError(
  redirectUri: string,
  told: { readonly error: string; readonly description?: string | undefined; readonly state?: string | undefined },
): string {
  const query = new URLSearchParams({
    ...(told.description !== undefined && { error_description: told.description }),
    ...(told.state !== undefined && { state: told.state }),
    error: told.error,
  });
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query.toString()}`;
}
