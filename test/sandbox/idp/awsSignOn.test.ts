// From the identity provider's page to credentials of a role, and every way to break it on the way.
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  GetSAMLProviderCommand,
  IAMClient,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, unescaped, type Shown } from '../browser.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';

interface Facts {
  readonly startUrl: string;
  readonly address: string;
}
interface Hops {
  readonly hops: readonly {
    readonly kind: string;
    readonly error?: { readonly code: string; readonly message: string };
  }[];
}

let sandbox: TestSandbox;
let facts: Facts;
let provider: string;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  facts = (await sandbox.admin('idp')) as Facts;
  const iam = sandbox.client(IAMClient);
  const { metadata } = (await sandbox.admin('idp/metadata')) as { metadata: string };
  const made = await iam.send(new CreateSAMLProviderCommand({ Name: 'Company', SAMLMetadataDocument: metadata }));
  provider = made.SAMLProviderArn ?? '';
  for (const name of ['Reader', 'Writer']) {
    await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust(provider) }));
  }
  await iam.send(
    new AttachRolePolicyCommand({ RoleName: 'Reader', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' }),
  );
});
afterAll(() => sandbox.stop());

const trust = (principal: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: principal },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      },
    ],
  });

/** Up to the page on which the role is chosen, or to what is shown instead. */
async function signIn(fields: Record<string, string>): Promise<Shown> {
  const browser = openBrowser();
  const form = await browser.open(facts.startUrl);
  const post = await browser.submit(form, fields);
  const roles = await browser.submit(post);
  return roles.text.includes('Select a role')
    ? browser.submit(roles, { role: 'arn:aws:iam::123456789012:role/Reader' })
    : roles;
}

test('a user signs in, chooses a role, and may do what the role may', async () => {
  const shown = await signIn({ user: 'ann' });
  expect(shown.status).toBe(200);
  expect(shown.text).toContain('arn:aws:sts::123456789012:assumed-role/Reader/ann@example.com');
  const text = unescaped(shown.text);
  const value = (name: string): string => new RegExp(`export ${name}=(\\S+?)(?=\\s|<)`).exec(text)?.[1] ?? '';
  const credentials = {
    accessKeyId: value('AWS_ACCESS_KEY_ID'),
    secretAccessKey: value('AWS_SECRET_ACCESS_KEY'),
    sessionToken: value('AWS_SESSION_TOKEN'),
  };
  const who = await sandbox.client(STSClient, { credentials }).send(new GetCallerIdentityCommand({}));
  expect(who.Arn).toBe('arn:aws:sts::123456789012:assumed-role/Reader/ann@example.com');
  const iam = sandbox.client(IAMClient, { credentials });
  await expect(iam.send(new ListRolesCommand({}))).resolves.toBeDefined();
  await expect(iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: provider }))).resolves.toBeDefined();
  await expect(
    iam.send(new CreateRoleCommand({ RoleName: 'x', AssumeRolePolicyDocument: trust(provider) })),
  ).rejects.toThrow('is not authorized to perform: iam:CreateRole');
  const { hops } = (await sandbox.admin('idp/hops')) as Hops;
  expect(hops.map(({ kind }) => kind)).toEqual(['sign-in', 'response', 'assume-role']);
});

describe('broken on purpose', () => {
  test.each([
    ['audience', 'Response does not contain the required audience.'],
    ['recipient', 'Not authorized to perform sts:AssumeRoleWithSAML'],
    ['time', 'Token must be redeemed within 5 minutes of issuance'],
    ['altered', 'Response signature invalid'],
    ['other-key', 'Response signature invalid'],
    ['wrapped', 'Response signature invalid'],
    ['no-role', 'Your request included an invalid SAML response.'],
  ])('%s', async (broken, message) => {
    const shown = await signIn({ user: 'ann', break: broken });
    expect(shown.status).toBeGreaterThanOrEqual(400);
    expect(unescaped(shown.text)).toContain(message);
    const { hops } = (await sandbox.admin('idp/hops')) as Hops;
    expect(hops.at(-1)?.error?.message).toContain(message);
  });

  test('a comment in the name hides nothing', async () => {
    const shown = await signIn({ user: 'ann', break: 'comment' });
    expect(shown.status).toBe(200);
    const { hops } = (await sandbox.admin('idp/hops')) as { hops: readonly { message?: string }[] };
    expect(hops.at(-1)?.message).toContain('"Subject": "ann.evil"');
  });
});

test('who has no role is told so', async () => {
  const shown = await signIn({ user: 'carol' });
  expect(unescaped(shown.text)).toContain('Your request included an invalid SAML response. To logout, click here.');
});

test('a page is good for one response', async () => {
  const browser = openBrowser();
  const form = await browser.open(facts.startUrl);
  await browser.submit(form, { user: 'ann' });
  expect((await browser.submit(form, { user: 'ann' })).text).toContain('Too late');
});

test('after a rollover AWS must be told of the new key', async () => {
  await sandbox.admin('idp/rollover', { step: 'switch' });
  expect(unescaped((await signIn({ user: 'bob' })).text)).toContain('Response signature invalid');
  const { metadata } = (await sandbox.admin('idp/metadata')) as { metadata: string };
  expect(metadata.match(/<ds:X509Certificate>/g)).toHaveLength(2);
  const { UpdateSAMLProviderCommand } = await import('@aws-sdk/client-iam');
  const update = new UpdateSAMLProviderCommand({ SAMLProviderArn: provider, SAMLMetadataDocument: metadata });
  await sandbox.client(IAMClient).send(update);
  expect((await signIn({ user: 'bob' })).text).toContain('assumed-role/Reader/bob@example.com');
});
