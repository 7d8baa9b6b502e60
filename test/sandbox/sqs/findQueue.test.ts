import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

test.each([
  (name: string) => `http://localhost:9999/123456789012/${name}`,
  (name: string) => `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`,
  (name: string) => `https://queue.amazonaws.com/123456789012/${name}`,
  (name: string) => `https://us-east-1.queue.amazonaws.com/123456789012/${name}`,
  (name: string) => name,
])('a queue is found by any form of its URL, and by its name (%#)', async (form) => {
  const queue = await aws.create();
  await queue.send('x');
  expect((await aws.sqs.receiveMessage({ QueueUrl: form(queue.name) })).Messages).toHaveLength(1);
});

test.each([
  'https://sqs.eu-west-1.amazonaws.com/123456789012/q',
  'http://127.0.0.1/q',
  'http://127.0.0.1/12345/q',
  'http://127.0.0.1/123456789012/',
])('%s is no address here', async (url) => {
  expect(await refusalOf(aws.sqs.receiveMessage({ QueueUrl: url }))).toEqual({
    code: 'InvalidAddress',
    message: `The address ${url} is not valid for this endpoint.`,
    status: 404,
  });
});

test('GetQueueUrl', async () => {
  const { name, url } = await aws.create();
  expect((await aws.sqs.getQueueUrl({ QueueName: name })).QueueUrl).toBe(url);
  expect(await refusalOf(aws.sqs.getQueueUrl({ QueueName: `${name}-not` }))).toMatchObject({
    code: 'QueueDoesNotExist',
  });
  expect(await refusalOf(aws.sqs.getQueueUrl({ QueueName: '' }))).toMatchObject({ code: 'InvalidParameterValue' });
});

test('regions and accounts have queues of their own', async () => {
  const mine = await aws.create({}, 'everywhere');
  const elsewhere = [
    aws.sandbox.client(SQS, { region: 'eu-central-1' }),
    aws.sandbox.client(SQS, { credentials: { accessKeyId: '210987654321', secretAccessKey: 'x' } }),
  ];
  for (const other of elsewhere) {
    expect((await other.listQueues()).QueueUrls).toBeUndefined();
    const { QueueUrl = '' } = await other.createQueue({ QueueName: 'everywhere' });
    await other.sendMessage({ QueueUrl, MessageBody: 'theirs' });
  }
  expect(await mine.bodies()).toEqual([]);
  const arns = await Promise.all(
    elsewhere.map(async (other) => {
      const { QueueUrl } = await other.getQueueUrl({ QueueName: 'everywhere' });
      return (await other.getQueueAttributes({ QueueUrl, AttributeNames: ['QueueArn'] })).Attributes?.QueueArn;
    }),
  );
  expect(arns).toEqual([
    'arn:aws:sqs:eu-central-1:123456789012:everywhere',
    'arn:aws:sqs:us-east-1:210987654321:everywhere',
  ]);
});

test('ListQueues by prefix, a page at a time', async () => {
  const urls = [];
  for (const letter of ['c', 'a', 'b']) urls.push((await aws.create({}, `list-${letter}`)).url);
  urls.sort();
  const QueueNamePrefix = 'list-';
  expect(await aws.sqs.listQueues({ QueueNamePrefix })).toMatchObject({ QueueUrls: urls });
  const first = await aws.sqs.listQueues({ QueueNamePrefix, MaxResults: 2 });
  expect(first.QueueUrls).toEqual(urls.slice(0, 2));
  const second = await aws.sqs.listQueues({ QueueNamePrefix, MaxResults: 2, NextToken: first.NextToken });
  expect(second.QueueUrls).toEqual(urls.slice(2));
  expect(second.NextToken).toBeUndefined();
  expect((await aws.sqs.listQueues({ QueueNamePrefix, MaxResults: 3 })).NextToken).toBeUndefined();
  expect((await aws.sqs.listQueues({ QueueNamePrefix: 'none' })).QueueUrls).toBeUndefined();
});

test.each([0, 1001])('MaxResults %i is refused', async (MaxResults) => {
  expect(await refusalOf(aws.sqs.listQueues({ MaxResults }))).toMatchObject({
    code: 'InvalidParameterValue',
    message: 'Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and 1000.',
  });
});

test('a token that is none is refused', async () => {
  expect(await refusalOf(aws.sqs.listQueues({ NextToken: 'no' }))).toMatchObject({ code: 'InvalidParameterValue' });
});
