// Messages that were received and chosen: deleted, moved, brought back. No original goes before its copy was accepted.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteMessages, moveMessages, type ReceivedMessage } from '../../../src/aws/actions/messages.ts';
import { copyAll, followRedrive, sourcesOf, startRedrive } from '../../../src/aws/actions/redrive.ts';
import { openBench, type ActionBench } from './openBench.ts';

let bench: ActionBench;
beforeAll(async () => void (bench = await openBench()));
afterAll(() => bench.stop());

async function fill(url: string, count: number, more: object = {}): Promise<void> {
  for (let n = 0; n < count; n++)
    await bench.target.send('sqs.SendMessage', { QueueUrl: url, MessageBody: `m${n}`, ...more });
}

async function receive(url: string): Promise<readonly ReceivedMessage[]> {
  const input = { QueueUrl: url, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
  const { Messages = [] } = await bench.target.send('sqs.ReceiveMessage', input);
  return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '', MessageAttributes = {} }) => ({
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: MessageAttributes,
  }));
}

const grouped = async (url: string) => (await receive(url)).map((each) => ({ ...each, groupId: 'g' }));

const count = async (QueueUrl: string): Promise<number> => {
  const input = { QueueUrl, AttributeNames: ['All' as const] };
  const { Attributes = {} } = await bench.target.send('sqs.GetQueueAttributes', input);
  return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible);
};

describe('deleting', () => {
  test('each has its own answer; a handle of another queue fails by itself', async () => {
    const { url } = await bench.queue('Del');
    await fill(url, 3);
    const messages = await receive(url);
    const handles = [...messages.map(({ receiptHandle }) => receiptHandle), 'no handle'];
    const results = await deleteMessages(bench.target, url, handles);
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true, false]);
    expect(results.at(-1)).toMatchObject({ why: expect.stringContaining('receipt handle no longer holds') });
    expect(await count(url)).toBe(0);
  });

  test('a queue that is gone fails each message, with the reason', async () => {
    const { url } = await bench.queue('DelGone');
    await bench.target.send('sqs.DeleteQueue', { QueueUrl: url });
    const results = await deleteMessages(bench.target, url, ['a', 'b']);
    expect(results).toMatchObject([
      { ok: false, why: expect.any(String) },
      { ok: false, why: expect.any(String) },
    ]);
  });
});

describe('moving', () => {
  test('keeps body and attributes, and empties the first queue', async () => {
    const from = await bench.queue('From');
    const to = await bench.queue('To');
    const MessageAttributes = {
      color: { DataType: 'String', StringValue: 'blue' },
      raw: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) },
    };
    await fill(from.url, 12, { MessageAttributes });
    const first = await receive(from.url);
    const results = await moveMessages(bench.target, { from: from.url, to: to.url }, first);
    expect(results.every(({ state }) => state === 'moved')).toBe(true);
    expect(await count(from.url)).toBe(12 - first.length);
    const [copy] = await receive(to.url);
    expect(copy?.attributes).toMatchObject({ color: { StringValue: 'blue' }, raw: { DataType: 'Binary' } });
  });

  test('a copy that is refused leaves the original where it is', async () => {
    const from = await bench.queue('Wide');
    const to = await bench.queue('Narrow', { MaximumMessageSize: '1024' });
    await fill(from.url, 1);
    await bench.target.send('sqs.SendMessage', { QueueUrl: from.url, MessageBody: 'x'.repeat(2000) });
    const results = await moveMessages(bench.target, { from: from.url, to: to.url }, await receive(from.url));
    expect(results.map(({ state }) => state).toSorted()).not.toEqual(['moved', 'moved']);
    expect(results.find(({ state }) => state === 'stayed')).toMatchObject({ why: expect.any(String) });
    expect(await count(from.url)).toBe(results.filter(({ state }) => state === 'stayed').length);
  });

  test('a handle that no longer holds is a copy, and said', async () => {
    const from = await bench.queue('Stale');
    const to = await bench.queue('StaleTo');
    await fill(from.url, 1);
    const [message] = await receive(from.url);
    if (!message) throw new Error('nothing came');
    const stale = { ...message, receiptHandle: 'stale' };
    const results = await moveMessages(bench.target, { from: from.url, to: to.url }, [stale]);
    expect(results).toMatchObject([{ state: 'copied', why: expect.stringContaining('receipt handle') }]);
    expect([await count(from.url), await count(to.url)]).toEqual([1, 1]);
  });

  test('back into a FIFO queue within five minutes: it arrives all the same', async () => {
    const queue = await bench.queue('Again.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    const dead = await bench.queue('Again-dlq.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    await fill(queue.url, 1, { MessageGroupId: 'g' });
    const there = await moveMessages(bench.target, { from: queue.url, to: dead.url }, await grouped(queue.url));
    const back = await moveMessages(bench.target, { from: dead.url, to: queue.url }, await grouped(dead.url));
    expect([...there, ...back].map(({ state }) => state)).toEqual(['moved', 'moved']);
    expect(await bench.bodies(queue.url)).toEqual(['m0']);
  });
});

