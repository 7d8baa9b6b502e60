// The web endpoints for a pool's own users, and for services without a user.
import * as c from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeJwt } from '../../../src/saml/message/jwt.ts';
import { openBrowser, unescaped } from '../browser.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';
import { makePool } from './pool.ts';

let sandbox: TestSandbox;
let web: string;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  web = `http://own.auth.us-east-1.localhost:${new URL(sandbox.endpoint).port}`;
});
afterAll(() => sandbox.stop());

const callback = 'http://localhost:3000/callback';

test('users of the pool sign in on its page; a service with its secret', async () => {
  const {
    cognito,
    pool: UserPoolId,
    client: client_id,
  } = await makePool(
    sandbox,
    {},
    {
      CallbackURLs: [callback],
      SupportedIdentityProviders: ['COGNITO'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
    },
  );
  await cognito.send(new c.CreateUserPoolDomainCommand({ UserPoolId, Domain: 'own' }));
  await cognito.send(new c.AdminCreateUserCommand({ UserPoolId, Username: 'ann', TemporaryPassword: 'Passw0rd!' }));
  const query = new URLSearchParams({ client_id, redirect_uri: callback, response_type: 'code' }).toString();
  const browser = openBrowser();
  const page = await browser.open(`${web}/oauth2/authorize?${query}`);
  const wrong = await browser.submit(page, { username: '<b>ann</b>', password: 'x' });
  expect(unescaped(wrong.text)).toContain('User does not exist.');
  expect(wrong.text).not.toContain('<b>ann');
  const renew = await browser.submit(page, { username: 'ann', password: 'Passw0rd!' });
  expect(renew.text).toContain('Choose a new password.');
  const fields = { username: 'ann', password: 'Passw0rd!', new_password: 'Passw0rd!2' };
  const back = await browser.submit(renew, fields, { stopAt: callback });
  expect(new URL(back.url).searchParams.get('code')).toBeTruthy();

  const api = { UserPoolId, Identifier: 'https://api.example.com', Name: 'api' };
  const Scopes = [{ ScopeName: 'read', ScopeDescription: 'Read' }];
  await cognito.send(new c.CreateResourceServerCommand({ ...api, Scopes }));
  const { UserPoolClient } = await cognito.send(
    new c.CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'job',
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['https://api.example.com/read'],
    }),
  );
  const job = { client_id: UserPoolClient?.ClientId ?? '', grant_type: 'client_credentials' };
  const ask = (client_secret: string) => openBrowser().open(`${web}/oauth2/token`, { form: { ...job, client_secret } });
  expect(JSON.parse((await ask('wrong')).text)).toEqual({ error: 'invalid_client' });
  const { access_token } = JSON.parse((await ask(UserPoolClient?.ClientSecret ?? '')).text) as { access_token: string };
  const token = decodeJwt(access_token);
  expect(token.ok && token.jwt.claims).toMatchObject({ sub: job.client_id, scope: 'https://api.example.com/read' });
});

test('pages of this machine may use the API, others may not', async () => {
  const { client: ClientId } = await makePool(sandbox);
  const ask = (origin: string) =>
    fetch(sandbox.endpoint, {
      method: 'POST',
      headers: {
        Origin: origin,
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': 'AWSCognitoIdentityProviderService.SignUp',
      },
      body: JSON.stringify({ ClientId, Username: 'ann', Password: 'Passw0rd!' }),
    });
  expect((await ask('https://evil.example.com')).status).toBe(403);
  const answer = await ask('http://localhost:3000');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
});

test('a role needs permission for what administrators do', async () => {
  const { IAMClient, CreateRoleCommand } = await import('@aws-sdk/client-iam');
  const { STSClient, AssumeRoleCommand } = await import('@aws-sdk/client-sts');
  const { pool: UserPoolId } = await makePool(sandbox);
  const Statement = [{ Effect: 'Allow', Principal: { AWS: sandbox.account }, Action: 'sts:AssumeRole' }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  const { Role } = await sandbox
    .client(IAMClient)
    .send(new CreateRoleCommand({ RoleName: 'Guest', AssumeRolePolicyDocument }));
  const assume = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'me' });
  const { Credentials } = await sandbox.client(STSClient).send(assume);
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const guest = sandbox.client(c.CognitoIdentityProviderClient, { credentials });
  await expect(guest.send(new c.DescribeUserPoolCommand({ UserPoolId }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(
      'is not authorized to perform: cognito-idp:DescribeUserPool on resource: arn:aws:cognito-idp:',
    ),
  });
});
