import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand } from '@aws-sdk/client-iam';
import { SendMessageCommand, CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { portOf } from '../../../src/sandbox/hosting.ts';
import type { IamPort, StsPort } from '../../../src/sandbox/ports.ts';
import { allow, openIam, trusts, type OpenIam } from './openIam.ts';

let open: OpenIam;
let iam: IamPort;
let sts: StsPort;
let role: string;
beforeAll(async () => {
  open = await openIam();
  iam = await portOf(open.aws.sandbox.hosting, 'iam');
  sts = await portOf(open.aws.sandbox.hosting, 'sts');
  role = await open.role('runner', [allow('sqs:SendMessage')], trusts({ Service: 'lambda.amazonaws.com' }));
});
afterAll(() => open.aws.stop());

it('a service asks whether a role trusts it', () => {
  expect(iam.assumableBy(role, 'lambda.amazonaws.com')).toMatchObject({ ok: true, maxSeconds: 3600 });
  expect(iam.assumableBy(role, 'ec2.amazonaws.com')).toEqual({ ok: false, action: 'sts:AssumeRole' });
  expect(iam.assumableBy(`${role}-not-there`, 'lambda.amazonaws.com')).toMatchObject({ ok: false });
});

it('credentials that a service gets for a role are held to its policies', async () => {
  const { caller, ...credentials } = await sts.issue(role, 'function', 900);
  expect(iam.authorizeIdentity(caller, 'sqs:SendMessage', 'arn:aws:sqs:us-east-1:123456789012:q')).toBe('allow');
  expect(iam.authorizeIdentity(caller, 's3:GetObject', 'arn:aws:s3:::b/k')).toBe('none');
  const session = open.aws.client(STSClient, { credentials });
  expect((await session.send(new GetCallerIdentityCommand({}))).UserId).toBe(`${iam.roleId(role)}:function`);
  const { QueueUrl } = await open.aws.client(SQSClient).send(new CreateQueueCommand({ QueueName: 'q' }));
  const sqs = open.aws.client(SQSClient, { credentials });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
  await expect(sts.issue(`${role}-not-there`, 'function', 900)).rejects.toMatchObject({ code: 'AccessDenied' });
});

it('an instance gets its role by name or ARN of its profile', async () => {
  const names = { InstanceProfileName: 'p', RoleName: 'runner' };
  const { InstanceProfile } = await open.iam.send(new CreateInstanceProfileCommand(names));
  await open.iam.send(new AddRoleToInstanceProfileCommand(names));
  const arn = InstanceProfile?.Arn ?? '';
  for (const said of ['p', arn]) {
    expect(iam.roleOfInstanceProfile(said, open.aws.account)).toMatchObject({ arn, role });
  }
  expect(iam.roleOfInstanceProfile('q', open.aws.account)).toBeUndefined();
});
