// App clients: who may ask a pool for tokens, in which ways, and where browsers may be sent back to.
import type { UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';
import { clientOf, pageOf, poolFor, type Cognito, type CognitoHandlers } from './cognito.ts';
import { badOAuthFlow, checkConstraints, invalid, noSuchScope } from './refusals.ts';
import type { AppClient, ClientSettings, Pool } from './state.ts';

export const clientHandlers = (cognito: Cognito) =>
  ({
    CreateUserPoolClient({ UserPoolId, GenerateSecret, ClientSecret, ...settings }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      const secret = ClientSecret ?? (GenerateSecret ? lower(cognito, 51) : undefined);
      checkSettings(pool, settings, secret);
      const now = cognito.world.clock.now();
      const client: AppClient = {
        id: lower(cognito, 26),
        secret,
        created: now,
        updated: now,
        settings: withDefaults(settings),
      };
      pool.clients.set(client.id, client);
      cognito.world.changed();
      return { UserPoolClient: describeClient(pool, client) };
    },
    DescribeUserPoolClient({ UserPoolId, ClientId }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      return { UserPoolClient: describeClient(pool, clientOf(pool, ClientId)) };
    },
    ListUserPoolClients({ UserPoolId, MaxResults = 60, NextToken }, call) {
      checkConstraints([['maxResults', MaxResults, { min: 1, max: 60 }]]);
      const pool = poolFor(cognito, UserPoolId, call);
      const { items, next } = pageOf([...pool.clients.values()], NextToken, MaxResults);
      return {
        UserPoolClients: items.map(({ id, settings }) => ({
          ClientId: id,
          UserPoolId: pool.id,
          ClientName: settings.ClientName,
        })),
        ...(next !== undefined && { NextToken: next }),
      };
    },
    UpdateUserPoolClient({ UserPoolId, ClientId, ...settings }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      const client = clientOf(pool, ClientId);
      const next = { ...settings, ClientName: settings.ClientName ?? client.settings.ClientName };
      checkSettings(pool, next, client.secret);
      client.settings = withDefaults(next);
      client.updated = cognito.world.clock.now();
      cognito.world.changed();
      return { UserPoolClient: describeClient(pool, client) };
    },
    DeleteUserPoolClient({ UserPoolId, ClientId }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      pool.clients.delete(clientOf(pool, ClientId).id);
      cognito.world.changed();
    },
  }) satisfies CognitoHandlers;

/** Small letters and digits, as ids of clients have them. */
function lower({ world }: Cognito, length: number): string {
  const signs = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return [...Buffer.from(world.token(length), 'base64url')].map((byte) => signs.charAt(byte % 36)).join('');
}

const withDefaults = (settings: ClientSettings): ClientSettings => ({
  ...settings,
  RefreshTokenValidity: settings.RefreshTokenValidity || 30,
  AllowedOAuthFlowsUserPoolClient: settings.AllowedOAuthFlowsUserPoolClient ?? false,
  EnableTokenRevocation: settings.EnableTokenRevocation ?? true,
  EnablePropagateAdditionalUserContextData: settings.EnablePropagateAdditionalUserContextData ?? false,
  AuthSessionValidity: settings.AuthSessionValidity ?? 3,
});

const unitMs = { seconds: 1000, minutes: 60_000, hours: 3600_000, days: 86_400_000 } as const;
const most = { AccessToken: 86_400_000, IdToken: 86_400_000, RefreshToken: 3650 * 86_400_000 } as const;
const least = { AccessToken: 300_000, IdToken: 300_000, RefreshToken: 3600_000 } as const;

/** How long a client's tokens count, in milliseconds. */
export function validity(settings: ClientSettings, token: keyof typeof most): number {
  const units = settings.TokenValidityUnits ?? {};
  if (token === 'RefreshToken') return (settings.RefreshTokenValidity || 30) * unitMs[units.RefreshToken ?? 'days'];
  const given = token === 'AccessToken' ? settings.AccessTokenValidity : settings.IdTokenValidity;
  return (given || 1) * unitMs[units[token] ?? 'hours'];
}

function checkSettings(pool: Pool, settings: ClientSettings, secret: string | undefined): void {
  checkConstraints([['clientName', settings.ClientName, { min: 1, max: 128, pattern: '[\\w\\s+=,.@-]+' }]]);
  for (const token of ['AccessToken', 'IdToken', 'RefreshToken'] as const) {
    const ms = validity(settings, token);
    if (ms < least[token] || ms > most[token])
      throw invalid(
        `Invalid range for token validity: ${token} must last from ${least[token] / 60_000} minutes to ${most[token] / 86_400_000} days.`,
      );
  }
  const flows = settings.ExplicitAuthFlows ?? [];
  const old = flows.filter((flow) => !flow.startsWith('ALLOW_'));
  if (old.length > 0 && old.length < flows.length)
    throw invalid('ExplicitAuthFlows can not have a mix of values with and without the ALLOW_ prefix.');
  for (const provider of settings.SupportedIdentityProviders ?? []) {
    if (provider !== 'COGNITO' && !pool.providers.has(provider))
      throw invalid(`The provider ${provider} does not exist for User Pool ${pool.id}.`);
  }
  checkOAuth(pool, settings, secret);
  checkUrls(settings);
}

const openScopes = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];

