// What a sandbox saves, another one goes on with.
import { SQS } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { startTestSandbox } from '../start.ts';

const url = (name: string): string => `http://127.0.0.1/123456789012/${name}`;

test('queues, messages in every state, handles, deduplication, attempts, turns, tasks and names at rest', async () => {
  const before = await startTestSandbox();
  const sqs = before.client(SQS);
  const create = async (QueueName: string, Attributes: Record<string, string> = {}) =>
    sqs.createQueue({ QueueName, Attributes, tags: { of: QueueName } });
  const send = (name: string, MessageBody: string, more: object = {}) =>
    sqs.sendMessage({ QueueUrl: url(name), MessageBody, ...more });

  await create('plain', { VisibilityTimeout: '100', DelaySeconds: '0' });
  const binary = { a: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 255]) } };
  await send('plain', 'in flight', { MessageAttributes: binary });
  const { Messages: [held] = [] } = await sqs.receiveMessage({ QueueUrl: url('plain') });
  await send('plain', 'visible');
  await send('plain', 'delayed', { DelaySeconds: 50 });

  await create('order.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true', VisibilityTimeout: '0' });
  for (const body of ['g1-m1', 'g2-m1', 'g1-m2']) await send('order.fifo', body, { MessageGroupId: body.slice(0, 2) });
  await sqs.receiveMessage({ QueueUrl: url('order.fifo') });
  const attempt = { QueueUrl: url('order.fifo'), ReceiveRequestAttemptId: 'try', VisibilityTimeout: 100 };
  const { Messages: tried } = await sqs.receiveMessage(attempt);

  await create('dead');
  await create('source', {
    VisibilityTimeout: '0',
    RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead","maxReceiveCount":1}',
  });
  for (const body of ['m1', 'm2', 'm3']) await send('source', body);
  for (let time = 0; time < 2; time++) await sqs.receiveMessage({ QueueUrl: url('source'), MaxNumberOfMessages: 10 });
  const { TaskHandle } = await sqs.startMessageMoveTask({
    SourceArn: 'arn:aws:sqs:us-east-1:123456789012:dead',
    MaxNumberOfMessagesPerSecond: 1,
  });
  await create('gone');
  await sqs.deleteQueue({ QueueUrl: url('gone') });
  const state = await before.admin('state');
  const saved = structuredClone(before.sandbox.save());
  await before.stop();

  const after = await startTestSandbox({ saved });
  const again = after.client(SQS);
  const attributesOf = async (name: string) =>
    (await again.getQueueAttributes({ QueueUrl: url(name), AttributeNames: ['All'] })).Attributes;
  const bodies = async (name: string, more: object = {}) => {
    const { Messages = [] } = await again.receiveMessage({ QueueUrl: url(name), MaxNumberOfMessages: 10, ...more });
    return Messages.map(({ Body }) => Body);
  };
  try {
    await again.listQueues();
    expect(await after.admin('state')).toEqual(state);
    expect((await again.listQueueTags({ QueueUrl: url('plain') })).Tags).toEqual({ of: 'plain' });

    expect(await attributesOf('plain')).toMatchObject({
      VisibilityTimeout: '100',
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    });
    await again.changeMessageVisibility({
      QueueUrl: url('plain'),
      ReceiptHandle: held?.ReceiptHandle,
      VisibilityTimeout: 0,
    });
    const { Messages: [back] = [] } = await again.receiveMessage({
      QueueUrl: url('plain'),
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    expect(back).toMatchObject({ Body: 'in flight', Attributes: { ApproximateReceiveCount: '2' } });
    expect(back?.MessageAttributes?.['a']?.BinaryValue).toEqual(binary.a.BinaryValue);
    expect(await bodies('plain')).toEqual(['visible']);
    await after.advance('50s');
    expect(await bodies('plain')).toEqual(['delayed']);

    expect((await again.receiveMessage(attempt)).Messages).toEqual(tried);
    const { SequenceNumber = '' } = await again.sendMessage({
      QueueUrl: url('order.fifo'),
      MessageBody: 'g1-m2',
      MessageGroupId: 'g1',
    });
    expect(BigInt(SequenceNumber) % 256n).toBe(0n);
    expect(await bodies('order.fifo')).toEqual(['g1-m1', 'g1-m2']);

    expect(await bodies('source', { VisibilityTimeout: 30 })).toEqual(['m1', 'm2', 'm3']);
    const { Results } = await again.listMessageMoveTasks({ SourceArn: 'arn:aws:sqs:us-east-1:123456789012:dead' });
    expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 }]);
    expect(TaskHandle).toBeDefined();
  } finally {
    await after.stop();
  }
});

test('a name at rest stays so', async () => {
  const before = await startTestSandbox();
  const sqs = before.client(SQS);
  await sqs.createQueue({ QueueName: 'gone' });
  await sqs.deleteQueue({ QueueUrl: url('gone') });
  const saved = structuredClone(before.sandbox.save());
  await before.stop();
  const after = await startTestSandbox({ saved });
  await expect(after.client(SQS).createQueue({ QueueName: 'gone' })).rejects.toThrow('You must wait 60 seconds');
  await after.stop();
});
