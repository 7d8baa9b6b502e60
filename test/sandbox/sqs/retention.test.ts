import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs } from './openSqs.ts';
import type { TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

test('messages end with their retention: visible, in flight or delayed', async () => {
  const queue = await aws.create({ MessageRetentionPeriod: '60', VisibilityTimeout: '600' });
  await queue.send('visible');
  await queue.send('in flight');
  await queue.send('delayed', { DelaySeconds: 900 });
  const [, received] = await queue.receive({ MaxNumberOfMessages: 2 });
  await aws.sqs.changeMessageVisibility({
    QueueUrl: queue.url,
    ReceiptHandle: received?.ReceiptHandle,
    VisibilityTimeout: 0,
  });
  await aws.sandbox.advance('50s');
  await queue.send('later');
  expect(await queue.counts()).toEqual([2, 1, 1]);
  await aws.sandbox.advance('10s');
  expect(await queue.counts()).toEqual([1, 0, 0]);
  await queue.delete(received);
  expect(await queue.bodies()).toEqual(['later']);
});

test('a shorter retention holds for what is there', async () => {
  const queue = await aws.create();
  await queue.send('x');
  await aws.sandbox.advance('90s');
  await aws.sqs.setQueueAttributes({ QueueUrl: queue.url, Attributes: { MessageRetentionPeriod: '60' } });
  expect(await queue.counts()).toEqual([0, 0, 0]);
});

test('four days unless said otherwise', async () => {
  const queue = await aws.create();
  await queue.send('x');
  await aws.sandbox.advance('95h');
  expect(await queue.counts()).toEqual([1, 0, 0]);
  await aws.sandbox.advance('1h');
  expect(await queue.counts()).toEqual([0, 0, 0]);
});

test('an expired head lets its group go on', async () => {
  const queue = await aws.createFifo({ MessageRetentionPeriod: '60', VisibilityTimeout: '600' });
  await queue.send('m1', { MessageGroupId: 'g' });
  await queue.receive();
  await aws.sandbox.advance('30s');
  await queue.send('m2', { MessageGroupId: 'g' });
  expect(await queue.bodies()).toEqual([]);
  await aws.sandbox.advance('30s');
  expect(await queue.bodies()).toEqual(['m2']);
});
