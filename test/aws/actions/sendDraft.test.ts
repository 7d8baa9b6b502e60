// Drafts: what AWS refuses is said before, what is sent arrives as it was written, and every message has its own result.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { destinationOf } from '../../../src/aws/actions/destination.ts';
import { draftAttributes, emptyDraft, weigh, type Destination, type Draft } from '../../../src/aws/actions/draft.ts';
import { problemsOf } from '../../../src/aws/actions/messageRules.ts';
import { sendDraft } from '../../../src/aws/actions/sendDraft.ts';
import { kinds, type KindName } from '../../../src/aws/resources/kinds.ts';
import { openBench, type ActionBench } from './openBench.ts';

let bench: ActionBench;
beforeAll(async () => void (bench = await openBench()));
afterAll(() => bench.stop());

async function destination(kind: KindName, name: string): Promise<Destination> {
  const found = await kinds[kind].find(bench, { name });
  const to = found && (await destinationOf(bench, found));
  if (!to) throw new Error(`no ${name}`);
  return to;
}

const draft = (change: Partial<Draft>): Draft => ({ ...emptyDraft, body: 'Hello', ...change });
const fields = (to: Destination, change: Partial<Draft>) => problemsOf(to, draft(change)).map(({ field }) => field);

describe('a queue', () => {
  test('gets body, attributes and delay as written', async () => {
    const { url } = await bench.queue('Plain');
    const to = await destination('queue', 'Plain');
    expect(to).toMatchObject({ kind: 'queue', fifo: false, limit: 1_048_576 });
    const attributes = [
      { name: 'color', type: 'String', value: 'blue' },
      { name: 'n', type: 'Number.int', value: '12345678901234567890' },
      { name: 'bytes', type: 'Binary', value: 'AP8=' },
    ];
    const sent = await sendDraft(bench.target, to, draft({ body: '{"a": 1}', attributes, delay: '5' }));
    expect(sent).toMatchObject([{ ok: true, id: expect.any(String) }]);
    expect(await bench.bodies(url)).toEqual([]);
    await bench.sandbox.advance('6s');
    const received = await bench.target.send('sqs.ReceiveMessage', { QueueUrl: url, MessageAttributeNames: ['All'] });
    const [message] = received.Messages ?? [];
    expect(message?.Body).toBe('{"a": 1}');
    expect(draftAttributes(message?.MessageAttributes ?? {})).toEqual(expect.arrayContaining(attributes));
  });

  test('many times: batches, each with an id of its own', async () => {
    await bench.queue('Many');
    const to = await destination('queue', 'Many');
    const told: number[] = [];
    const sent = await sendDraft(bench.target, to, draft({ count: '23' }), { onProgress: (done) => told.push(done) });
    expect(sent.every(({ ok }) => ok)).toBe(true);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(23);
    expect(told).toEqual([0, 10, 20]);
  });

  test('stopped: what was sent is told, the rest is not tried', async () => {
    const to = await destination('queue', 'Many');
    const stop = new AbortController();
    const onProgress = (done: number) => done === 10 && stop.abort();
    const sent = await sendDraft(bench.target, to, draft({ count: '50' }), { signal: stop.signal, onProgress }).catch(
      () => undefined,
    );
    expect(sent?.length).toBe(10);
  });

  test('FIFO: ids are wanted, and copies get one each', async () => {
    await bench.queue('Strict.fifo', { FifoQueue: 'true' });
    const to = await destination('queue', 'Strict.fifo');
    expect(fields(to, {})).toEqual(['groupId', 'deduplicationId']);
    expect(fields(to, { groupId: 'a b', deduplicationId: 'x'.repeat(129), delay: '3' })).toEqual([
      'delay',
      'groupId',
      'deduplicationId',
    ]);
    const sent = await sendDraft(bench.target, to, draft({ groupId: 'g', deduplicationId: 'd', count: '3' }));
    expect(sent.map((each) => each.ok && each.more)).toEqual([
      expect.stringContaining('sequence number'),
      expect.stringContaining('sequence number'),
      expect.stringContaining('sequence number'),
    ]);
    const counts = await kinds.queue.contents(bench, {
      kind: 'queue',
      key: {},
      name: '',
      ref: to.ref,
    });
    expect(counts).toEqual([{ what: 'messages', count: 3 }]);
  });

  test('the size is that which SQS counts: the last byte fits, one more does not', async () => {
    const to = await destination('queue', 'Plain');
    const attributes = [{ name: 'color', type: 'String', value: 'blü' }];
    const room = to.limit - weigh(to, draft({ body: '', attributes }));
    const fits = draft({ body: 'x'.repeat(room), attributes });
    expect(problemsOf(to, fits)).toEqual([]);
    expect(await sendDraft(bench.target, to, fits)).toMatchObject([{ ok: true }]);
    const over = draft({ body: 'x'.repeat(room + 1), attributes });
    expect(problemsOf(to, over)).toMatchObject([{ field: 'body', what: expect.stringContaining('1 bytes too many') }]);
    await expect(sendDraft(bench.target, to, over)).rejects.toThrow(/shorter than|1048576|size/i);
  });

  test('every rule is said at its field, and SQS refuses the same', async () => {
    const to = await destination('queue', 'Plain');
    const attribute = (name: string, type: string, value: string) => ({ attributes: [{ name, type, value }] });
    const broken: readonly (readonly [string, Partial<Draft>])[] = [
      ['body', { body: '' }],
      ['body', { body: 'bell \u0007' }],
      ['delay', { delay: '901' }],
      ['attributes.0.name', attribute('', 'String', 'v')],
      ['attributes.0.name', attribute('a b', 'String', 'v')],
      ['attributes.0.name', attribute('AWS.x', 'String', 'v')],
      ['attributes.0.name', attribute('.x', 'String', 'v')],
      ['attributes.0.name', attribute('a..x', 'String', 'v')],
      ['attributes.0.type', attribute('x', 'Text', 'v')],
      ['attributes.0.value', attribute('x', 'String', '')],
      ['attributes.0.value', attribute('x', 'Number', 'twelve')],
      [
        'attributes',
        { attributes: Array.from({ length: 11 }, (_, n) => ({ name: `a${n}`, type: 'String', value: 'v' })) },
      ],
    ];
    for (const [field, change] of broken) {
      expect(problemsOf(to, draft(change)), JSON.stringify(change)).toMatchObject([{ field }]);
      await expect(sendDraft(bench.target, to, draft(change)), JSON.stringify(change)).rejects.toThrow();
    }
    expect(fields(to, { count: '0' })).toEqual(['count']);
    expect(fields(to, { count: '1001' })).toEqual(['count']);
    expect(fields(to, { attributes: [{ name: 'x', type: 'Binary', value: 'no base64!' }] })).toEqual([
      'attributes.0.value',
    ]);
    const twin = { name: 'x', type: 'String', value: 'v' };
    expect(fields(to, { attributes: [twin, twin] })).toEqual(['attributes.1.name']);
  });
});

