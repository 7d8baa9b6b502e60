import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestQueue, TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

/** A pair whose dead-letter queue holds m0, m1, ... */
async function withDeadLetters(count: number): Promise<{ source: TestQueue; dead: TestQueue }> {
  const pair = await aws.createPair(1);
  for (let index = 0; index < count; index++) await pair.source.send(`m${index}`);
  for (let index = 0; index <= count / 10 + 1; index++) await pair.source.receive();
  expect(await pair.dead.counts()).toEqual([count, 0, 0]);
  return pair;
}

const start = (source: TestQueue, more: object = {}) =>
  aws.sqs.startMessageMoveTask({ SourceArn: source.arn, ...more });
const list = async (source: TestQueue, more: object = {}) =>
  (await aws.sqs.listMessageMoveTasks({ SourceArn: source.arn, ...more })).Results ?? [];

test('back to the queue each came from', async () => {
  const { source, dead } = await withDeadLetters(2);
  const other = await aws.create({
    VisibilityTimeout: '0',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 }),
  });
  await other.send('theirs');
  await other.receive();
  await other.receive();
  const [before] = await dead.receive({ VisibilityTimeout: 0 });
  const { TaskHandle = '' } = await start(dead);
  expect(JSON.parse(Buffer.from(TaskHandle, 'base64').toString())).toMatchObject({ sourceArn: dead.arn });
  const received = await source.receive({ AttributeNames: ['All'] });
  expect(received.map(({ Body }) => Body)).toEqual(['m0', 'm1']);
  expect(await other.bodies()).toEqual(['theirs']);
  expect(received[0]?.MessageId).not.toBe(before?.MessageId);
  expect(received[0]?.Attributes).toMatchObject({ ApproximateReceiveCount: '1' });
  expect(received[0]?.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
  expect(await dead.counts()).toEqual([0, 0, 0]);
  expect(await list(dead)).toEqual([
    {
      Status: 'COMPLETED',
      SourceArn: dead.arn,
      ApproximateNumberOfMessagesMoved: 3,
      ApproximateNumberOfMessagesToMove: 3,
      StartedTimestamp: expect.any(Number),
    },
  ]);
});

test('to a destination of one’s own, at so many a second, until cancelled', async () => {
  const { dead } = await withDeadLetters(10);
  const destination = await aws.create();
  const { TaskHandle } = await start(dead, { DestinationArn: destination.arn, MaxNumberOfMessagesPerSecond: 1 });
  expect(await refusalOf(start(dead))).toEqual({
    code: 'InvalidParameterValue',
    message: 'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    status: 400,
  });
  await aws.sandbox.advance('2s');
  expect(await destination.counts()).toEqual([3, 0, 0]);
  const task = {
    SourceArn: dead.arn,
    DestinationArn: destination.arn,
    MaxNumberOfMessagesPerSecond: 1,
    ApproximateNumberOfMessagesMoved: 3,
    ApproximateNumberOfMessagesToMove: 10,
    StartedTimestamp: expect.any(Number),
  };
  expect(await list(dead)).toEqual([{ ...task, TaskHandle, Status: 'RUNNING' }]);
  expect((await aws.sqs.cancelMessageMoveTask({ TaskHandle })).ApproximateNumberOfMessagesMoved).toBe(3);
  await aws.sandbox.advance('10s');
  expect(await list(dead)).toEqual([{ ...task, Status: 'CANCELLED' }]);
  expect(await destination.counts()).toEqual([3, 0, 0]);
  expect(await dead.counts()).toEqual([7, 0, 0]);
  expect(await refusalOf(aws.sqs.cancelMessageMoveTask({ TaskHandle }))).toMatchObject({
    code: 'InvalidParameterValue',
  });
});

