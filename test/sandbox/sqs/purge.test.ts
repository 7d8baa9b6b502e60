import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

test('everything goes: visible, in flight, delayed; what comes after stays', async () => {
  const queue = await aws.create();
  for (const body of ['a', 'b']) await queue.send(body);
  await queue.send('c', { DelaySeconds: 5 });
  await queue.receive({ MaxNumberOfMessages: 1 });
  expect(await queue.counts()).toEqual([1, 1, 1]);
  await aws.sqs.purgeQueue({ QueueUrl: queue.url });
  expect(await queue.counts()).toEqual([0, 0, 0]);
  await queue.send('d');
  await aws.sandbox.advance('40s');
  expect(await queue.bodies()).toEqual(['d']);
});

test('once a minute', async () => {
  const queue = await aws.create();
  await aws.sqs.purgeQueue({ QueueUrl: queue.url });
  await aws.sandbox.advance('58s');
  expect(await refusalOf(aws.sqs.purgeQueue({ QueueUrl: queue.url }))).toEqual({
    code: 'PurgeQueueInProgress',
    message: `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
    status: 403,
  });
  await aws.sandbox.advance('2s');
  await aws.sqs.purgeQueue({ QueueUrl: queue.url });
});

test('a FIFO queue’s groups are free afterwards', async () => {
  const queue = await aws.createFifo();
  await queue.send('a', { MessageGroupId: 'g' });
  await queue.receive();
  await aws.sqs.purgeQueue({ QueueUrl: queue.url });
  await queue.send('b', { MessageGroupId: 'g' });
  expect(await queue.bodies()).toEqual(['b']);
});
