// One form of the composer on the sandbox: judged as it is typed, sent, told; the text is never the host's to lose.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyDraft, type Draft } from '../../../src/aws/actions/draft.ts';
import { kinds, type KindName } from '../../../src/aws/resources/kinds.ts';
import { explain } from '../../../src/host/explain.ts';
import { composeRequests } from '../../../src/host/resources/composeRequests.ts';
import { ComposeForm, type FormFacts } from '../../../src/host/resources/composeForm.ts';
import { parseDraft, readDraft } from '../../../src/host/resources/readDraft.ts';
import type { Aim } from '../../../src/host/resources/aim.ts';
import { parseMessage } from '../../../src/host/parseMessage.ts';
import { openBench, type ActionBench } from '../../aws/actions/openBench.ts';

let bench: ActionBench;
beforeAll(async () => void (bench = await openBench()));
afterAll(() => bench.stop());

async function form(kind: KindName, name: string, more: Partial<FormFacts> = {}) {
  const to = await kinds[kind].find(bench, { name });
  if (!to) throw new Error(name);
  const { account, region, label } = bench.target;
  const refreshed: (Aim | undefined)[] = [];
  const made = new ComposeForm({ id: 'f', to, account, region, label, ...more }, emptyDraft, {
    open: async () => bench.target,
    refresh: { refresh: (aim) => refreshed.push(aim) },
    explain: (error) => explain(error, true),
    copy: async () => undefined,
    takeOffer: async () => undefined,
    changed: () => undefined,
    now: () => new Date(0),
  });
  await made.handle({ kind: 'ready', draft: '' });
  return { made, refreshed };
}

const json = (change: Partial<Draft>) => JSON.stringify({ ...emptyDraft, ...change });

describe('a queue', () => {
  test('says what the queue is, judges as it is typed, and sends', async () => {
    const { url } = await bench.queue('Form');
    const { made, refreshed } = await form('queue', 'Form');
    expect(made.view()).toMatchObject({ phase: 'ready', to: { kind: 'queue', name: 'Form', real: false } });
    await made.handle({ kind: 'check', draft: json({ body: 'ü' }) });
    expect(made.view()).toMatchObject({ bytes: 2, problems: [] });
    const draft = json({ body: '' });
    expect(await made.handle({ kind: 'send', draft })).toMatchObject({
      what: expect.stringContaining('Nothing was sent'),
    });
    expect(await made.handle({ kind: 'send', draft: json({ body: 'hi', count: '3' }) })).toBeUndefined();
    const { outcome, results } = made.view();
    expect(outcome).toMatchObject({ ok: true, what: 'Sent 3 messages to Form.' });
    expect(results).toHaveLength(3);
    expect(refreshed).toMatchObject([{ kind: 'resource', found: { name: 'Form' } }]);
    expect(await bench.bodies(url)).toEqual(['hi', 'hi', 'hi']);
  });

  test('deleted meanwhile: a sentence, and the form goes on', async () => {
    const { url } = await bench.queue('Lost');
    const { made } = await form('queue', 'Lost');
    await bench.target.send('sqs.DeleteQueue', { QueueUrl: url });
    await made.handle({ kind: 'send', draft: json({ body: 'hi' }) });
    expect(made.view()).toMatchObject({ phase: 'ready', notice: { severity: 'error' } });
    expect(made.view().outcome).toBeUndefined();
    await made.handle({ kind: 'ready', draft: json({ body: 'hi' }) });
    expect(made.view().notice?.what).toContain('is not there');
  });

  test('another account now: refused, with the way back', async () => {
    await bench.queue('Else');
    const { made } = await form('queue', 'Else', { account: '999999999999' });
    expect(made.view()).toMatchObject({ phase: 'failed', notice: { offers: [{ id: 'switchTarget' }] } });
  });
});