test('a task fails when its destination goes, or when nobody knows where messages came from', async () => {
  const { dead } = await withDeadLetters(3);
  const destination = await aws.create();
  await start(dead, { DestinationArn: destination.arn, MaxNumberOfMessagesPerSecond: 1 });
  await aws.sqs.deleteQueue({ QueueUrl: destination.url });
  await aws.sandbox.advance('1s');
  expect(await list(dead)).toMatchObject([
    { Status: 'FAILED', FailureReason: 'AWS.SimpleQueueService.NonExistentQueue' },
  ]);

  const pair = await aws.createPair(1);
  await pair.dead.send('by hand');
  await start(pair.dead);
  expect(await list(pair.dead)).toMatchObject([{ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' }]);
  await start(pair.dead, { DestinationArn: pair.source.arn });
  expect(await pair.source.bodies()).toEqual(['by hand']);
  expect((await list(pair.dead, { MaxResults: 10 })).map(({ Status }) => Status)).toEqual(['COMPLETED', 'FAILED']);
});

test('many go quickly without a rate', async () => {
  const { source, dead } = await aws.createPair(1);
  for (let batch = 0; batch < 250; batch++) {
    const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `i${index}`, MessageBody: 'x' }));
    await aws.sqs.sendMessageBatch({ QueueUrl: dead.url, Entries });
  }
  await start(dead, { DestinationArn: source.arn });
  await aws.sandbox.advance('1s');
  expect(await source.counts()).toEqual([2500, 0, 0]);
});

test('FIFO queues too, their groups in order', async () => {
  const { source, dead } = await aws.createFifoPair(1);
  for (const body of ['m1', 'm2', 'm3']) await source.send(body, { MessageGroupId: 'g' });
  await source.receive();
  await source.receive();
  expect(await dead.counts()).toEqual([3, 0, 0]);
  await start(dead);
  expect(await source.bodies()).toEqual(['m1', 'm2', 'm3']);
});

const missing = (parameter: string) => ({
  code: 'ResourceNotFoundException',
  message: `The resource that you specified for the ${parameter} parameter doesn't exist.`,
  status: 404,
});

test('what cannot be started', async () => {
  const { source, dead } = await withDeadLetters(1);
  const SourceArn = `${dead.arn}-not`;
  expect(await refusalOf(aws.sqs.startMessageMoveTask({ SourceArn }))).toEqual(missing('SourceArn'));
  expect(await refusalOf(start(dead, { DestinationArn: SourceArn }))).toEqual(missing('DestinationArn'));
  expect(await refusalOf(start(source))).toMatchObject({
    message: 'Source queue must be configured as a Dead Letter Queue.',
  });
  expect(await refusalOf(aws.sqs.startMessageMoveTask({ SourceArn: 'x' }))).toMatchObject({
    code: 'InvalidParameterValue',
  });
  for (const MaxNumberOfMessagesPerSecond of [0, 501]) {
    expect(await refusalOf(start(dead, { MaxNumberOfMessagesPerSecond }))).toMatchObject({
      message:
        "Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a number that's between 1 and 500.",
    });
  }
});

test('what cannot be cancelled', async () => {
  const { dead } = await withDeadLetters(1);
  const cancel = (taskId: string, sourceArn: string) =>
    aws.sqs.cancelMessageMoveTask({
      TaskHandle: Buffer.from(JSON.stringify({ taskId, sourceArn })).toString('base64'),
    });
  expect(await refusalOf(aws.sqs.cancelMessageMoveTask({ TaskHandle: 'foobared' }))).toEqual({
    code: 'InvalidParameterValue',
    message: 'Value for parameter TaskHandle is invalid.',
    status: 400,
  });
  expect(await refusalOf(cancel('10f57157-fc38-4da9-a113-4de7e12d05dd', `${dead.arn}-not`))).toEqual(
    missing('SourceArn'),
  );
  expect(await refusalOf(cancel('10f57157-fc38-4da9-a113-4de7e12d05dd', dead.arn))).toEqual({
    code: 'ResourceNotFoundException',
    message: 'Task does not exist.',
    status: 404,
  });
});
