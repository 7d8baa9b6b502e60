import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  GetInstanceProfileCommand,
  ListInstanceProfilesCommand,
  ListInstanceProfilesForRoleCommand,
  RemoveRoleFromInstanceProfileCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { conflict, noRole, noSuchEntity, openIam, overLimit, refusal, type OpenIam } from './openIam.ts';

let open: OpenIam;
beforeAll(async () => {
  open = await openIam();
  await open.role('r');
  await open.role('s');
});
afterAll(() => open.aws.stop());

const create = (InstanceProfileName: string, more: object = {}) =>
  open.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName, ...more }));
const add = (InstanceProfileName: string, RoleName: string) =>
  open.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
const remove = (InstanceProfileName: string, RoleName: string) =>
  open.iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }));
const destroy = (InstanceProfileName: string) =>
  open.iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));

it('a profile holds one role, and goes when it is empty', async () => {
  const { InstanceProfile } = await create('p', { Path: '/x/' });
  expect(InstanceProfile).toMatchObject({
    Arn: 'arn:aws:iam::123456789012:instance-profile/x/p',
    InstanceProfileId: expect.stringMatching(/^AIPA[A-Z2-7]{17}$/),
    Roles: [],
  });
  await add('p', 'r');
  expect(await refusal(add('p', 's'))).toEqual(
    overLimit('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1'),
  );
  const found = await open.iam.send(new GetInstanceProfileCommand({ InstanceProfileName: 'p' }));
  expect(found.InstanceProfile?.Roles?.map(({ RoleName }) => RoleName)).toEqual(['r']);
  const having = await open.iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: 'r' }));
  expect(having.InstanceProfiles?.map(({ InstanceProfileName }) => InstanceProfileName)).toEqual(['p']);
  const held = conflict('Cannot delete entity, must remove roles from instance profile first.');
  expect(await refusal(destroy('p'))).toEqual(held);
  expect(await refusal(open.iam.send(new DeleteRoleCommand({ RoleName: 'r' })))).toEqual(held);
  await remove('p', 'r');
  await destroy('p');
  expect((await open.iam.send(new ListInstanceProfilesCommand({}))).InstanceProfiles).toEqual([]);
});

it('profiles and roles must be there', async () => {
  await create('q');
  expect(await refusal(create('q'))).toMatchObject({ message: 'Instance Profile q already exists.', status: 409 });
  expect(await refusal(add('nothing', 'r'))).toEqual(noSuchEntity('Instance Profile nothing cannot be found.'));
  expect(await refusal(add('q', 'nobody'))).toEqual(noRole('nobody'));
  expect(await refusal(remove('q', 'r'))).toEqual(noSuchEntity('Role r in Instance Profile q cannot be found.'));
});