describe('edit and resend', () => {
  test('the original goes after the copy was accepted, by its handle', async () => {
    const { url } = await bench.queue('Dlq');
    await bench.queue('Main');
    await bench.target.send('sqs.SendMessage', { QueueUrl: url, MessageBody: 'broken' });
    const { Messages: [message] = [] } = await bench.target.send('sqs.ReceiveMessage', { QueueUrl: url });
    const replaces = {
      queueUrl: url,
      messageId: message?.MessageId ?? '',
      receiptHandle: message?.ReceiptHandle ?? '',
    };
    const { made } = await form('queue', 'Main', { replaces });
    expect(made.view().replaces).toBe('Dlq');
    await made.handle({ kind: 'send', draft: json({ body: '' }) });
    expect(made.view().replaces).toBe('Dlq');
    await made.handle({ kind: 'send', draft: json({ body: 'mended' }) });
    expect(made.view().outcome).toMatchObject({ ok: true, what: expect.stringContaining('deleted from Dlq') });
    expect(made.view().replaces).toBeUndefined();
    await bench.sandbox.advance('1h');
    expect(await bench.bodies(url)).toEqual([]);
  });

  test('in the sandbox, by its id; one that cannot be deleted is said to be there still', async () => {
    const { url } = await bench.queue('Dlq2');
    await bench.queue('Main2');
    const { MessageId = '' } = await bench.target.send('sqs.SendMessage', { QueueUrl: url, MessageBody: 'broken' });
    const one = await form('queue', 'Main2', { replaces: { queueUrl: url, messageId: MessageId } });
    await one.made.handle({ kind: 'send', draft: json({ body: 'mended' }) });
    expect(one.made.view().outcome?.what).toContain('deleted from Dlq2');
    expect(await bench.bodies(url)).toEqual([]);
    const two = await form('queue', 'Main2', { replaces: { queueUrl: url, messageId: 'x', receiptHandle: 'stale' } });
    await two.made.handle({ kind: 'send', draft: json({ body: 'mended' }) });
    expect(two.made.view().outcome).toMatchObject({ ok: false, what: expect.stringContaining('still in Dlq2') });
  });
});

test("a topic's FIFO and a stream's limits come from what they are", async () => {
  const Attributes = { FifoTopic: 'true', ContentBasedDeduplication: 'true' };
  await bench.target.send('sns.CreateTopic', { Name: 'F.fifo', Attributes });
  const topic = await form('topic', 'F.fifo');
  expect(topic.made.view().to).toMatchObject({ fifo: true, contentDeduplication: true, limit: 262_144 });
  await bench.target.send('kinesis.CreateStream', { StreamName: 's', ShardCount: 1 });
  await bench.sandbox.advance('60s');
  const stream = await form('stream', 's');
  expect(stream.made.view().to).toMatchObject({ kind: 'stream', limit: 1_048_576 });
  await stream.made.handle({ kind: 'send', draft: json({ body: 'x', partitionKey: 'k' }) });
  expect(stream.made.view()).toMatchObject({
    outcome: { what: 'Put into s.' },
    results: [{ more: 'shardId-000000000000' }],
  });
});

describe('what a page sends', () => {
  test('a whole mebibyte passes the border; anything else does not', () => {
    const request = { kind: 'send', draft: json({ body: 'ü'.repeat(500_000) }) };
    expect(parseMessage(composeRequests, { id: 1, request })).toBeDefined();
    expect(parseMessage(composeRequests, { id: 1, request: { ...request, to: 'arn:aws:sqs:x' } })).toBeUndefined();
    expect(parseMessage(composeRequests, { id: 1, request: { kind: 'send', draft: 7 } })).toBeUndefined();
  });

  test.each(['', 'null', '[]', '{"body": 7, "attributes": [1, null, {"name": {}}], "bodies": {"email": 1}}', '{'])(
    'a draft such as %s is read as what fits of it',
    (text) => {
      const draft = parseDraft(text);
      expect(Object.keys(draft).toSorted()).toEqual(Object.keys(emptyDraft).toSorted());
      for (const { name, type, value } of draft.attributes)
        expect([typeof name, typeof type, typeof value]).toEqual(['string', 'string', 'string']);
    },
  );

  test('a draft is read as it was written', () => {
    const draft: Draft = { ...emptyDraft, body: 'b', base64: true, bodies: { sqs: 'x' }, count: '2' };
    expect(readDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  });
});
