import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

const nameRule = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length';
const fifoRule =
  'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, ' +
  'must end with .fifo suffix and be 1 to 80 in length.';

test('the URL is of this sandbox, with account and name', async () => {
  const { url } = await aws.create({}, 'Orders_1-a');
  expect(url).toBe(`${aws.sandbox.endpoint}/123456789012/Orders_1-a`);
});

test.each(['', 'a b', 'a.b', 'a/b', 'é', 'x'.repeat(81), 'standard.fifo'])('the name %j is refused', async (name) => {
  expect(await refusalOf(aws.create({}, name))).toEqual({
    code: 'InvalidParameterValue',
    message: nameRule,
    status: 400,
  });
});

test.each(['fifo', 'x.fifo.', `${'x'.repeat(76)}.fifo`, '.fifo'])('the FIFO name %j is refused', async (name) => {
  expect(await refusalOf(aws.create({ FifoQueue: 'true' }, name))).toMatchObject({ message: fifoRule });
});

test('names of 80 characters are taken, the suffix counting', async () => {
  await aws.create({}, 'x'.repeat(80));
  await aws.create({ FifoQueue: 'true' }, `${'x'.repeat(75)}.fifo`);
});

test('creating it again with the same attributes, fewer or none gives the same queue', async () => {
  const attributes = { DelaySeconds: '1', VisibilityTimeout: '20' };
  const { url } = await aws.create(attributes, 'again');
  expect((await aws.create(attributes, 'again')).url).toBe(url);
  expect((await aws.create({ DelaySeconds: '1' }, 'again')).url).toBe(url);
  expect((await aws.create({}, 'again')).url).toBe(url);
});

test('another value is refused by the attribute’s name, against what is set now', async () => {
  const { url } = await aws.create({ DelaySeconds: '1' }, 'other');
  const differs = {
    code: 'QueueNameExists',
    message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
    status: 400,
  };
  expect(await refusalOf(aws.create({ DelaySeconds: '2' }, 'other'))).toEqual(differs);
  await aws.sqs.setQueueAttributes({ QueueUrl: url, Attributes: { DelaySeconds: '2' } });
  await aws.create({ DelaySeconds: '2' }, 'other');
  expect(await refusalOf(aws.create({ DelaySeconds: '1' }, 'other'))).toEqual(differs);
});

test('a default that was never set counts as a value', async () => {
  await aws.create({}, 'defaults');
  await aws.create({ VisibilityTimeout: '30' }, 'defaults');
  expect(await refusalOf(aws.create({ VisibilityTimeout: '31' }, 'defaults'))).toMatchObject({
    code: 'QueueNameExists',
  });
});

test('a standard queue has no FIFO attributes', async () => {
  const refusal = async (name: string, value: string): Promise<unknown> =>
    refusalOf(aws.create({ [name]: value }, 'std'));
  const code = 'InvalidAttributeName';
  expect(await refusal('FifoQueue', 'false')).toMatchObject({ code, message: 'Unknown Attribute FifoQueue.' });
  expect(await refusal('ContentBasedDeduplication', 'false')).toMatchObject({
    code,
    message: 'Unknown Attribute ContentBasedDeduplication.',
  });
  expect(await refusal('DeduplicationScope', 'queue')).toMatchObject({
    code,
    message: 'You can specify the DeduplicationScope only when FifoQueue is set to true.',
  });
  expect(await refusal('FifoThroughputLimit', 'perQueue')).toMatchObject({
    code,
    message: 'You can specify the FifoThroughputLimit only when FifoQueue is set to true.',
  });
});

test('a deleted queue is gone at once, and its name is free after a minute on the sandbox’s clock', async () => {
  const queue = await aws.create({}, 'reborn');
  await queue.send('lost');
  await aws.sqs.deleteQueue({ QueueUrl: queue.url });
  expect(await refusalOf(queue.send('x'))).toEqual({
    code: 'QueueDoesNotExist',
    message: 'The specified queue does not exist.',
    status: 400,
  });
  expect(await refusalOf(aws.create({}, 'reborn'))).toEqual({
    code: 'QueueDeletedRecently',
    message: 'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    status: 400,
  });
  await aws.sandbox.advance('60s');
  expect(await (await aws.create({}, 'reborn')).bodies()).toEqual([]);
});

test('tags given at creation are the queue’s', async () => {
  const tags = { team: 'a', empty: '' };
  const { QueueUrl } = await aws.sqs.createQueue({ QueueName: 'tagged', tags });
  expect((await aws.sqs.listQueueTags({ QueueUrl })).Tags).toEqual(tags);
});
