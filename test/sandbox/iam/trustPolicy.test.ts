import { CreateRoleCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { malformed, openIam, overLimit, policy, refusal, trusts, type OpenIam } from './openIam.ts';

let open: OpenIam;
beforeAll(async () => {
  open = await openIam();
  await open.role('friend');
});
afterAll(() => open.aws.stop());

const service = { Service: 'ec2.amazonaws.com' };
const create = (AssumeRolePolicyDocument: string) =>
  open.iam.send(new CreateRoleCommand({ RoleName: 'refused', AssumeRolePolicyDocument }));

it.each([
  ['no JSON', '{', 'This policy contains invalid Json'],
  [
    'actions that are not of STS',
    policy({ ...trusts(service), Action: 's3:GetObject' }),
    'AssumeRole policy may only specify STS AssumeRole actions.',
  ],
  ['resources', policy({ ...trusts(service), Resource: '*' }), 'Has prohibited field Resource'],
  ['nobody', policy({ Effect: 'Allow', Action: 'sts:AssumeRole' }), 'Missing required field Principal'],
  [
    'a user who is not there',
    policy(trusts({ AWS: 'arn:aws:iam::123456789012:user/nobody' })),
    'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/nobody"',
  ],
])('a trust policy with %s is refused', async (_what, document, message) => {
  expect(await refusal(create(document))).toEqual(malformed(message));
});

it('a trust policy may be 2048 characters long', async () => {
  const long = policy(...Array.from({ length: 30 }, (_, index) => trusts(service, { Sid: `Statement${index}` })));
  expect(await refusal(create(long))).toEqual(overLimit('Cannot exceed quota for ACLSizePerRole: 2048'));
});

it('users and roles that are there, and those of other accounts, can be named', async () => {
  for (const AWS of [
    'arn:aws:iam::123456789012:role/friend',
    'arn:aws:iam::123456789012:user/learner',
    'arn:aws:iam::999999999999:role/anybody',
  ]) {
    await open.iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: 'friend', PolicyDocument: policy(trusts({ AWS })) }),
    );
  }
});
