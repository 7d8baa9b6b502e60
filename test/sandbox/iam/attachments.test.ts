import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allow, conflict, noSuchEntity, openIam, overLimit, policy, refusal, type OpenIam } from './openIam.ts';

let open: OpenIam;
beforeAll(async () => {
  open = await openIam();
});
afterAll(() => open.aws.stop());

const create = async (PolicyName: string): Promise<string> => {
  const PolicyDocument = policy(allow('s3:ListBucket'));
  const { Policy } = await open.iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
  return Policy?.Arn ?? '';
};
const attach = (RoleName: string, PolicyArn: string) =>
  open.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
const detach = (RoleName: string, PolicyArn: string) =>
  open.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
const attached = async (RoleName: string) =>
  (await open.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies;

it('a policy is attached, counted, and detached', async () => {
  await open.role('r');
  const PolicyArn = await create('p');
  await attach('r', PolicyArn);
  await attach('r', PolicyArn);
  expect(await attached('r')).toEqual([{ PolicyName: 'p', PolicyArn }]);
  const { Policy } = await open.iam.send(new GetPolicyCommand({ PolicyArn }));
  expect(Policy?.AttachmentCount).toBe(1);
  const entities = await open.iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
  expect(entities).toMatchObject({ PolicyRoles: [{ RoleName: 'r' }], PolicyUsers: [], PolicyGroups: [] });
  const used = await open.iam.send(new ListPoliciesCommand({ OnlyAttached: true }));
  expect(used.Policies?.map(({ PolicyName }) => PolicyName)).toEqual(['p']);

  expect(await refusal(open.iam.send(new DeletePolicyCommand({ PolicyArn })))).toEqual(
    conflict('Cannot delete a policy attached to entities.'),
  );
  expect(await refusal(open.iam.send(new DeleteRoleCommand({ RoleName: 'r' })))).toEqual(
    conflict('Cannot delete entity, must detach all policies first.'),
  );
  await detach('r', PolicyArn);
  expect(await attached('r')).toEqual([]);
  expect(await refusal(detach('r', PolicyArn))).toEqual(noSuchEntity(`Policy ${PolicyArn} was not found.`));
});

it("AWS's own policies are there, with what they say", async () => {
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  const { Policy } = await open.iam.send(new GetPolicyCommand({ PolicyArn }));
  expect(Policy).toMatchObject({ Path: '/service-role/', PolicyName: 'AWSLambdaBasicExecutionRole' });
  const VersionId = Policy?.DefaultVersionId;
  const { PolicyVersion } = await open.iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ''))).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '*',
      },
    ],
  });
  const { Policies } = await open.iam.send(new ListPoliciesCommand({ Scope: 'AWS', MaxItems: 1000 }));
  expect(Policies?.map(({ PolicyName }) => PolicyName)).toContain('AmazonS3ReadOnlyAccess');
});

it('what is not there cannot be attached, and nobody changes what is of AWS', async () => {
  await open.role('other');
  for (const arn of ['arn:aws:iam::aws:policy/NotThere', 'arn:aws:iam::123456789012:policy/not-there']) {
    expect(await refusal(attach('other', arn))).toEqual(
      noSuchEntity(`Policy ${arn} does not exist or is not attachable.`),
    );
  }
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  expect((await refusal(open.iam.send(new DeletePolicyCommand({ PolicyArn })))).code).toBe('AccessDenied');
});

it('a role has ten at most', async () => {
  await open.role('many');
  for (let count = 0; count < 10; count++) await attach('many', await create(`many-${count}`));
  expect(await refusal(attach('many', await create('many-10')))).toEqual(
    overLimit('Cannot exceed quota for PoliciesPerRole: 10'),
  );
});
