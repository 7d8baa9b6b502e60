import type { QueueAttributeName } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { Attributes, TestQueue, TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

const set = async (queue: TestQueue, Attributes: Attributes): Promise<void> =>
  void (await aws.sqs.setQueueAttributes({ QueueUrl: queue.url, Attributes }));

const standard = {
  ApproximateNumberOfMessages: '0',
  ApproximateNumberOfMessagesDelayed: '0',
  ApproximateNumberOfMessagesNotVisible: '0',
  CreatedTimestamp: expect.stringMatching(/^\d{10}$/),
  DelaySeconds: '0',
  LastModifiedTimestamp: expect.stringMatching(/^\d{10}$/),
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

test('All of a new standard queue', async () => {
  const queue = await aws.create();
  expect(await queue.attributes('All')).toEqual({ ...standard, QueueArn: queue.arn });
});

test('All of a new FIFO queue', async () => {
  const queue = await aws.create({ FifoQueue: 'True', ContentBasedDeduplication: 'True' }, 'all.fifo');
  expect(await queue.attributes('All')).toEqual({
    ...standard,
    QueueArn: queue.arn,
    FifoQueue: 'true',
    ContentBasedDeduplication: 'true',
    DeduplicationScope: 'queue',
    FifoThroughputLimit: 'perQueue',
  });
});

test('only what is asked for is given, and nothing where nothing is', async () => {
  const queue = await aws.create();
  expect(await queue.attributes('VisibilityTimeout', 'Policy')).toEqual({ VisibilityTimeout: '30' });
  expect(await aws.sqs.getQueueAttributes({ QueueUrl: queue.url })).not.toHaveProperty('Attributes');
});

test('setting changes the value and the time of the last change, not that of creation', async () => {
  const queue = await aws.create();
  const before = await queue.attributes('All');
  await aws.sandbox.advance('5s');
  await set(queue, { MaximumMessageSize: '2048', VisibilityTimeout: '69', DelaySeconds: '420' });
  const after = await queue.attributes('All');
  expect(after).toMatchObject({ MaximumMessageSize: '2048', VisibilityTimeout: '69', DelaySeconds: '420' });
  expect(after.CreatedTimestamp).toBe(before.CreatedTimestamp);
  expect(Number(after.LastModifiedTimestamp)).toBeGreaterThanOrEqual(Number(before.LastModifiedTimestamp) + 5);
});

const ranges: readonly (readonly [QueueAttributeName, number, number])[] = [
  ['DelaySeconds', 0, 900],
  ['MaximumMessageSize', 1024, 1_048_576],
  ['MessageRetentionPeriod', 60, 1_209_600],
  ['ReceiveMessageWaitTimeSeconds', 0, 20],
  ['VisibilityTimeout', 0, 43_200],
  ['KmsDataKeyReusePeriodSeconds', 60, 86_400],
];

test.each(ranges)('%s from %i to %i', async (name, min, max) => {
  const queue = await aws.create();
  await set(queue, { [name]: String(min) });
  await set(queue, { [name]: String(max) });
  for (const value of [String(min - 1), String(max + 1), '', 'x', '60.5', ' 60']) {
    expect(await refusalOf(set(queue, { [name]: value })), value).toEqual({
      code: 'InvalidAttributeValue',
      message: `Invalid value for the parameter ${name}.`,
      status: 400,
    });
  }
});

test.each(['SqsManagedSseEnabled', 'ContentBasedDeduplication', 'DeduplicationScope'] as const)(
  '%s takes no other word',
  async (name) => {
    const queue = await aws.createFifo();
    expect(await refusalOf(set(queue, { [name]: 'maybe' }))).toMatchObject({ code: 'InvalidAttributeValue' });
  },
);

test('attributes that nobody knows, or that nobody sets, are refused, and nothing is set', async () => {
  const queue = await aws.create();
  for (const name of ['Colour', 'QueueArn', 'ApproximateNumberOfMessages', 'All', 'constructor']) {
    const attempt = set(queue, { DelaySeconds: '9', [name]: 'x' });
    expect(await refusalOf(attempt)).toMatchObject({
      code: 'InvalidAttributeName',
      message: `Unknown Attribute ${name}.`,
    });
  }
  expect(await queue.attributes('DelaySeconds')).toEqual({ DelaySeconds: '0' });
  const colour = 'Colour' as QueueAttributeName; // what a careless client sends
  expect(await refusalOf(queue.attributes(colour))).toMatchObject({ message: 'Unknown Attribute Colour.' });
});

test('a queue stays what it is', async () => {
  const [queue, fifo] = [await aws.create(), await aws.createFifo()];
  expect(await refusalOf(set(queue, { FifoQueue: 'true' }))).toMatchObject({ message: 'Unknown Attribute FifoQueue.' });
  await set(fifo, { FifoQueue: 'true' });
  expect(await refusalOf(set(fifo, { FifoQueue: 'false' }))).toMatchObject({
    code: 'InvalidAttributeValue',
    message: 'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
  });
});

test('throughput by group needs deduplication by group', async () => {
  const queue = await aws.createFifo();
  expect(await refusalOf(set(queue, { FifoThroughputLimit: 'perMessageGroupId' }))).toMatchObject({
    code: 'InvalidAttributeValue',
  });
  await set(queue, { FifoThroughputLimit: 'perMessageGroupId', DeduplicationScope: 'messageGroup' });
});

test('encryption by key and by SQS exclude each other', async () => {
  const queue = await aws.create();
  const names = ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'] as const;
  await set(queue, { KmsMasterKeyId: 'alias/mine' });
  expect(await queue.attributes(...names)).toEqual({
    KmsMasterKeyId: 'alias/mine',
    KmsDataKeyReusePeriodSeconds: '300',
    SqsManagedSseEnabled: 'false',
  });
  await set(queue, { KmsMasterKeyId: '', KmsDataKeyReusePeriodSeconds: '300' });
  expect(await queue.attributes(...names)).toEqual({ SqsManagedSseEnabled: 'false' });
  expect(await refusalOf(set(queue, { KmsMasterKeyId: 'k', SqsManagedSseEnabled: 'true' }))).toMatchObject({
    code: 'InvalidAttributeName',
    message:
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
  });
});

const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
};

test('a policy is kept, and taken away by an empty one', async () => {
  const queue = await aws.create();
  await set(queue, { Policy: JSON.stringify(policy, null, 2) });
  expect(JSON.parse((await queue.attributes('Policy')).Policy ?? '')).toEqual(policy);
  await set(queue, { Policy: '' });
  expect(await queue.attributes('All')).not.toHaveProperty('Policy');
});

test.each(['{', '[]', '{"Statement":[]}', JSON.stringify({ ...policy, Version: '2013' })])(
  'the policy %s is refused',
  async (Policy) => {
    expect(await refusalOf(aws.create({ Policy }))).toEqual({
      code: 'InvalidAttributeValue',
      message: 'Invalid value for the parameter Policy.',
      status: 400,
    });
  },
);

test('a policy has at most 20 statements', async () => {
  const Statement = Array.from({ length: 21 }, (_, index) => ({ ...policy.Statement[0], Sid: `s${index}` }));
  expect(await refusalOf(aws.create({ Policy: JSON.stringify({ ...policy, Statement }) }))).toMatchObject({
    code: 'OverLimit',
    status: 403,
  });
});
