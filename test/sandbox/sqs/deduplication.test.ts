import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestQueue, TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

const send = (queue: TestQueue, MessageBody: string, MessageGroupId: string, MessageDeduplicationId?: string) =>
  aws.sqs.sendMessage({ QueueUrl: queue.url, MessageBody, MessageGroupId, MessageDeduplicationId });

const scoped = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };

test('the same id arrives once in five minutes, with the first one’s answer', async () => {
  const queue = await aws.createFifo();
  const first = await send(queue, 'a', 'g', 'd');
  const second = await send(queue, 'b', 'other', 'd');
  expect(second.MessageId).toBe(first.MessageId);
  expect(second.SequenceNumber).toBe(first.SequenceNumber);
  expect(second.MD5OfMessageBody).not.toBe(first.MD5OfMessageBody);
  const [message] = await queue.receive();
  await queue.delete(message);
  await aws.sandbox.advance('4m');
  await send(queue, 'c', 'g', 'd');
  expect(await queue.bodies()).toEqual([]);
  await aws.sandbox.advance('1m');
  await send(queue, 'd', 'g', 'd');
  expect(await queue.bodies()).toEqual(['d']);
});

test('five minutes run from the first, however often it is sent again', async () => {
  const queue = await aws.createFifo();
  for (let minute = 0; minute < 6; minute++) {
    await send(queue, `at ${minute}`, 'g', 'd');
    await aws.sandbox.advance('1m');
  }
  expect(await queue.bodies()).toEqual(['at 0', 'at 5']);
});

test('by content: SHA-256 of the body, not of the attributes', async () => {
  const queue = await aws.createFifo({ ContentBasedDeduplication: 'true' });
  await send(queue, 'same', 'g');
  await queue.send('same', { MessageGroupId: 'g', MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } });
  await send(queue, 'x', 'g', '0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5');
  expect(await queue.bodies()).toEqual(['same']);
  await send(queue, 'same', 'g2', 'own-id');
  expect(await queue.bodies()).toEqual(['same']);
});

test('without an id, and without deduplication by content, it is refused', async () => {
  const queue = await aws.createFifo({ ContentBasedDeduplication: 'false' });
  expect(await refusalOf(send(queue, 'x', 'g'))).toEqual({
    code: 'InvalidParameterValue',
    message:
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    status: 400,
  });
});

test('by group: other groups may use the same id, also without the throughput by group', async () => {
  for (const attributes of [scoped, { DeduplicationScope: 'messageGroup' }]) {
    const queue = await aws.createFifo(attributes);
    await send(queue, 'a', 'g1', 'd');
    await send(queue, 'b', 'g2', 'd');
    await send(queue, 'c', 'g1', 'd');
    expect(await queue.bodies()).toEqual(['a', 'b']);
  }
});

test('a change of the scope works a minute later', async () => {
  const queue = await aws.createFifo();
  await send(queue, 'a', 'g1', 'd1');
  await aws.sqs.setQueueAttributes({ QueueUrl: queue.url, Attributes: scoped });
  await send(queue, 'b', 'g2', 'd1');
  await send(queue, 'c', 'g3', 'd2');
  await send(queue, 'd', 'g4', 'd2');
  expect(await queue.bodies()).toEqual(['a', 'c']);
  await aws.sandbox.advance('1m');
  await send(queue, 'e', 'g5', 'd3');
  await send(queue, 'f', 'g6', 'd3');
  expect(await queue.bodies({ VisibilityTimeout: 0 })).toEqual(expect.arrayContaining(['e', 'f']));
});

test('a purge forgets the ids', async () => {
  const queue = await aws.createFifo();
  await send(queue, 'a', 'g', 'd');
  await aws.sqs.purgeQueue({ QueueUrl: queue.url });
  await send(queue, 'b', 'g', 'd');
  expect(await queue.bodies()).toEqual(['b']);
});
