// A user pool with a SAML identity provider: from the app's link through both pages to tokens, and every way to break it.
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeIdentityProviderCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeJwt, verifyJwt } from '../../../src/saml/message/jwt.ts';
import { openBrowser, unescaped, type Browser, type Shown } from '../browser.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';

const callback = 'http://localhost:3000/callback';
const mail = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress';

let sandbox: TestSandbox;
let cognito: CognitoIdentityProviderClient;
let pool: string;
let client: string;
let web: string;
let port: string;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  cognito = sandbox.client(CognitoIdentityProviderClient);
  port = new URL(sandbox.endpoint).port;
  web = `http://corp.auth.us-east-1.localhost:${port}`;
  const made = await cognito.send(
    new CreateUserPoolCommand({ PoolName: 'People', Schema: [{ Name: 'email', Required: true, Mutable: true }] }),
  );
  pool = made.UserPool?.Id ?? '';
  await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: pool, Domain: 'corp' }));
  const { metadataUrl } = (await sandbox.admin('idp')) as { metadataUrl: string };
  await cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: pool,
      ProviderName: 'Company',
      ProviderType: 'SAML',
      ProviderDetails: {
        MetadataURL: metadataUrl,
        IDPSignout: 'true',
        IDPInit: 'true',
        RequestSigningAlgorithm: 'rsa-sha256',
      },
      AttributeMapping: { email: mail, name: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name' },
    }),
  );
  const app = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: pool,
      ClientName: 'app',
      SupportedIdentityProviders: ['Company'],
      CallbackURLs: [callback],
      LogoutURLs: ['http://localhost:3000/bye'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code', 'implicit'],
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
    }),
  );
  client = app.UserPoolClient?.ClientId ?? '';
});
afterAll(() => sandbox.stop());

const authorizeUrl = (more: Record<string, string> = {}): string =>
  `${web}/oauth2/authorize?${new URLSearchParams({
    client_id: client,
    redirect_uri: callback,
    response_type: 'code',
    identity_provider: 'Company',
    state: 'a b',
    ...more,
  }).toString()}`;

/** From the app's link back to the app. */
async function signOn(browser: Browser, fields: Record<string, string>, more?: Record<string, string>): Promise<URL> {
  const form = await browser.open(authorizeUrl(more));
  const post = await browser.submit(form, fields);
  return new URL((await browser.submit(post, {}, { stopAt: callback })).url);
}

const postToken = (fields: Record<string, string>): Promise<Shown> =>
  openBrowser().open(`${web}/oauth2/token`, { form: { client_id: client, ...fields } });

test('what was found in the metadata is described', async () => {
  const { IdentityProvider } = await cognito.send(
    new DescribeIdentityProviderCommand({ UserPoolId: pool, ProviderName: 'Company' }),
  );
  expect(IdentityProvider?.ProviderDetails).toMatchObject({
    SSORedirectBindingURI: `http://idp.localhost:${port}/sso`,
    SLORedirectBindingURI: `http://idp.localhost:${port}/slo`,
  });
});

test('a user signs on, and the app gets tokens that anybody can verify', async () => {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const back = await signOn(
    openBrowser(),
    { user: 'ann' },
    { code_challenge: challenge, code_challenge_method: 'S256', nonce: 'n1' },
  );
  expect(back.searchParams.get('state')).toBe('a b');
  const code = back.searchParams.get('code') ?? '';
  const grant = { grant_type: 'authorization_code', code, redirect_uri: callback };
  const answer = await postToken({ ...grant, code_verifier: verifier });
  expect(answer.status).toBe(200);
  const tokens = JSON.parse(answer.text) as Record<string, string>;
  expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
  const id = decodeJwt(tokens['id_token'] ?? '');
  if (!id.ok) throw new Error(id.message);
  expect(id.jwt.claims).toMatchObject({
    'cognito:username': 'Company_ann',
    'cognito:groups': [`${pool}_Company`],
    email: 'ann@example.com',
    email_verified: false,
    name: 'Ann Archer',
    nonce: 'n1',
    token_use: 'id',
    aud: client,
    iss: `${sandbox.endpoint}/${pool}`,
    identities: [{ userId: 'ann', providerName: 'Company', providerType: 'SAML', issuer: 'http://idp.localhost/saml' }],
  });
  const keys: unknown = await (await fetch(`${sandbox.endpoint}/${pool}/.well-known/jwks.json`)).json();
  expect(verifyJwt(id.jwt, keys, Date.now())).toMatchObject({ valid: true });
  expect(JSON.parse((await postToken({ ...grant, code_verifier: verifier })).text)).toEqual({ error: 'invalid_grant' });
  const user = await cognito.send(new AdminGetUserCommand({ UserPoolId: pool, Username: 'Company_ann' }));
  expect(user.UserStatus).toBe('EXTERNAL_PROVIDER');
  const renewed = await postToken({ grant_type: 'refresh_token', refresh_token: tokens['refresh_token'] ?? '' });
  expect(JSON.parse(renewed.text)).toHaveProperty('access_token');
});

test('a wrong verifier uses the code up', async () => {
  const challenge = createHash('sha256').update('right').digest('base64url');
  const back = await signOn(
    openBrowser(),
    { user: 'ann' },
    { code_challenge: challenge, code_challenge_method: 'S256' },
  );
  const grant = { grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '', redirect_uri: callback };
  expect((await postToken({ ...grant, code_verifier: 'wrong' })).status).toBe(400);
  expect((await postToken({ ...grant, code_verifier: 'right' })).status).toBe(400);
});

