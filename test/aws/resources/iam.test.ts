// SAML providers and roles: made with tags, found, described, related, stripped and removed; and what is not there is no error.
import { CreateInstanceProfileCommand, AddRoleToInstanceProfileCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Look } from '../../../src/aws/resources/kind.ts';
import { kinds } from '../../../src/aws/resources/kinds.ts';
import { openLook } from './openTargets.ts';
import { labTags, listAll, make, makeProvider, makeRole, removeTwice, trust } from './signOn.ts';
import type { TestSandbox } from '../../sandbox/start.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const { role, samlProvider } = kinds;
const arn = 'arn:aws:iam::123456789012:saml-provider/Company';

let look: Look;
let sandbox: TestSandbox;
let close: () => Promise<void>;
beforeAll(async () => void ({ sandbox, look, close } = await openLook()));
beforeEach(async () => void (await sandbox.admin('reset', {})));
afterAll(() => close());

test('a SAML provider', async () => {
  const { key, output, found } = await makeProvider(look, 'Company');
  expect(key).toEqual({ name: 'Company' });
  expect(found).toMatchObject({ name: 'Company', arn, ref: arn });
  expect(output).toMatchObject(found.output ?? {});
  expect((await samlProvider.list(look)).entries).toMatchObject([{ name: 'Company', arn, key }]);
  expect((await samlProvider.describe(look, found))?.facts).toMatchObject({
    SAMLProviderUUID: expect.stringMatching(/^SAMLSP/),
    SAMLMetadataDocument: expect.stringContaining('idp.example.com'),
  });
  await samlProvider.tag?.(look, found, { team: 'a' });
  expect(await samlProvider.tags(look, found)).toEqual({ ...labTags, team: 'a' });
  await removeTwice(look, found);
  expect(await samlProvider.find(look, key)).toBeUndefined();
  expect(await samlProvider.describe(look, found)).toBeUndefined();
  expect(await samlProvider.tags(look, found)).toEqual({});
});

test('a role: whom it trusts, and what its create call answered', async () => {
  await makeProvider(look, 'Company');
  const { key, output, found } = await makeRole(look, 'Reader', arn);
  expect(key).toEqual({ name: 'Reader' });
  expect(found).toMatchObject({ name: 'Reader', arn: 'arn:aws:iam::123456789012:role/Reader', ref: 'Reader' });
  expect(found.output).toMatchObject(output);
  expect(role.made?.(output)).toEqual({ ref: 'Reader', arn: found.arn });
  const described = await role.describe(look, found);
  expect(described?.facts['AssumeRolePolicyDocument']).toBe(trust(arn));
  expect(described && role.relations(described)).toEqual([{ to: 'samlProvider', arn, label: 'trusts' }]);
  await role.tag?.(look, found, { team: 'a' });
  expect(await role.tags(look, found)).toEqual({ ...labTags, team: 'a' });
});

test('a role loses its policies and instance profiles, and is then removed', async () => {
  const { found } = await makeRole(look, 'Busy', arn);
  const RoleName = 'Busy';
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
  });
  for (const PolicyName of ['one', 'two'])
    await look.target.send('iam.PutRolePolicy', { RoleName, PolicyName, PolicyDocument });
  await look.target.send('iam.AttachRolePolicy', { RoleName, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' });
  const iam = sandbox.client(IAMClient);
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'profile' }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'profile', RoleName }));
  expect(await role.contents(look, found)).toEqual([
    { what: 'inline policies', count: 2 },
    { what: 'attached policy', count: 1 },
  ]);
  await expect(look.target.send('iam.DeleteRole', { RoleName })).rejects.toMatchObject({
    kind: 'refused',
    wireCode: 'DeleteConflict',
    advice: expect.stringContaining('Take off'),
  });
  await removeTwice(look, found);
  expect(await role.find(look, { name: RoleName })).toBeUndefined();
  expect(await role.describe(look, found)).toBeUndefined();
  expect(await role.tags(look, found)).toEqual({});
  expect(await role.contents(look, found)).toEqual([]);
});

test('more than a page of roles; those of AWS itself are nobody else’s', async () => {
  const send = look.target.send.bind(look.target);
  const pages: unknown[] = [];
  const small: Look['target'] = Object.create(look.target, {
    send: {
      value: (operation: 'iam.ListRoles', input: object) => {
        pages.push(input);
        return send(operation, { ...input, MaxItems: 7 });
      },
    },
  });
  for (let place = 0; place < 15; place++) await makeRole(look, `r${place}`, arn);
  await make(look, 'role', 'iam.CreateRole', {
    RoleName: 'AWSReservedSSO_Reader',
    Path: '/aws-reserved/sso.amazonaws.com/',
    AssumeRolePolicyDocument: trust(arn),
  });
  const listed = await listAll({ target: small }, 'role');
  expect(pages).toHaveLength(3);
  expect(new Set(listed.map(({ name }) => name)).size).toBe(15);
  expect(listed.some(({ name }) => name.startsWith('AWSReserved'))).toBe(false);
});

test.each([
  ['eu-west-1', 'aws', 'https://console.aws.amazon.com/iam/home#/'],
  ['us-gov-west-1', 'aws-us-gov', 'https://console.amazonaws-us-gov.com/iam/home#/'],
  ['cn-north-1', 'aws-cn', 'https://console.amazonaws.cn/iam/home#/'],
])('in the console of %s', (region, partition, home) => {
  const entry = (kind: 'role' | 'samlProvider', rest: string) =>
    ({ kind, key: { name: 'A' }, name: 'A', arn: `arn:${partition}:iam::1:${rest}/A` }) as const;
  expect(role.consoleUrl(entry('role', 'role'), region)).toBe(`${home}roles/details/A`);
  expect(samlProvider.consoleUrl(entry('samlProvider', 'saml-provider'), region)).toBe(
    `${home}identity_providers/details/SAML/arn%3A${partition}%3Aiam%3A%3A1%3Asaml-provider%2FA`,
  );
});
