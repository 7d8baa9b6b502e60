import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestQueue, TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

/** Until so many receives wait at the queue: a short real time, since the wait begins in the server. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));

test('a message wakes who waits', async () => {
  const queue = await aws.create();
  const waiting = queue.bodies({ WaitTimeSeconds: 20 });
  await settled();
  const sentAt = performance.now();
  await queue.send('x');
  expect(await waiting).toEqual(['x']);
  expect(performance.now() - sentAt).toBeLessThan(500);
});

test('the queue’s own waiting time holds where a receive says none', async () => {
  const queue = await aws.create({ ReceiveMessageWaitTimeSeconds: '20' });
  const waiting = queue.bodies();
  await settled();
  await queue.send('x');
  expect(await waiting).toEqual(['x']);
  expect(await queue.bodies({ WaitTimeSeconds: 0 })).toEqual([]);
});

test('the wait ends with nothing, on the sandbox’s clock', async () => {
  const queue = await aws.create();
  let ended = false;
  const waiting = queue.bodies({ WaitTimeSeconds: 10 }).finally(() => (ended = true));
  await settled();
  await aws.sandbox.advance('9s');
  await settled();
  expect(ended).toBe(false);
  await aws.sandbox.advance('1s');
  expect(await waiting).toEqual([]);
});

test.each([
  ['a delay ends', (queue: TestQueue) => queue.send('x', { DelaySeconds: 3 })],
  [
    'a visibility timeout ends',
    async (queue: TestQueue) => {
      await queue.send('x');
      await queue.receive({ VisibilityTimeout: 3 });
    },
  ],
])('who waits is woken when %s', async (_what, prepare) => {
  const queue = await aws.create();
  await prepare(queue);
  const waiting = queue.bodies({ WaitTimeSeconds: 20 });
  await settled();
  await aws.sandbox.advance('3s');
  expect(await waiting).toEqual(['x']);
});

test('a real second passes as well', async () => {
  const queue = await aws.create();
  await queue.send('x', { DelaySeconds: 1 });
  expect(await queue.bodies({ WaitTimeSeconds: 5 })).toEqual(['x']);
});

test('a message given back wakes who waits, and so does a group set free', async () => {
  const queue = await aws.create();
  await queue.send('x');
  const [message] = await queue.receive();
  const waiting = queue.bodies({ WaitTimeSeconds: 20 });
  await settled();
  await aws.sqs.changeMessageVisibility({
    QueueUrl: queue.url,
    ReceiptHandle: message?.ReceiptHandle,
    VisibilityTimeout: 0,
  });
  expect(await waiting).toEqual(['x']);

  const fifo = await aws.createFifo();
  await fifo.send('m1', { MessageGroupId: 'g' });
  const [first] = await fifo.receive();
  await fifo.send('m2', { MessageGroupId: 'g' });
  const next = fifo.bodies({ WaitTimeSeconds: 20 });
  await settled();
  await fifo.delete(first);
  expect(await next).toEqual(['m2']);
});

test('dead letters wake who waits for them', async () => {
  const { source, dead } = await aws.createPair(1);
  await source.send('x');
  await source.receive();
  const waiting = dead.bodies({ WaitTimeSeconds: 20 });
  await settled();
  expect(await source.receive()).toEqual([]);
  expect(await waiting).toEqual(['x']);
});

test('who came first is served first, each with what is there', async () => {
  const queue = await aws.create();
  const served: number[] = [];
  const waiting = [];
  for (let index = 0; index < 4; index++) {
    waiting.push(queue.bodies({ WaitTimeSeconds: 20, MaxNumberOfMessages: 1 }).then(() => served.push(index)));
    await settled();
  }
  for (const body of ['a', 'b', 'c', 'd']) {
    await queue.send(body);
    await settled();
  }
  await Promise.all(waiting);
  expect(served).toEqual([0, 1, 2, 3]);
});

test('a client that goes away takes no message with it', async () => {
  const queue = await aws.create();
  const gone = new AbortController();
  const waiting = aws.sqs.receiveMessage({ QueueUrl: queue.url, WaitTimeSeconds: 20 }, { abortSignal: gone.signal });
  await settled();
  gone.abort();
  await expect(waiting).rejects.toThrow();
  await settled();
  await queue.send('x');
  expect(await queue.bodies()).toEqual(['x']);
});

test('many may wait at once', async () => {
  const queue = await aws.create();
  const waiting = Array.from({ length: 40 }, () => queue.bodies({ WaitTimeSeconds: 20, MaxNumberOfMessages: 1 }));
  await settled();
  await Promise.all(Array.from({ length: 40 }, (_, index) => queue.send(`m${index}`)));
  const bodies = (await Promise.all(waiting)).flat();
  expect(new Set(bodies).size).toBe(40);
});

test('deleting the queue ends the wait with an error', async () => {
  const queue = await aws.create();
  const waiting = refusalOf(queue.receive({ WaitTimeSeconds: 20 }));
  await settled();
  await aws.sqs.deleteQueue({ QueueUrl: queue.url });
  expect(await waiting).toMatchObject({ code: 'QueueDoesNotExist' });
});
