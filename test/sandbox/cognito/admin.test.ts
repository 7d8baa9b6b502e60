// What administrators do: users, groups, clients, domains, providers, tags; and that all of it is kept over a restart.
import * as c from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../start.ts';
import { makePool, refused } from './pool.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.stop());

test('a user who was created chooses a password at first', async () => {
  const { cognito, pool: UserPoolId, client: ClientId } = await makePool(sandbox);
  const UserAttributes = [{ Name: 'email', Value: 'ann@example.com' }];
  const create = { UserPoolId, Username: 'ann', UserAttributes };
  const made = await cognito.send(new c.AdminCreateUserCommand(create));
  expect(made.User).toMatchObject({ Username: 'ann', Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD' });
  const again = cognito.send(new c.AdminCreateUserCommand(create));
  await refused(again, 'UsernameExistsException', 'User account already exists');
  const { messages } = (await sandbox.admin('mailbox')) as { messages: { body: string }[] };
  const PASSWORD = /temporary password is (\S+)\.$/.exec(messages.at(-1)?.body ?? '')?.[1] ?? '';
  const flow = { UserPoolId, ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' } as const;
  const AuthParameters = { USERNAME: 'ann', PASSWORD };
  const begun = await cognito.send(new c.AdminInitiateAuthCommand({ ...flow, AuthParameters }));
  expect(begun.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  const respond = (NEW_PASSWORD: string) =>
    cognito.send(
      new c.AdminRespondToAuthChallengeCommand({
        UserPoolId,
        ClientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: begun.Session,
        ChallengeResponses: { USERNAME: 'ann', NEW_PASSWORD },
      }),
    );
  expect((await respond('Passw0rd!')).AuthenticationResult?.IdToken).toMatch(/^eyJ/);
  await refused(respond('Passw0rd!'), 'NotAuthorizedException', 'Invalid session for the user.');
  const user = await cognito.send(new c.AdminGetUserCommand({ UserPoolId, Username: 'ann' }));
  expect(user.UserStatus).toBe('CONFIRMED');
  await cognito.send(new c.AdminDisableUserCommand({ UserPoolId, Username: 'ann' }));
  const off = cognito.send(
    new c.AdminInitiateAuthCommand({ ...flow, AuthParameters: { USERNAME: 'ann', PASSWORD: 'Passw0rd!' } }),
  );
  await refused(off, 'NotAuthorizedException', 'User is disabled.');
  await cognito.send(new c.AdminDeleteUserCommand({ UserPoolId, Username: 'ann' }));
  const gone = cognito.send(new c.AdminGetUserCommand({ UserPoolId, Username: 'ann' }));
  await refused(gone, 'UserNotFoundException', 'User does not exist.');
});

test('users are listed by page and by filter', async () => {
  const { cognito, pool: UserPoolId } = await makePool(sandbox);
  for (const Username of ['ann', 'amy', 'bob'])
    await cognito.send(
      new c.AdminCreateUserCommand({
        UserPoolId,
        Username,
        MessageAction: 'SUPPRESS',
        UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
      }),
    );
  const list = async (more: object) => cognito.send(new c.ListUsersCommand({ UserPoolId, ...more }));
  const names = ({ Users }: c.ListUsersCommandOutput) => Users?.map(({ Username }) => Username);
  expect(names(await list({ Filter: 'username ^= "a"' }))).toEqual(['ann', 'amy']);
  expect(names(await list({ Filter: 'email = "bob@example.com"' }))).toEqual(['bob']);
  const first = await list({ Limit: 2 });
  expect(names(await list({ Limit: 2, PaginationToken: first.PaginationToken }))).toEqual(['bob']);
  await refused(list({ Filter: 'nonsense' }), 'InvalidParameterException', /parsing filter/);
});

test('groups', async () => {
  const { cognito, pool: UserPoolId } = await makePool(sandbox);
  const GroupName = 'admins';
  await cognito.send(new c.CreateGroupCommand({ UserPoolId, GroupName }));
  const again = cognito.send(new c.CreateGroupCommand({ UserPoolId, GroupName }));
  await refused(again, 'GroupExistsException', 'A group with the name already exists.');
  await cognito.send(new c.AdminCreateUserCommand({ UserPoolId, Username: 'ann' }));
  await cognito.send(new c.AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username: 'ann' }));
  const inGroup = await cognito.send(new c.ListUsersInGroupCommand({ UserPoolId, GroupName }));
  expect(inGroup.Users).toHaveLength(1);
  await cognito.send(new c.DeleteGroupCommand({ UserPoolId, GroupName }));
  const gone = cognito.send(new c.GetGroupCommand({ UserPoolId, GroupName }));
  await refused(gone, 'ResourceNotFoundException', 'Group not found.');
});

test('domains belong to one pool, and hold it', async () => {
  const [one, two] = [await makePool(sandbox), await makePool(sandbox)];
  const { cognito, pool: UserPoolId } = one;
  const Domain = 'corp-x';
  await cognito.send(new c.CreateUserPoolDomainCommand({ UserPoolId, Domain }));
  const taken = cognito.send(new c.CreateUserPoolDomainCommand({ UserPoolId: two.pool, Domain }));
  await refused(taken, 'InvalidParameterException', 'Domain already associated with another user pool.');
  const told = await cognito.send(new c.DescribeUserPoolDomainCommand({ Domain }));
  expect(told.DomainDescription).toMatchObject({ UserPoolId, Status: 'ACTIVE' });
  const held = 'User pool cannot be deleted. It has a domain configured that should be deleted first.';
  await refused(cognito.send(new c.DeleteUserPoolCommand({ UserPoolId })), 'InvalidParameterException', held);
  await cognito.send(new c.DeleteUserPoolDomainCommand({ UserPoolId, Domain }));
  expect((await cognito.send(new c.DescribeUserPoolDomainCommand({ Domain }))).DomainDescription).toEqual({});
  await cognito.send(new c.DeleteUserPoolCommand({ UserPoolId }));
  const gone = `User pool ${UserPoolId} does not exist.`;
  await refused(cognito.send(new c.DescribeUserPoolCommand({ UserPoolId })), 'ResourceNotFoundException', gone);
  const reserved = cognito.send(new c.CreateUserPoolDomainCommand({ UserPoolId: two.pool, Domain: 'my-aws-x' }));
  await refused(reserved, 'InvalidParameterException', /reserved word/);
});

test('clients are held to what fits together', async () => {
  const { cognito, pool: UserPoolId, client: ClientId } = await makePool(sandbox);
  const create = (more: Partial<c.CreateUserPoolClientCommandInput>) =>
    cognito.send(new c.CreateUserPoolClientCommand({ UserPoolId, ClientName: 'x', ...more }));
  const unknown = `The provider Nobody does not exist for User Pool ${UserPoolId}.`;
  await refused(create({ SupportedIdentityProviders: ['Nobody'] }), 'InvalidParameterException', unknown);
  await refused(create({ AllowedOAuthScopes: ['made/up'] }), 'ScopeDoesNotExistException', /made\/up/);
  const mixed = { AllowedOAuthFlows: ['client_credentials', 'code'], CallbackURLs: ['http://localhost'] } as const;
  await refused(
    create({ ...mixed, AllowedOAuthFlows: [...mixed.AllowedOAuthFlows], CallbackURLs: [...mixed.CallbackURLs] }),
    'InvalidOAuthFlowException',
    /client_credentials/,
  );
  await refused(create({ CallbackURLs: ['http://example.com/'] }), 'InvalidParameterException', /HTTP protocol/);
  await cognito.send(new c.DeleteUserPoolClientCommand({ UserPoolId, ClientId }));
  const gone = cognito.send(new c.DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  await refused(gone, 'ResourceNotFoundException', `User pool client ${ClientId} does not exist.`);
});

test('SAML providers are judged', async () => {
  const { cognito, pool: UserPoolId } = await makePool(sandbox);
  const create = (ProviderDetails: Record<string, string>, ProviderName = 'Company') =>
    cognito.send(
      new c.CreateIdentityProviderCommand({ UserPoolId, ProviderName, ProviderType: 'SAML', ProviderDetails }),
    );
  const none = 'At least one of the MetadataURL or MetadataFile should be provided.';
  await refused(create({}), 'InvalidParameterException', none);
  const { metadata } = (await sandbox.admin('idp/metadata')) as { metadata: string };
  const postOnly = metadata.replace(/<md:SingleSignOnService [^>]*HTTP-Redirect[^>]*>/, '');
  const noRedirect = 'No SingleSignOn Http redirect binding location found in metadata.';
  await refused(create({ MetadataFile: postOnly }), 'InvalidParameterException', noRedirect);
  await refused(create({ MetadataFile: metadata }, '_x_'), 'InvalidParameterException', /at 'providerName'/);
  await refused(create({ MetadataFile: metadata, IDPInit: 'yes' }), 'InvalidParameterException', /IDPInit/);
  await refused(create({ MetadataURL: 'https://idp.example.com/' }), 'InvalidParameterException', /this machine only/);
  const { address } = (await sandbox.admin('idp')) as { address: string };
  const lost = `Non-ok status code 404 returned from remote metadata source ${address}/nothing.`;
  await refused(create({ MetadataURL: `${address}/nothing` }), 'InvalidParameterException', lost);
  await create({ MetadataFile: metadata });
  await refused(create({ MetadataFile: metadata }), 'DuplicateProviderException', /Company/);
  const list = await cognito.send(new c.ListIdentityProvidersCommand({ UserPoolId }));
  expect(list.Providers).toMatchObject([{ ProviderName: 'Company', ProviderType: 'SAML' }]);
  await cognito.send(new c.DeleteIdentityProviderCommand({ UserPoolId, ProviderName: 'Company' }));
  const gone = cognito.send(new c.DescribeIdentityProviderCommand({ UserPoolId, ProviderName: 'Company' }));
  await refused(gone, 'ResourceNotFoundException', /does not exist/);
});

test('all is kept over a restart, and gone after the pool is', async () => {
  const first = await startTestSandbox();
  const { cognito, pool: UserPoolId, client: ClientId } = await makePool(first, { UserPoolTags: { team: 'a' } });
  await cognito.send(new c.SignUpCommand({ ClientId, Username: 'ann', Password: 'Passw0rd!' }));
  await cognito.send(new c.AdminConfirmSignUpCommand({ UserPoolId, Username: 'ann' }));
  const AuthParameters = { USERNAME: 'ann', PASSWORD: 'Passw0rd!' };
  const flow = { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters } as const;
  const { AuthenticationResult } = await cognito.send(new c.InitiateAuthCommand(flow));
  const saved = structuredClone(first.sandbox.save());
  const { credentials } = first;
  const state = await first.admin('state');
  await first.stop();
  const second = await startTestSandbox({ saved, credentials });
  const client = second.client(c.CognitoIdentityProviderClient);
  const { AccessToken } = AuthenticationResult ?? {};
  expect((await client.send(new c.GetUserCommand({ AccessToken }))).Username).toBe('ann');
  expect(await second.admin('state')).toEqual(state);
  await client.send(new c.DeleteUserPoolCommand({ UserPoolId }));
  expect(await second.admin('state')).toEqual({ resources: [] });
  await second.stop();
});
