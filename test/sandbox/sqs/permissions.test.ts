import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestQueue, TestSqs } from './openSqs.ts';

let aws: TestSqs;
let theirs: SQS;
beforeAll(async () => {
  aws = await openSqs();
  theirs = aws.sandbox.client(SQS, { credentials: { accessKeyId: '210987654321', secretAccessKey: 'x' } });
});
afterAll(() => aws.sandbox.stop());

const add = (queue: TestQueue, Label: string, Actions: string[], AWSAccountIds = ['210987654321']) =>
  aws.sqs.addPermission({ QueueUrl: queue.url, Label, Actions, AWSAccountIds });
const remove = (queue: TestQueue, Label: string) => aws.sqs.removePermission({ QueueUrl: queue.url, Label });
const policyOf = async (queue: TestQueue): Promise<unknown> => {
  const { Policy } = await queue.attributes('Policy');
  return Policy === undefined ? undefined : JSON.parse(Policy);
};

test('permissions make the policy that AWS makes, and unmake it', async () => {
  const queue = await aws.create();
  await add(queue, 'first', ['ReceiveMessage'], ['210987654321', '123456789012']);
  const first = {
    Sid: 'first',
    Effect: 'Allow',
    Principal: { AWS: ['arn:aws:iam::210987654321:root', 'arn:aws:iam::123456789012:root'] },
    Action: 'SQS:ReceiveMessage',
    Resource: queue.arn,
  };
  const document = { Version: '2008-10-17', Id: `${queue.arn}/SQSDefaultPolicy` };
  expect(await policyOf(queue)).toEqual({ ...document, Statement: [first] });
  await add(queue, 'second', ['SendMessage', 'GetQueueUrl']);
  const second = {
    Sid: 'second',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::210987654321:root' },
    Action: ['SQS:SendMessage', 'SQS:GetQueueUrl'],
    Resource: queue.arn,
  };
  expect(await policyOf(queue)).toEqual({ ...document, Statement: [first, second] });
  await remove(queue, 'first');
  expect(await policyOf(queue)).toEqual({ ...document, Statement: [second] });
  await remove(queue, 'second');
  expect(await queue.attributes('All')).not.toHaveProperty('Policy');
});

test('what cannot be permitted', async () => {
  const queue = await aws.create();
  await add(queue, 'taken', ['*']);
  const invalid = 'InvalidParameterValue';
  expect(await refusalOf(add(queue, 'taken', ['SendMessage']))).toMatchObject({
    code: invalid,
    message: 'Value taken for parameter Label is invalid. Reason: Already exists.',
  });
  expect(await refusalOf(remove(queue, 'none'))).toMatchObject({
    code: invalid,
    message: "Value none for parameter Label is invalid. Reason: can't find label.",
  });
  expect(await refusalOf(add(queue, 'a b', ['SendMessage']))).toMatchObject({ code: invalid });
  expect(await refusalOf(add(queue, 'l', []))).toMatchObject({ code: 'MissingParameter' });
  expect(await refusalOf(add(queue, 'l', ['SendMessage'], []))).toMatchObject({
    message: 'Value [] for parameter PrincipalId is invalid. Reason: Unable to verify.',
  });
  expect(await refusalOf(add(queue, 'l', ['RemovePermission']))).toMatchObject({
    message:
      'Value SQS:RemovePermission for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.',
  });
  expect(await refusalOf(add(queue, 'l', ['Fly']))).toMatchObject({
    message: expect.stringContaining('Value SQS:Fly for parameter ActionName is invalid. Reason: Please refer'),
  });
  expect(
    await refusalOf(
      add(
        queue,
        'l',
        Array.from({ length: 8 }, () => 'SendMessage'),
      ),
    ),
  ).toMatchObject({
    code: 'OverLimit',
    message: '8 Actions were found, maximum allowed is 7.',
    status: 403,
  });
});

const arn = 'arn:aws:iam::210987654321:user/learner';

test('another account may do what the policy lets it, and nothing else', async () => {
  const queue = await aws.create();
  const send = () => theirs.sendMessage({ QueueUrl: queue.url, MessageBody: 'from elsewhere' });
  expect(await refusalOf(send())).toEqual({
    code: 'AccessDenied',
    message: `User: ${arn} is not authorized to perform: sqs:sendmessage on resource: ${queue.arn} because no resource-based policy allows the sqs:sendmessage action`,
    status: 403,
  });
  await add(queue, 'in', ['SendMessage', 'GetQueueUrl']);
  await send();
  const Entries = [{ Id: '1', MessageBody: 'batch' }];
  await theirs.sendMessageBatch({ QueueUrl: queue.url, Entries });
  const owner = { QueueName: queue.name, QueueOwnerAWSAccountId: '123456789012' };
  expect((await theirs.getQueueUrl(owner)).QueueUrl).toBe(queue.url);
  expect(await refusalOf(theirs.receiveMessage({ QueueUrl: queue.url }))).toMatchObject({ code: 'AccessDenied' });
  const [message] = await queue.receive({ AttributeNames: ['SenderId'] });
  expect(message?.Attributes?.SenderId).toMatch(/^AIDA210987654321/);
  expect(await queue.counts()).toEqual([0, 2, 0]);
});

test('a denial wins, and some acts are the owner’s alone', async () => {
  const statement = (Effect: string, Action: string) => ({
    Effect,
    Principal: { AWS: '*' },
    Action,
    Resource: '*',
  });
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [statement('Allow', 'sqs:*'), statement('Deny', 'sqs:PurgeQueue')],
  });
  const { url } = await aws.create({ Policy });
  await theirs.receiveMessage({ QueueUrl: url });
  expect(await refusalOf(theirs.purgeQueue({ QueueUrl: url }))).toMatchObject({
    code: 'AccessDenied',
    message: expect.stringContaining('with an explicit deny in a resource-based policy'),
  });
  for (const attempt of [
    theirs.deleteQueue({ QueueUrl: url }),
    theirs.setQueueAttributes({ QueueUrl: url, Attributes: { DelaySeconds: '1' } }),
    theirs.tagQueue({ QueueUrl: url, Tags: { a: 'b' } }),
    theirs.listQueueTags({ QueueUrl: url }),
  ]) {
    expect(await refusalOf(attempt)).toMatchObject({ code: 'AccessDenied', status: 403 });
  }
});
