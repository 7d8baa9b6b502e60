import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Peeked } from '../../../src/sandbox/sqs/peek.ts';
import { openSqs } from './openSqs.ts';
import type { TestQueue, TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

const peek = async (queue: TestQueue, more = ''): Promise<Peeked> =>
  (await aws.sandbox.admin(`peek/sqs?queueUrl=${encodeURIComponent(queue.url)}${more}`)) as Peeked;

test('every message in its state, and nothing is changed by looking', async () => {
  const queue = await aws.create({ VisibilityTimeout: '30' });
  const id = await queue.send('in flight', {
    MessageAttributes: {
      text: { DataType: 'String', StringValue: 'é' },
      bytes: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2, 255]) },
    },
  });
  await queue.receive();
  await queue.send('visible');
  await queue.send('delayed', { DelaySeconds: 60 });
  const first = await peek(queue);
  expect(first).toMatchObject({ queueArn: queue.arn, counts: { visible: 1, inflight: 1, delayed: 1 }, total: 3 });
  const [inflight, visible, delayed] = first.messages;
  expect(inflight).toEqual({
    messageId: id,
    body: 'in flight',
    md5OfBody: expect.stringMatching(/^[\da-f]{32}$/),
    attributes: { text: { DataType: 'String', StringValue: 'é' }, bytes: { DataType: 'Binary', BinaryValue: 'AQL/' } },
    systemAttributes: expect.objectContaining({ ApproximateReceiveCount: '1' }),
    state: 'inflight',
    sentAt: expect.any(Number),
    expiresAt: (inflight?.sentAt ?? 0) + 345_600_000,
    due: expect.any(Number),
    receiveCount: 1,
  });
  expect(visible).toMatchObject({ body: 'visible', state: 'visible', receiveCount: 0 });
  expect(visible).not.toHaveProperty('due');
  expect(delayed).toMatchObject({ state: 'delayed', due: (delayed?.sentAt ?? 0) + 60_000 });
  expect((await peek(queue)).messages).toEqual(first.messages);
  expect(await queue.counts()).toEqual([1, 1, 1]);
  await aws.sandbox.advance('30s');
  expect((await peek(queue)).messages.map(({ state }) => state)).toEqual(['visible', 'visible', 'delayed']);
});

test('a page of them, or one state', async () => {
  const queue = await aws.create();
  for (let index = 0; index < 5; index++) await queue.send(`m${index}`);
  await queue.receive({ MaxNumberOfMessages: 2 });
  const bodies = async (more: string) => (await peek(queue, more)).messages.map(({ body }) => body);
  expect(await bodies('&offset=1&limit=2')).toEqual(['m1', 'm2']);
  expect(await bodies('&state=visible')).toEqual(['m2', 'm3', 'm4']);
  expect((await peek(queue, '&state=inflight&limit=1')).total).toBe(2);
});

test('groups and their locks', async () => {
  const queue = await aws.createFifo();
  for (const [body, MessageGroupId] of [['a', 'g1'] as const, ['b', 'g1'] as const, ['c', 'g2'] as const]) {
    await queue.send(body, { MessageGroupId });
  }
  await queue.receive({ MaxNumberOfMessages: 1 });
  expect((await peek(queue)).messages).toMatchObject([
    { groupId: 'g1', groupLocked: true, state: 'inflight', sequenceNumber: expect.stringMatching(/^\d{20}$/) },
    { groupId: 'g1', groupLocked: true, state: 'visible' },
    { groupId: 'g2', groupLocked: false, state: 'visible' },
  ]);
});

test('dead letters tell where they came from', async () => {
  const { source, dead } = await aws.createPair(1);
  await source.send('x');
  await source.receive();
  await source.receive();
  expect((await peek(dead)).messages).toMatchObject([{ deadLetterSourceArn: source.arn, receiveCount: 1 }]);
});

test('a queue that is not there', async () => {
  await expect(aws.sandbox.admin('peek/sqs?queueUrl=http://127.0.0.1/123456789012/none')).rejects.toThrow('404');
});

test('the state of the sandbox tells queues, their attributes and counts, but no times', async () => {
  const queue = await aws.create({ DelaySeconds: '3' }, 'facts');
  await queue.send('x');
  const { resources } = (await aws.sandbox.admin('state')) as { resources: { arn: string }[] };
  expect(resources.find(({ arn }) => arn === queue.arn)).toEqual({
    service: 'sqs',
    type: 'queue',
    arn: queue.arn,
    account: '123456789012',
    region: 'us-east-1',
    name: 'facts',
    attributes: {
      DelaySeconds: '3',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '0',
      SqsManagedSseEnabled: 'true',
      VisibilityTimeout: '30',
    },
    tags: {},
    messages: { visible: 0, inflight: 0, delayed: 1 },
  });
});