describe('broken on purpose', () => {
  const signature = 'Invalid SAML response received: SAML Assertion signature is invalid. ';
  test.each([
    [
      'audience',
      'Invalid SAML response received: Audience restriction in SAML Assertion does not allow it for urn:amazon:cognito:sp:',
    ],
    ['recipient', 'Invalid SAML response received: Recipient'],
    ['time', 'Invalid SAML response received: SAML Assertion has expired.'],
    ['altered', signature],
    ['other-key', signature],
    ['wrapped', signature],
    ['no-role', 'Invalid SAML response received: Invalid user attributes: email: The attribute is required'],
  ])('%s', async (broken, message) => {
    const back = await signOn(openBrowser(), { user: 'bob', break: broken });
    expect(back.searchParams.get('error')).toBe('server_error');
    expect(back.searchParams.get('error_description')).toContain(message);
    expect(back.searchParams.get('code')).toBeNull();
  });

  test('a comment in the name makes nobody else of somebody', async () => {
    await signOn(openBrowser(), { user: 'ann', break: 'comment' });
    const user = await cognito.send(new AdminGetUserCommand({ UserPoolId: pool, Username: 'Company_ann.evil' }));
    expect(user.UserStatus).toBe('EXTERNAL_PROVIDER');
  });
});

test('a response is taken once', async () => {
  const browser = openBrowser();
  const post = await browser.submit(await browser.open(authorizeUrl()), { user: 'ann' });
  await browser.submit(post, {}, { stopAt: callback });
  const again = new URL((await browser.submit(post, {}, { stopAt: callback })).url);
  expect(again.searchParams.get('error_description')).toBe('Invalid samlResponse or relayState from identity provider');
  expect(again.searchParams.get('code')).toBeNull();
});

test('a sign-on may begin at the identity provider, once for each response', async () => {
  const browser = openBrowser();
  const service = `urn:amazon:cognito:sp:${pool}`;
  const start = `http://idp.localhost:${port}/start?${new URLSearchParams({ service }).toString()}`;
  const post = await browser.submit(await browser.open(start), { user: 'bob' });
  const back = new URL((await browser.submit(post, {}, { stopAt: callback })).url);
  expect(back.searchParams.get('code')).toBeTruthy();
  const again = new URL((await browser.submit(post, {}, { stopAt: callback })).url);
  expect(again.searchParams.get('error_description')).toBe('Invalid samlResponse or relayState from identity provider');
});

test('tokens come behind the hash where the app asks for them at once', async () => {
  const back = await signOn(openBrowser(), { user: 'ann' }, { response_type: 'token' });
  const told = new URLSearchParams(back.hash.slice(1));
  expect(told.get('id_token')).toMatch(/^eyJ/);
  const info = await fetchAs(told.get('access_token') ?? '');
  expect(JSON.parse(info.text)).toMatchObject({ username: 'Company_ann', email: 'ann@example.com' });
  expect((await fetchAs('x.y.z')).status).toBe(401);
});

async function fetchAs(token: string): Promise<Shown> {
  const { request } = await import('node:http');
  return new Promise((done, failed) => {
    const headers = { Host: new URL(web).host, Authorization: `Bearer ${token}` };
    request({ host: '127.0.0.1', port, path: '/oauth2/userInfo', headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => done({ status: response.statusCode ?? 0, url: '', headers: response.headers, text }));
    })
      .on('error', failed)
      .end();
  });
}

test('a browser that is known need not sign in again, until it signs out, also at the provider', async () => {
  const browser = openBrowser();
  await signOn(browser, { user: 'bob' });
  const known = await browser.open(authorizeUrl(), { stopAt: callback });
  expect(known.url).toContain('code=');
  const home = `http://idp.localhost:${port}/`;
  expect((await browser.open(home)).text).toContain('Bob Baker is signed in');
  const bye = 'http://localhost:3000/bye';
  const page = await browser.open(
    `${web}/logout?${new URLSearchParams({ client_id: client, logout_uri: bye }).toString()}`,
  );
  expect(page.text).toContain('SAMLResponse');
  expect((await browser.submit(page, {}, { stopAt: bye })).url).toBe(bye);
  expect((await browser.open(home)).text).toContain('Nobody is signed in');
  expect((await browser.open(authorizeUrl())).text).toContain('wants to know who you are');
});

test('nobody is sent to an address that the client does not name', async () => {
  const shown = await openBrowser().open(authorizeUrl({ redirect_uri: 'https://evil.example.com/' }));
  expect(shown.url).toContain('/error?error=redirect_mismatch');
  expect(shown.status).toBe(400);
  const stranger = await openBrowser().open(authorizeUrl({ client_id: '<script>alert(1)</script>' }));
  expect(stranger.text).not.toContain('<script>alert');
  expect(unescaped(stranger.text)).toContain('<script>alert(1)</script>');
});

test('every hop can be read', async () => {
  await sandbox.admin('idp/hops', undefined, 'DELETE');
  const back = await signOn(openBrowser(), { user: 'ann' });
  await postToken({
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: callback,
  });
  const { hops } = (await sandbox.admin('idp/hops')) as { hops: { kind: string; flow: string; to: string }[] };
  expect(hops.map(({ kind }) => kind)).toEqual(['authn-request', 'sign-in', 'response', 'response', 'code', 'tokens']);
  expect(new Set(hops.map(({ flow }) => flow)).size).toBe(1);
});

test('after a rollover the pool looks at the metadata again, six hours later', async () => {
  await sandbox.admin('idp/rollover', { step: 'switch' });
  const early = await signOn(openBrowser(), { user: 'ann' });
  expect(early.searchParams.get('error_description')).toContain('signature is invalid');
  await sandbox.advance('6h');
  const later = await signOn(openBrowser(), { user: 'ann' });
  expect(later.searchParams.get('code')).toBeTruthy();
});
