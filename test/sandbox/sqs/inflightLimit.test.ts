import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestQueue, TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

interface Direct {
  (input: object, call: object): unknown;
}

/** So many messages sent and received, past the wire, which would take a minute for it. */
async function fill(queue: TestQueue, count: number): Promise<void> {
  const { hosting } = aws.sandbox.sandbox;
  const handlers = (await hosting.load('sqs'))?.service?.handlers ?? {};
  const call = { account: aws.sandbox.account, region: aws.sandbox.region, caller: { account: aws.sandbox.account } };
  const run = (operation: string, input: object): unknown => (handlers[operation] as Direct)(input, call);
  const Entries = Array.from({ length: 10 }, (_, index) => ({
    Id: `i${index}`,
    MessageBody: 'x',
    ...(queue.name.endsWith('.fifo') ? { MessageGroupId: `g${index}` } : {}),
  }));
  for (let sent = 0; sent < count; sent += 10) {
    const own = queue.name.endsWith('.fifo')
      ? Entries.map((entry) => ({
          ...entry,
          MessageDeduplicationId: `${sent}-${entry.Id}`,
          MessageGroupId: `${sent}-${entry.Id}`,
        }))
      : Entries;
    run('SendMessageBatch', { QueueUrl: queue.url, Entries: own });
    run('ReceiveMessage', { QueueUrl: queue.url, MaxNumberOfMessages: 10, VisibilityTimeout: 600 });
  }
}

test('120,000 in flight: a short poll of a standard queue is refused, a long one waits', async () => {
  const queue = await aws.create();
  await fill(queue, 119_990);
  for (let index = 0; index < 12; index++) await queue.send('more');
  expect(await queue.receive({ VisibilityTimeout: 300 })).toHaveLength(10);
  expect(await queue.counts()).toEqual([2, 120_000, 0]);
  expect(await refusalOf(queue.receive())).toMatchObject({ code: 'OverLimit', status: 403 });
  expect(await queue.receive({ WaitTimeSeconds: 1 })).toEqual([]);
  await aws.sandbox.advance('300s');
  expect(await queue.receive()).toHaveLength(10);
}, 60_000);

test('a FIFO queue gives nothing more, without an error', async () => {
  const queue = await aws.createFifo();
  await fill(queue, 120_000);
  await queue.send('more', { MessageGroupId: 'g' });
  expect(await queue.receive()).toEqual([]);
}, 60_000);
