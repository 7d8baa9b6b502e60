import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

test('a queue’s delay holds where a message says nothing else', async () => {
  const queue = await aws.create({ DelaySeconds: '10' });
  await queue.send('queue');
  await queue.send('now', { DelaySeconds: 0 });
  await queue.send('late', { DelaySeconds: 900 });
  expect(await queue.counts()).toEqual([1, 0, 2]);
  expect(await queue.bodies()).toEqual(['now']);
  await aws.sandbox.advance('9s');
  expect(await queue.bodies()).toEqual([]);
  await aws.sandbox.advance('1s');
  expect(await queue.bodies()).toEqual(['queue']);
  await aws.sandbox.advance('15m');
  expect(await queue.bodies({ AttributeNames: ['All'] })).toContain('late');
});

test('changing a standard queue’s delay leaves the messages that it has', async () => {
  const queue = await aws.create({ DelaySeconds: '10' });
  await queue.send('before');
  await aws.sqs.setQueueAttributes({ QueueUrl: queue.url, Attributes: { DelaySeconds: '0' } });
  expect(await queue.counts()).toEqual([0, 0, 1]);
});

test('changing a FIFO queue’s delay changes that of the messages that it has', async () => {
  const queue = await aws.createFifo({ DelaySeconds: '60' });
  await queue.send('m1', { MessageGroupId: 'g' });
  await queue.send('m2', { MessageGroupId: 'g' });
  expect(await queue.counts()).toEqual([0, 0, 2]);
  await aws.sqs.setQueueAttributes({ QueueUrl: queue.url, Attributes: { DelaySeconds: '5' } });
  await aws.sandbox.advance('5s');
  expect(await queue.bodies()).toEqual(['m1', 'm2']);
});

test('a FIFO message has no delay of its own; none means the queue’s', async () => {
  const queue = await aws.createFifo({ DelaySeconds: '2' });
  expect(await refusalOf(queue.send('x', { MessageGroupId: 'g', DelaySeconds: 2 }))).toEqual({
    code: 'InvalidParameterValue',
    message:
      'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    status: 400,
  });
  await queue.send('x', { MessageGroupId: 'g', DelaySeconds: 0 });
  expect(await queue.bodies()).toEqual([]);
  await aws.sandbox.advance('2s');
  expect(await queue.bodies()).toEqual(['x']);
});

test.each([-1, 901])('a delay of %i s is refused', async (DelaySeconds) => {
  const queue = await aws.create();
  expect(await refusalOf(queue.send('x', { DelaySeconds }))).toMatchObject({
    message: `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
  });
});

test('delayed messages come in the order of sending, not of their coming due', async () => {
  const queue = await aws.create();
  for (const [body, DelaySeconds] of [['a', 3] as const, ['b', 1] as const, ['c', 2] as const]) {
    await queue.send(body, { DelaySeconds });
  }
  await aws.sandbox.advance('1s');
  expect(await queue.bodies({ VisibilityTimeout: 0 })).toEqual(['b']);
  await aws.sandbox.advance('2s');
  expect(await queue.bodies()).toEqual(['a', 'b', 'c']);
});
