// Users sign with keys of their own, and are held to their policies.
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestSandbox, type ClientSettings } from '../start.ts';
import { allow, conflict, noSuchEntity, openIam, overLimit, policy, refusal, type OpenIam } from './openIam.ts';

let open: OpenIam;
beforeAll(async () => {
  open = await openIam();
});
afterAll(() => open.aws.stop());

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

async function user(UserName: string): Promise<ClientSettings['credentials']> {
  await open.iam.send(new CreateUserCommand({ UserName }));
  const { AccessKey } = await open.iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
}

it('who signs with a user’s key is that user', async () => {
  const credentials = await user('ann');
  expect(credentials).toEqual({
    accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
    secretAccessKey: expect.stringMatching(/^[\w+/]{40}$/),
  });
  const sts = open.aws.client(STSClient, { credentials });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '123456789012',
    Arn: 'arn:aws:iam::123456789012:user/ann',
    UserId: expect.stringMatching(/^AIDA/),
  });
  const wrong = { ...credentials, secretAccessKey: 'wrong' };
  const refused = open.aws.client(STSClient, { credentials: wrong }).send(new GetCallerIdentityCommand({}));
  expect(await refusal(refused)).toMatchObject({ code: 'SignatureDoesNotMatch', status: 403 });
});

it('a user may do what its policies say, and nothing else', async () => {
  const credentials = await user('bob');
  const [s3, sns] = [open.aws.client(S3Client, { credentials }), open.aws.client(SNSClient, { credentials })];
  expect(await refusal(s3.send(new ListBucketsCommand({})))).toMatchObject({
    code: 'AccessDenied',
    message: expect.stringContaining(
      'User: arn:aws:iam::123456789012:user/bob is not authorized to perform: s3:ListAllMyBuckets',
    ),
  });
  const own = { UserName: 'bob', PolicyName: 'own', PolicyDocument: policy(allow('s3:ListAllMyBuckets')) };
  await open.iam.send(new PutUserPolicyCommand(own));
  expect((await s3.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
  expect(await refusal(sns.send(new CreateTopicCommand({ Name: 'no' })))).toMatchObject({ status: 403 });
  const document = policy(allow('sns:CreateTopic', 'arn:aws:sns:*:*:${aws:username}-*'));
  await open.iam.send(new PutUserPolicyCommand({ ...own, PolicyName: 'topics', PolicyDocument: document }));
  expect((await sns.send(new CreateTopicCommand({ Name: 'bob-1' }))).TopicArn).toMatch(/:bob-1$/);
  expect(await refusal(sns.send(new CreateTopicCommand({ Name: 'ann-1' })))).toMatchObject({ status: 403 });
});

it('a user may be let do what is about itself', async () => {
  const credentials = await user('gil');
  const iam = open.aws.client(IAMClient, { credentials });
  expect((await refusal(iam.send(new ListAccessKeysCommand({})))).message).toBe(
    'User: arn:aws:iam::123456789012:user/gil is not authorized to perform: iam:ListAccessKeys on resource: user gil because no identity-based policy allows the iam:ListAccessKeys action',
  );
  const PolicyDocument = policy(allow(['iam:ListAccessKeys', 'iam:GetUser'], 'arn:aws:iam::*:user/${aws:username}'));
  await open.iam.send(new PutUserPolicyCommand({ UserName: 'gil', PolicyName: 'own', PolicyDocument }));
  expect((await iam.send(new ListAccessKeysCommand({}))).AccessKeyMetadata).toHaveLength(1);
  expect((await iam.send(new GetUserCommand({ UserName: 'gil' }))).User?.UserName).toBe('gil');
  expect(await refusal(iam.send(new GetUserCommand({ UserName: 'ann' })))).toMatchObject({
    message: expect.stringContaining('iam:GetUser on resource: user ann because'),
  });
});

it('a session of a user is held to the same policies', async () => {
  const credentials = await user('cleo');
  const { Credentials } = await open.aws.client(STSClient, { credentials }).send(new GetSessionTokenCommand({}));
  const session = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const s3 = open.aws.client(S3Client, { credentials: session });
  expect(await refusal(s3.send(new ListBucketsCommand({})))).toMatchObject({ code: 'AccessDenied' });
});

it('keys are two at most, can be switched off, and go before their user', async () => {
  const credentials = await user('dan');
  const UserName = 'dan';
  const { AccessKey } = await open.iam.send(new CreateAccessKeyCommand({ UserName }));
  expect(await refusal(open.iam.send(new CreateAccessKeyCommand({ UserName })))).toEqual(
    overLimit('Cannot exceed quota for AccessKeysPerUser: 2'),
  );
  const listed = await open.iam.send(new ListAccessKeysCommand({ UserName }));
  expect(listed.AccessKeyMetadata?.map(({ Status }) => Status)).toEqual(['Active', 'Active']);
  const AccessKeyId = credentials.accessKeyId;
  await open.iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }));
  const sts = open.aws.client(STSClient, { credentials });
  expect(await refusal(sts.send(new GetCallerIdentityCommand({})))).toMatchObject({ code: 'InvalidClientTokenId' });
  expect(await refusal(open.iam.send(new DeleteUserCommand({ UserName })))).toEqual(
    conflict('Cannot delete entity, must delete access keys first.'),
  );
  for (const id of [AccessKeyId, AccessKey?.AccessKeyId]) {
    await open.iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: id }));
  }
  expect(await refusal(open.iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })))).toEqual(
    noSuchEntity(`The Access Key with id ${AccessKeyId} cannot be found.`),
  );
  await open.iam.send(new DeleteUserCommand({ UserName }));
});

it('managed policies are attached to users', async () => {
  const credentials = await user('eve');
  const [UserName, PolicyArn] = ['eve', readOnly];
  await open.iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
  const { AttachedPolicies } = await open.iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
  expect(AttachedPolicies).toEqual([{ PolicyName: 'ReadOnlyAccess', PolicyArn }]);
  const { PolicyUsers } = await open.iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
  expect(PolicyUsers?.map((one) => one.UserName)).toEqual(['eve']);
  const iam = open.aws.client(IAMClient, { credentials });
  expect((await iam.send(new GetUserCommand({}))).User?.UserName).toBe('eve');
  expect(await refusal(iam.send(new CreateUserCommand({ UserName: 'x' })))).toMatchObject({ code: 'AccessDenied' });
  expect(await refusal(open.iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'x' })))).toEqual(
    noSuchEntity('The user policy with name x cannot be found.'),
  );
  await open.iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
  expect(await refusal(open.iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn })))).toEqual(
    noSuchEntity(`Policy ${PolicyArn} was not found.`),
  );
});

it('keys outlive the sandbox’s process', async () => {
  const credentials = await user('fay');
  const again = await startTestSandbox({ saved: structuredClone(open.aws.sandbox.save()) });
  const { Arn } = await again.client(STSClient, { credentials }).send(new GetCallerIdentityCommand({}));
  expect(Arn).toBe('arn:aws:iam::123456789012:user/fay');
  await again.stop();
});
