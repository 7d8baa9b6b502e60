// A true look at the sandbox's store: everything is seen, nothing is changed, and what changes is brought up to date.
import { DeleteQueueCommand, PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { MessageList } from '../../src/peek/messageList.ts';
import { TruePeek } from '../../src/peek/truePeek.ts';
import type { PeekClient } from '../../src/aws/target.ts';
import { openLookBench, type LookBench, type TestQueue } from './lookBench.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let bench: LookBench;
beforeAll(async () => void (bench = await openLookBench()));
afterAll(() => bench.stop());

function client(): PeekClient {
  const { peek } = bench.inner;
  if (!peek) throw new Error('The sandbox can be peeked into.');
  return peek;
}

function open(queue: TestQueue, most?: number): { readonly peek: TruePeek; readonly list: MessageList } {
  const list = new MessageList();
  return { list, peek: new TruePeek(client(), { queueUrl: queue.url, region: 'us-east-1' }, list, most) };
}

const quiet = (): void => undefined;

test('another target has no peek', () => expect(bench.target.peek).toBeUndefined());

test('all states, attributes and counts are seen, and a look changes none of them', async () => {
  const { source, dead } = await bench.pair(2);
  await bench.send(source, 3);
  await bench.sqs.send(new SendMessageCommand({ QueueUrl: source.url, MessageBody: 'later', DelaySeconds: 60 }));
  await bench.sqs.send(
    new SendMessageCommand({
      QueueUrl: source.url,
      MessageBody: 'é',
      MessageAttributes: { Raw: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) } },
    }),
  );
  await bench.sqs.send(new ReceiveMessageCommand({ QueueUrl: source.url, VisibilityTimeout: 100 }));
  const { peek, list } = open(source);
  const result = await peek.look(quiet);
  expect(result).toMatchObject({ changed: true, counts: { visible: 3, inflight: 1, delayed: 1 }, unread: 0 });
  const all = [...list.all()];
  expect(all.map(({ state }) => state).sort()).toEqual(['delayed', 'inflight', 'visible', 'visible', 'visible']);
  expect(all.at(-1)).toMatchObject({
    attributes: { Raw: { DataType: 'Binary', BinaryValue: 'AP8=' } },
    size: 2 + 3 + 6 + 2,
  });
  expect(all.at(-1)?.expiresAt).toBe((all.at(-1)?.sentAt ?? 0) + 345_600_000);
  expect(await peek.look(quiet)).toMatchObject({ changed: false });
  expect((await bench.stored(source)).map(({ receives }) => receives).sort()).toEqual([0, 0, 0, 0, 1]);
  expect(await bench.stored(dead)).toEqual([]);
});

test('what came, went or changed is told; a queue made anew is read anew', async () => {
  const queue = await bench.create();
  await bench.send(queue, 3);
  const { peek, list } = open(queue);
  await peek.look(quiet);
  await bench.send(queue, 2);
  await bench.sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url, VisibilityTimeout: 100 }));
  expect(await peek.look(quiet)).toMatchObject({ came: 2, gone: 0 });
  expect([...list.all()].filter(({ state, due }) => state === 'inflight' && due !== undefined)).toHaveLength(1);
  await bench.sqs.send(new PurgeQueueCommand({ QueueUrl: queue.url }));
  expect(await peek.look(quiet)).toMatchObject({ came: 0, gone: 5 });
  expect(list.size).toBe(0);
  await bench.sqs.send(new DeleteQueueCommand({ QueueUrl: queue.url }));
  await expect(peek.look(quiet)).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
  await bench.advance(61_000);
  const { name } = queue;
  await bench.target.send('sqs.CreateQueue', { QueueName: name });
  await bench.send(queue, 1, () => 'new');
  await peek.look(quiet);
  expect([...list.all()].map(({ body }) => body)).toEqual(['new']);
});

test('a group that is held up says so', async () => {
  const { source } = await bench.pair(5, true);
  const send = (body: string) =>
    bench.sqs.send(new SendMessageCommand({ QueueUrl: source.url, MessageBody: body, MessageGroupId: 'g' }));
  await send('first');
  await send('second');
  await bench.sqs.send(
    new ReceiveMessageCommand({ QueueUrl: source.url, VisibilityTimeout: 100, MaxNumberOfMessages: 1 }),
  );
  const { peek, list } = open(source);
  await peek.look(quiet);
  expect([...list.all()].map(({ state }) => state)).toEqual(['inflight', 'locked']);
});

test('no more is kept than is wanted, and how many are left out is told', async () => {
  const queue = await bench.create();
  await bench.send(queue, 1200, () => 'x'.repeat(100));
  const { peek, list } = open(queue, 40_000);
  const { unread } = await peek.look(quiet);
  expect(list.size).toBe(500);
  expect(unread).toBe(700);
});

test('chosen ones are deleted or moved by their ids; what is in flight stays', async () => {
  const { source, dead } = await bench.pair(1);
  await bench.send(source, 4);
  await bench.failOnce(source);
  await bench.failOnce(source);
  const ids = (await bench.stored(dead)).map(({ id }) => id);
  expect(ids).toHaveLength(4);
  const queue = { queueUrl: dead.url, region: 'us-east-1' };
  const [first = '', second = ''] = ids;
  expect(await client().act('delete', queue, [first, 'none'])).toEqual({
    done: [first],
    left: [{ id: 'none', why: 'gone' }],
  });
  expect(await client().act('move', queue, [second])).toEqual({ done: [second], left: [] });
  expect(await bench.stored(source)).toMatchObject([{ receives: 0 }]);
  await bench.sqs.send(
    new ReceiveMessageCommand({ QueueUrl: dead.url, VisibilityTimeout: 100, MaxNumberOfMessages: 10 }),
  );
  expect((await client().act('delete', queue, ids.slice(2))).left.map(({ why }) => why)).toEqual([
    'in-flight',
    'in-flight',
  ]);
  expect(
    await client().act(
      'move',
      { ...queue, queueUrl: source.url },
      (await bench.stored(source)).map(({ id }) => id),
    ),
  ).toMatchObject({
    done: [],
    left: [{ why: 'no-source' }],
  });
});
