import {
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  IAMClient,
  ListRolesCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invalid, noRole, openIam, policy, refusal, trusts, type OpenIam } from './openIam.ts';

let open: OpenIam;
beforeAll(async () => {
  open = await openIam();
});
afterAll(() => open.aws.stop());

const trust = policy(trusts({ Service: 'ec2.amazonaws.com' }));
const create = (RoleName: string, more: object = {}) =>
  open.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, ...more }));
const get = async (RoleName: string) => (await open.iam.send(new GetRoleCommand({ RoleName }))).Role;

it('a role is made with a path and an id of its own', async () => {
  const { Role } = await create('maker', { Path: '/team/a/' });
  expect(Role).toEqual({
    Path: '/team/a/',
    RoleName: 'maker',
    RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    Arn: 'arn:aws:iam::123456789012:role/team/a/maker',
    CreateDate: expect.any(Date),
    AssumeRolePolicyDocument: expect.any(String),
  });
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust);
  expect(await get('maker')).toEqual({ ...Role, MaxSessionDuration: 3600, RoleLastUsed: {} });
});

it('is the same from every region, and not from another account', async () => {
  await create('everywhere');
  const elsewhere = open.aws.client(IAMClient, { region: 'eu-central-1' });
  const { Role } = await elsewhere.send(new GetRoleCommand({ RoleName: 'everywhere' }));
  expect(Role?.Arn).toBe('arn:aws:iam::123456789012:role/everywhere');
});

it('changes what UpdateRole names, and nothing else', async () => {
  await create('changing', { Description: 'old' });
  await open.iam.send(new UpdateRoleCommand({ RoleName: 'changing', MaxSessionDuration: 7200 }));
  expect(await get('changing')).toMatchObject({ Description: 'old', MaxSessionDuration: 7200 });
  await open.iam.send(new UpdateRoleCommand({ RoleName: 'changing', Description: 'new' }));
  expect(await get('changing')).toMatchObject({ Description: 'new', MaxSessionDuration: 7200 });
});

it('is gone when deleted', async () => {
  await create('leaving');
  await open.iam.send(new DeleteRoleCommand({ RoleName: 'leaving' }));
  expect(await refusal(get('leaving'))).toEqual(noRole('leaving'));
  expect(await refusal(open.iam.send(new DeleteRoleCommand({ RoleName: 'leaving' })))).toEqual(noRole('leaving'));
});

it('is listed by path, page by page, by name', async () => {
  for (const name of ['c', 'a', 'b']) await create(name, { Path: '/paged/' });
  const list = (more: object) => open.iam.send(new ListRolesCommand({ PathPrefix: '/paged/', ...more }));
  const first = await list({ MaxItems: 2 });
  expect(first.Roles?.map(({ RoleName }) => RoleName)).toEqual(['a', 'b']);
  expect(first.IsTruncated).toBe(true);
  const second = await list({ MaxItems: 2, Marker: first.Marker });
  expect(second.Roles?.map(({ RoleName }) => RoleName)).toEqual(['c']);
  expect(second).toMatchObject({ IsTruncated: false });
  expect(second.Marker).toBeUndefined();
});

describe('CreateRole refuses', () => {
  it('a name that is taken, whatever its case', async () => {
    await create('taken');
    expect(await refusal(create('Taken'))).toEqual({
      code: 'EntityAlreadyExists',
      message: 'Role with name Taken already exists.',
      status: 409,
    });
  });

  it.each([
    [
      'other characters',
      { RoleName: 'a/b' },
      'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    ],
    [
      'long names',
      { RoleName: 'x'.repeat(65) },
      "1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64",
    ],
    [
      'short sessions',
      { MaxSessionDuration: 3599 },
      "1 validation error detected: Value at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600",
    ],
    [
      'paths without slashes',
      { Path: 'team' },
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    ],
  ])('%s', async (_what, changes, message) => {
    expect(await refusal(create('refused', changes))).toEqual(invalid(message));
  });
});