test('a topic: subject, attributes and a text per protocol', async () => {
  const { target } = bench;
  const { TopicArn } = await target.send('sns.CreateTopic', { Name: 'News' });
  const { url, arn } = await bench.queue('Reader');
  const policy = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: arn };
  const Attributes = { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [policy] }) };
  await target.send('sqs.SetQueueAttributes', { QueueUrl: url, Attributes });
  await target.send('sns.Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: arn });
  const to = await destination('topic', 'News');
  const change = { subject: 'Hi', perProtocol: true, bodies: { sqs: 'for queues', email: '' } };
  expect(problemsOf(to, draft(change))).toEqual([]);
  expect(await sendDraft(target, to, draft(change))).toMatchObject([{ ok: true }]);
  const [envelope = '{}'] = await bench.bodies(url);
  expect(JSON.parse(envelope)).toMatchObject({ Subject: 'Hi', Message: 'for queues' });
  for (const subject of ['x'.repeat(101), 'two\nlines', ' leading']) {
    expect(fields(to, { subject })).toEqual(['subject']);
    await expect(sendDraft(target, to, draft({ subject }))).rejects.toThrow();
  }
  expect(await sendDraft(target, to, draft({ count: '12' }))).toHaveLength(12);
});

test('a stream: bytes, keys, and several at once', async () => {
  const { target } = bench;
  await target.send('kinesis.CreateStream', { StreamName: 'clicks', ShardCount: 2 });
  await bench.sandbox.advance('60s');
  const to = await destination('stream', 'clicks');
  expect(fields(to, { partitionKey: '' })).toEqual(['partitionKey']);
  expect(fields(to, { partitionKey: 'k', hashKey: String(2n ** 128n) })).toEqual(['hashKey']);
  expect(fields(to, { partitionKey: 'k', base64: true, body: 'a' })).toEqual(['body']);
  const top = String(2n ** 128n - 1n);
  const [one] = await sendDraft(target, to, draft({ partitionKey: 'k', hashKey: top }));
  expect(one).toMatchObject({ ok: true, more: 'shardId-000000000001' });
  const many = await sendDraft(target, to, draft({ partitionKey: 'k', base64: true, body: 'AP8=', count: '7' }));
  expect(many.filter(({ ok }) => ok)).toHaveLength(7);
});