function checkOAuth(pool: Pool, settings: ClientSettings, secret: string | undefined): void {
  const { AllowedOAuthFlows: flows = [], AllowedOAuthScopes: scopes = [], CallbackURLs = [] } = settings;
  if (settings.AllowedOAuthFlowsUserPoolClient && (flows.length === 0 || scopes.length === 0))
    throw invalid(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    );
  if (flows.includes('client_credentials') && flows.length > 1)
    throw badOAuthFlow('client_credentials flow can not be selected along with code flow or implicit flow');
  if (flows.includes('client_credentials') && secret === undefined)
    throw badOAuthFlow('client_credentials flow can not be selected if client does not have a client secret.');
  if (flows.some((flow) => flow !== 'client_credentials') && CallbackURLs.length === 0)
    throw invalid('CallbackURLs can not be empty when code flow or implicit flow is selected.');
  const own = [...pool.resourceServers.values()].flatMap((server) =>
    server.scopes.map(({ ScopeName }) => `${server.identifier}/${ScopeName}`),
  );
  const unknown = scopes.filter((scope) => ![...openScopes, ...own].includes(scope));
  if (unknown.length > 0) throw noSuchScope(`Invalid scope requested: ${unknown.join(',')}`);
}

function checkUrls({ CallbackURLs = [], LogoutURLs = [], DefaultRedirectURI }: ClientSettings): void {
  for (const url of [...CallbackURLs, ...LogoutURLs]) {
    const parsed = URL.parse(url);
    if (!parsed || url.includes('#') || /^(?:javascript|data|vbscript|file):/i.test(url))
      throw invalid(`Invalid redirect URI: ${url}`);
    if (parsed.protocol === 'http:' && !/^(?:localhost|127\.0\.0\.1|\[::1\]|[\w.-]+\.localhost)$/.test(parsed.hostname))
      throw invalid(`${url} cannot use the HTTP protocol.`);
  }
  if (DefaultRedirectURI !== undefined && !CallbackURLs.includes(DefaultRedirectURI))
    throw invalid('DefaultRedirectURI must be in the CallbackURLs list.');
}

export function describeClient(pool: Pool, { id, secret, created, updated, settings }: AppClient): UserPoolClientType {
  return {
    TokenValidityUnits: {},
    ...settings,
    UserPoolId: pool.id,
    ClientId: id,
    CreationDate: new Date(created),
    LastModifiedDate: new Date(updated),
    ExplicitAuthFlows: settings.ExplicitAuthFlows,
    ...(secret !== undefined && { ClientSecret: secret }),
  };
}
