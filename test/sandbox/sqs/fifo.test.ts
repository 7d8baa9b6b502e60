import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { Attributes, TestQueue, TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

/** A FIFO queue with these messages, 'g1-m1' being of group g1. */
async function filled(bodies: readonly string[], attributes: Attributes = {}): Promise<TestQueue> {
  const queue = await aws.createFifo(attributes);
  for (const body of bodies) await queue.send(body, { MessageGroupId: body.split('-')[0] });
  return queue;
}

const change = (queue: TestQueue, ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
  aws.sqs.changeMessageVisibility({ QueueUrl: queue.url, ReceiptHandle, VisibilityTimeout });

test('group by group, each in the order of sending', async () => {
  const queue = await filled(['g1-m1', 'g2-m1', 'g1-m2', 'g1-m3']);
  expect(await queue.bodies()).toEqual(['g1-m1', 'g1-m2', 'g1-m3', 'g2-m1']);
});

test('a group in flight gives nothing out; the others do', async () => {
  const queue = await filled(['g1-m1', 'g1-m2', 'g2-m1']);
  expect(await queue.bodies({ MaxNumberOfMessages: 1 })).toEqual(['g1-m1']);
  expect(await queue.bodies()).toEqual(['g2-m1']);
  expect(await queue.bodies()).toEqual([]);
  expect(await queue.counts()).toEqual([1, 2, 0]);
});

test('the order holds after a timeout', async () => {
  const queue = await filled(['g-m1', 'g-m2', 'g-m3'], { VisibilityTimeout: '1' });
  expect(await queue.bodies()).toEqual(['g-m1', 'g-m2', 'g-m3']);
  await aws.sandbox.advance('2s');
  expect(await queue.bodies()).toEqual(['g-m1', 'g-m2', 'g-m3']);
});

test('groups take turns', async () => {
  const queue = await filled(['g1-m1', 'g2-m1', 'g2-m2', 'g3-m1', 'g1-m2']);
  expect(await queue.bodies({ MaxNumberOfMessages: 3, VisibilityTimeout: 0 })).toEqual(['g1-m1', 'g1-m2', 'g2-m1']);
  expect(await queue.bodies({ VisibilityTimeout: 0 })).toEqual(['g3-m1', 'g1-m1', 'g1-m2', 'g2-m1', 'g2-m2']);
});

test('the timeout is shared in a group', async () => {
  const queue = await filled(['g1-m1', 'g1-m2', 'g1-m3', 'g2-m1', 'g3-m1'], { VisibilityTimeout: '1' });
  expect(await queue.bodies({ MaxNumberOfMessages: 2 })).toEqual(['g1-m1', 'g1-m2']);
  expect(await queue.bodies({ MaxNumberOfMessages: 1 })).toEqual(['g2-m1']);
  await aws.sandbox.advance('2s');
  expect(await queue.bodies({ VisibilityTimeout: 0 })).toEqual(['g3-m1', 'g1-m1', 'g1-m2', 'g1-m3', 'g2-m1']);
});

test('deleting all that is in flight of a group frees it; deleting some does not', async () => {
  const queue = await filled(['g1-m1', 'g2-m1', 'g1-m2', 'g1-m3']);
  const [first, second] = await queue.receive({ MaxNumberOfMessages: 2 });
  await queue.delete(first);
  expect(await queue.bodies()).toEqual(['g2-m1']);
  await queue.delete(second);
  expect(await queue.bodies()).toEqual(['g1-m3']);
});

test.each([
  [0, []],
  [1, ['g-m1']],
  [2, ['g-m1', 'g-m2']],
])('what comes after a message still hidden is held back (%i)', async (position, expected) => {
  const queue = await filled(['g-m1', 'g-m2', 'g-m3'], { VisibilityTimeout: '1' });
  const received = await queue.receive();
  await change(queue, received[position]?.ReceiptHandle, 10);
  await aws.sandbox.advance('2s');
  expect(await queue.bodies()).toEqual(expected);
});

test('a message given back alone comes alone', async () => {
  const queue = await filled(['g1-m1', 'g1-m2', 'g2-m1']);
  const [first] = await queue.receive({ MaxNumberOfMessages: 2 });
  await change(queue, first?.ReceiptHandle, 0);
  expect(await queue.bodies()).toEqual(['g2-m1', 'g1-m1']);
});

test('an emptied group is used again', async () => {
  const queue = await filled(['g-m1']);
  const [message] = await queue.receive();
  await queue.delete(message);
  expect(await queue.receive()).toEqual([]);
  await queue.send('g-m2', { MessageGroupId: 'g' });
  expect(await queue.bodies()).toEqual(['g-m2']);
});

test('sequence numbers of 20 digits rise, and the attributes tell them', async () => {
  const queue = await aws.createFifo();
  const numbers = [];
  for (const [index, MessageBody] of ['a', 'b', 'c'].entries()) {
    const { SequenceNumber = '' } = await aws.sqs.sendMessage({
      QueueUrl: queue.url,
      MessageBody,
      MessageGroupId: `g${index}`,
      MessageDeduplicationId: `d${index}`,
    });
    expect(SequenceNumber).toMatch(/^\d{20}$/);
    numbers.push(SequenceNumber);
  }
  expect([...numbers].sort()).toEqual(numbers);
  const received = await queue.receive({ AttributeNames: ['All'] });
  expect(
    received.map(({ Attributes = {} }) => [
      Attributes.SequenceNumber,
      Attributes.MessageGroupId,
      Attributes.MessageDeduplicationId,
    ]),
  ).toEqual(numbers.map((number, index) => [number, `g${index}`, `d${index}`]));
});

test('without a group a FIFO message is refused', async () => {
  const queue = await aws.createFifo();
  expect(await refusalOf(queue.send('x'))).toEqual({
    code: 'MissingParameter',
    message: 'The request must contain the parameter MessageGroupId.',
    status: 400,
  });
});

test('a receive repeated with its attempt’s id gives the same messages and handles, and hides them anew', async () => {
  const queue = await filled(['g1-m1', 'g1-m2', 'g2-m1'], { VisibilityTimeout: '30' });
  const attempt = { ReceiveRequestAttemptId: 'try-1', MaxNumberOfMessages: 2 };
  const first = await queue.receive(attempt);
  await aws.sandbox.advance('20s');
  expect(await queue.receive(attempt)).toEqual(first);
  await aws.sandbox.advance('20s');
  expect(await queue.counts()).toEqual([1, 2, 0]);
  expect(await queue.bodies({ ...attempt, ReceiveRequestAttemptId: 'try-2' })).toEqual(['g2-m1']);
});

test('once one of the messages is deleted, the attempt is a new one', async () => {
  const queue = await filled(['g1-m1', 'g2-m1']);
  const attempt = { ReceiveRequestAttemptId: 'try', MaxNumberOfMessages: 1 };
  const [first] = await queue.receive(attempt);
  await queue.delete(first);
  expect(await queue.bodies(attempt)).toEqual(['g2-m1']);
});

test('attempts are for FIFO queues', async () => {
  const queue = await aws.create();
  expect(await refusalOf(queue.receive({ ReceiveRequestAttemptId: 'try' }))).toMatchObject({
    code: 'InvalidParameterValue',
  });
});
