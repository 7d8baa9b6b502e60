import {
  AttachRolePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
} from '@aws-sdk/client-iam';
import {
  GetBucketLocationCommand,
  PutObjectCommand,
  CreateBucketCommand,
  GetObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allow, openIam, policy, refusal, type OpenIam } from './openIam.ts';

let open: OpenIam;
let QueueUrl: string;
const queue = 'arn:aws:sqs:us-east-1:123456789012:q';
beforeAll(async () => {
  open = await openIam();
  QueueUrl = (await open.aws.client(SQSClient).send(new CreateQueueCommand({ QueueName: 'q' }))).QueueUrl ?? '';
});
afterAll(() => open.aws.stop());

const send = (client: SQSClient) => client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
const refused = (role: string, action: string, resource: string, why = '') => ({
  code: 'AccessDenied',
  message:
    `User: arn:aws:sts::123456789012:assumed-role/${role}/me is not authorized to perform: ${action} on resource: ${resource} ` +
    (why || `because no identity-based policy allows the ${action} action`),
  status: 403,
});

describe("a role's credentials do what its policies allow", () => {
  it('in SQS', async () => {
    const sqs = await open.as(await open.role('sender', [allow('sqs:SendMessage', queue)]), SQSClient);
    await send(sqs);
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', MessageBody: 'x' }] }));
    expect(await refusal(sqs.send(new ReceiveMessageCommand({ QueueUrl })))).toMatchObject(
      refused('sender', 'sqs:receivemessage', queue),
    );
    expect(await refusal(sqs.send(new CreateQueueCommand({ QueueName: 'other' })))).toMatchObject(
      refused('sender', 'sqs:createqueue', 'arn:aws:sqs:us-east-1:123456789012:other'),
    );
  });

  it('in SNS', async () => {
    const { TopicArn = '' } = await open.aws.client(SNSClient).send(new CreateTopicCommand({ Name: 't' }));
    const may = await open.as(await open.role('publisher', [allow('sns:Publish', TopicArn)]), SNSClient);
    await may.send(new PublishCommand({ TopicArn, Message: 'x' }));
    const mayNot = await open.as(await open.role('mute'), SNSClient);
    expect(await refusal(mayNot.send(new PublishCommand({ TopicArn, Message: 'x' })))).toEqual({
      ...refused('mute', 'SNS:Publish', TopicArn),
      code: 'AuthorizationError',
    });
  });

  it('in S3', async () => {
    const Bucket = 'permissions-of-roles';
    const own = open.aws.client(S3Client);
    await own.send(new CreateBucketCommand({ Bucket }));
    await own.send(new PutObjectCommand({ Bucket, Key: 'in/a', Body: 'x' }));
    const role = await open.role('reader', [allow('s3:GetObject', `arn:aws:s3:::${Bucket}/in/*`)]);
    const s3 = await open.as(role, S3Client);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'in/a' }));
    expect(await got.Body?.transformToString()).toBe('x');
    expect(await refusal(s3.send(new GetObjectCommand({ Bucket, Key: 'out/a' })))).toEqual(
      refused('reader', 's3:GetObject', `"arn:aws:s3:::${Bucket}/out/a"`),
    );
    expect((await refusal(s3.send(new PutObjectCommand({ Bucket, Key: 'in/b', Body: 'x' })))).code).toBe(
      'AccessDenied',
    );
    expect((await refusal(s3.send(new GetBucketLocationCommand({ Bucket })))).code).toBe('AccessDenied');
  });

  it('in IAM itself', async () => {
    const iam = await open.as(await open.role('looker', [allow('iam:GetRole')]), IAMClient);
    await iam.send(new GetRoleCommand({ RoleName: 'looker' }));
    expect(await refusal(iam.send(new DeleteRoleCommand({ RoleName: 'looker' })))).toEqual(
      refused('looker', 'iam:DeleteRole', 'role looker'),
    );
  });
});

it('attached policies count as well, and changes count at once', async () => {
  const sqs = await open.as(await open.role('changing'), SQSClient);
  expect((await refusal(send(sqs))).code).toMatch(/AccessDenied/);
  const PolicyArn = 'arn:aws:iam::aws:policy/AmazonSQSFullAccess';
  await open.iam.send(new AttachRolePolicyCommand({ RoleName: 'changing', PolicyArn }));
  await send(sqs);
});

it('a deny wins', async () => {
  const statements = [allow('sqs:*'), { Effect: 'Deny', Action: 'sqs:SendMessage', Resource: '*' }];
  const sqs = await open.as(await open.role('denied', statements), SQSClient);
  expect(await refusal(send(sqs))).toMatchObject(
    refused('denied', 'sqs:sendmessage', queue, 'with an explicit deny in an identity-based policy'),
  );
});

it('boundaries and session policies limit what is allowed', async () => {
  const role = await open.role('bound', [allow('sqs:*')]);
  const narrow = await open.as(role, SQSClient, { Policy: policy(allow('sqs:ReceiveMessage')) });
  await narrow.send(new ReceiveMessageCommand({ QueueUrl }));
  expect((await refusal(send(narrow))).message).toMatch(/no session policy allows the sqs:sendmessage action$/);
  const PermissionsBoundary = 'arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess';
  await open.iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'bound', PermissionsBoundary }));
  const sqs = await open.as(role, SQSClient);
  expect((await refusal(send(sqs))).message).toMatch(/no permissions boundary allows the sqs:sendmessage action$/);
});

it("a queue's own policy lets a role in by name, not the account as a whole", async () => {
  const role = await open.role('guest');
  const sqs = await open.as(role, SQSClient);
  const letIn = async (AWS: string) => {
    const Policy = policy({ Effect: 'Allow', Principal: { AWS }, Action: 'sqs:SendMessage', Resource: queue });
    await open.aws.client(SQSClient).send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  };
  await letIn('123456789012');
  expect((await refusal(send(sqs))).code).toMatch(/AccessDenied/);
  await letIn(role);
  await send(sqs);
});

it('a role that is gone leaves its sessions nothing', async () => {
  const sqs = await open.as(await open.role('gone', [allow('sqs:*')]), SQSClient);
  await send(sqs);
  await open.iam.send(new DeleteRolePolicyCommand({ RoleName: 'gone', PolicyName: 'own' }));
  await open.iam.send(new DeleteRoleCommand({ RoleName: 'gone' }));
  await open.role('gone', [allow('sqs:*')]);
  expect((await refusal(send(sqs))).code).toMatch(/AccessDenied/);
});
