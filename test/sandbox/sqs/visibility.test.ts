import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestQueue, TestSqs } from './openSqs.ts';

let aws: TestSqs;
/** Real time stands still, so that only `advance` moves. */
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  aws = await openSqs();
});
afterAll(async () => {
  await aws.sandbox.stop();
  vi.useRealTimers();
});

const change = (queue: TestQueue, ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
  aws.sqs.changeMessageVisibility({ QueueUrl: queue.url, ReceiptHandle, VisibilityTimeout });

test('hidden for the timeout of the queue, or of the receive; back with a new handle', async () => {
  const queue = await aws.create({ VisibilityTimeout: '40' });
  await queue.send('x');
  const [first] = await queue.receive();
  await aws.sandbox.advance('39s');
  expect(await queue.receive()).toEqual([]);
  expect(await queue.counts()).toEqual([0, 1, 0]);
  await aws.sandbox.advance('1s');
  expect(await queue.counts()).toEqual([1, 0, 0]);
  const [second] = await queue.receive({ VisibilityTimeout: 5 });
  expect(second?.MessageId).toBe(first?.MessageId);
  expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
  await aws.sandbox.advance('5s');
  expect(await queue.receive()).toHaveLength(1);
});

test('a timeout of 0 gives the same messages again and again', async () => {
  const queue = await aws.create({ VisibilityTimeout: '0' });
  await queue.send('a');
  await queue.send('b');
  expect(await queue.bodies()).toEqual(['a', 'b']);
  expect(await queue.bodies({ MaxNumberOfMessages: 1 })).toEqual(['a']);
  expect(await queue.bodies({ MaxNumberOfMessages: 1 })).toEqual(['a']);
});

test('changed visibility counts from now: longer, shorter, none', async () => {
  const queue = await aws.create();
  await queue.send('x');
  const [message] = await queue.receive();
  await aws.sandbox.advance('20s');
  await change(queue, message?.ReceiptHandle, 60);
  await aws.sandbox.advance('59s');
  expect(await queue.counts()).toEqual([0, 1, 0]);
  await change(queue, message?.ReceiptHandle, 2);
  await aws.sandbox.advance('2s');
  expect(await queue.counts()).toEqual([1, 0, 0]);
  const [again] = await queue.receive();
  await change(queue, again?.ReceiptHandle, 0);
  expect(await queue.receive()).toHaveLength(1);
});

test('of a standard queue a message is hidden again also after its timeout, and by an earlier handle', async () => {
  const queue = await aws.create({ VisibilityTimeout: '1' });
  await queue.send('x');
  const [first] = await queue.receive();
  await aws.sandbox.advance('2s');
  await change(queue, first?.ReceiptHandle, 20);
  expect(await queue.receive()).toEqual([]);
  await aws.sandbox.advance('20s');
  await queue.receive({ VisibilityTimeout: 60 });
  await change(queue, first?.ReceiptHandle, 0);
  expect(await queue.receive()).toHaveLength(1);
});

test('twelve hours from the receive are the most', async () => {
  const queue = await aws.create();
  await queue.send('x');
  const [message] = await queue.receive({ VisibilityTimeout: 43_200 });
  await aws.sandbox.advance('10s');
  expect(await refusalOf(change(queue, message?.ReceiptHandle, 43_191))).toEqual({
    code: 'InvalidParameterValue',
    message:
      'Value 43191 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
    status: 400,
  });
  await change(queue, message?.ReceiptHandle, 43_190);
  expect(await refusalOf(change(queue, message?.ReceiptHandle, 43_201))).toMatchObject({
    code: 'InvalidParameterValue',
  });
});

test('to give back what is not in flight is refused', async () => {
  const queue = await aws.create();
  await queue.send('x');
  const [message] = await queue.receive();
  await change(queue, message?.ReceiptHandle, 0);
  expect(await refusalOf(change(queue, message?.ReceiptHandle, 0))).toMatchObject({
    code: 'MessageNotInflight',
    status: 400,
  });
});

test('what is deleted cannot be changed, but deleted again', async () => {
  const queue = await aws.create();
  await queue.send('x');
  const [message] = await queue.receive();
  await queue.delete(message);
  await queue.delete(message);
  expect(await refusalOf(change(queue, message?.ReceiptHandle, 42))).toEqual({
    code: 'InvalidParameterValue',
    message: `Value ${message?.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    status: 400,
  });
});

test('a handle that is none, or another queue’s, is refused', async () => {
  const [queue, other] = [await aws.create(), await aws.create()];
  await other.send('x');
  const [theirs] = await other.receive();
  const handle = theirs?.ReceiptHandle ?? '';
  const broken = `${handle.slice(0, 40)}A${handle.slice(41)}`;
  for (const wrong of ['garbage', handle, `${handle}A`, broken === handle ? 'AQEB' : broken]) {
    const refused = {
      code: 'ReceiptHandleIsInvalid',
      message: `The input receipt handle "${wrong}" is not a valid receipt handle.`,
      status: 404,
    };
    expect(await refusalOf(change(queue, wrong, 1))).toEqual(refused);
    expect(await refusalOf(queue.delete({ ReceiptHandle: wrong }))).toEqual(refused);
  }
});

test('deleting works after the timeout, too, and with the handle of an earlier receive', async () => {
  const queue = await aws.create({ VisibilityTimeout: '1' });
  await queue.send('x');
  const [first] = await queue.receive();
  await aws.sandbox.advance('2s');
  await queue.receive();
  await queue.delete(first);
  expect(await queue.counts()).toEqual([0, 0, 0]);
  await queue.send('y');
  const [only] = await queue.receive();
  await aws.sandbox.advance('2s');
  await queue.delete(only);
  await queue.delete(only);
  expect(await queue.counts()).toEqual([0, 0, 0]);
});

test('of a FIFO queue only the handle of what is in flight works', async () => {
  const queue = await aws.createFifo({ VisibilityTimeout: '5' });
  await queue.send('x', { MessageGroupId: 'g' });
  const [message] = await queue.receive();
  await change(queue, message?.ReceiptHandle, 10);
  await aws.sandbox.advance('10s');
  expect(await refusalOf(queue.delete(message))).toEqual({
    code: 'InvalidParameterValue',
    message: `Value ${message?.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    status: 400,
  });
  expect(await refusalOf(change(queue, message?.ReceiptHandle, 1))).toMatchObject({ code: 'InvalidParameterValue' });
  const [again] = await queue.receive();
  expect(await refusalOf(queue.delete(message))).toMatchObject({ code: 'InvalidParameterValue' });
  await queue.delete(again);
  expect(await queue.counts()).toEqual([0, 0, 0]);
});