describe('redriving all', () => {
  test("SQS's own task, followed to its end", async () => {
    const dead = await bench.queue('Dead');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const source = await bench.queue('Source', { RedrivePolicy });
    await fill(source.url, 5);
    await receive(source.url);
    await bench.sandbox.advance('31s');
    await receive(source.url);
    expect(await count(dead.url)).toBe(5);
    expect(await sourcesOf(bench.target, dead.url)).toEqual([source.url]);
    expect(await startRedrive(bench.target, dead)).toMatchObject({ state: 'started' });
    const told: number[] = [];
    const end = await followRedrive(bench.target, dead.arn, {
      sleep: bench.sleep,
      onProgress: (moved) => told.push(moved),
    });
    expect(end).toEqual({ state: 'done', moved: 5 });
    expect(await count(source.url)).toBe(5);
  });

  test('letters that came by hand name no source: the task fails, and says so', async () => {
    const dead = await bench.queue('HandDead');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const source = await bench.queue('HandSource', { RedrivePolicy });
    await fill(dead.url, 2);
    await startRedrive(bench.target, dead);
    const failed = await followRedrive(bench.target, dead.arn, { sleep: bench.sleep });
    expect(failed).toMatchObject({ state: 'failed', why: expect.any(String) });
    await startRedrive(bench.target, dead, source.arn);
    expect(await followRedrive(bench.target, dead.arn, { sleep: bench.sleep })).toEqual({ state: 'done', moved: 2 });
  });

  test('stopped: the task is cancelled, and what was moved is told', async () => {
    const dead = await bench.queue('SlowDead');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const { arn: DestinationArn } = await bench.queue('SlowSource', { RedrivePolicy });
    await fill(dead.url, 20);
    const slowly = { SourceArn: dead.arn, DestinationArn, MaxNumberOfMessagesPerSecond: 1 };
    await bench.target.send('sqs.StartMessageMoveTask', slowly);
    const stop = new AbortController();
    const sleep = async (ms: number) => {
      await bench.sleep(ms);
      stop.abort();
    };
    const end = await followRedrive(bench.target, dead.arn, { sleep, signal: stop.signal });
    expect(end.state).toBe('cancelled');
    expect(end.moved).toBeLessThan(20);
  });

  test('no queue dead-letters to it: no task, but copies', async () => {
    const dead = await bench.queue('SnsDead');
    const to = await bench.queue('SnsTo');
    await fill(dead.url, 25);
    expect(await startRedrive(bench.target, dead)).toEqual({ state: 'no-source' });
    const end = await copyAll(bench.target, { from: dead.url, to: to.url }, {});
    expect(end).toEqual({ moved: 25, problems: [], stopped: false });
    expect([await count(dead.url), await count(to.url)]).toEqual([0, 25]);
  });
});
