import { AttachRolePolicyCommand, CreateInstanceProfileCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { SQSClient, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { allow, openIam } from './openIam.ts';

it('shows what there is, keeps it over a restart, and forgets it when reset', async () => {
  const first = await openIam();
  const role = await first.role('keeper', [allow('sqs:*')]);
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  await first.iam.send(new AttachRolePolicyCommand({ RoleName: 'keeper', PolicyArn }));
  await first.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'p' }));
  const credentials = await first.assume(role);
  const before = await first.aws.admin('state');
  expect(before).toMatchObject({
    resources: [
      { service: 'iam', type: 'instanceProfile', arn: 'arn:aws:iam::123456789012:instance-profile/p' },
      { service: 'iam', type: 'role', arn: role, name: 'keeper', attachedPolicies: [PolicyArn] },
    ],
  });
  const saved = structuredClone(first.aws.sandbox.save());
  await first.aws.stop();

  const second = await openIam({ saved, credentials: first.aws.credentials });
  await second.aws.client(SQSClient, { credentials }).send(new ListQueuesCommand({}));
  expect(await second.aws.admin('state')).toEqual(before);
  await second.aws.admin('reset', {});
  expect(await second.aws.admin('state')).toEqual({ resources: [] });
  expect((await second.iam.send(new ListRolesCommand({}))).Roles).toEqual([]);
  await second.aws.stop();
});
