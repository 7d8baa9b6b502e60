import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

test('what is sent is received, once, until it is deleted', async () => {
  const queue = await aws.create();
  const sent = await aws.sqs.sendMessage({ QueueUrl: queue.url, MessageBody: 'message' });
  expect(sent).toMatchObject({
    MessageId: expect.stringMatching(uuid),
    MD5OfMessageBody: '78e731027d8fd50ed642340b7c9a63b3',
  });
  expect(sent).not.toHaveProperty('SequenceNumber');
  const [message, ...others] = await queue.receive();
  expect(others).toEqual([]);
  expect(message).toEqual({
    MessageId: sent.MessageId,
    Body: 'message',
    MD5OfBody: '78e731027d8fd50ed642340b7c9a63b3',
    ReceiptHandle: expect.stringMatching(/^AQEB[\w+/]{100,}=*$/),
  });
  expect(await queue.receive()).toEqual([]);
  await queue.delete(message);
  expect(await queue.counts()).toEqual([0, 0, 0]);
});

test('an empty queue answers without a list of messages', async () => {
  const { url } = await aws.create();
  expect(await aws.sqs.receiveMessage({ QueueUrl: url })).not.toHaveProperty('Messages');
});

test('one message unless more are asked for, ten at most', async () => {
  const queue = await aws.create();
  for (let index = 0; index < 12; index++) await queue.send(`m${index}`);
  expect(await queue.bodies({ MaxNumberOfMessages: undefined })).toEqual(['m0']);
  expect(await queue.bodies()).toEqual(Array.from({ length: 10 }, (_, index) => `m${index + 1}`));
  expect(await queue.counts()).toEqual([1, 11, 0]);
});

test.each([
  [
    { MaxNumberOfMessages: 0 },
    'Value 0 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
  ],
  [
    { WaitTimeSeconds: -1 },
    'Value -1 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
  ],
  [
    { VisibilityTimeout: 43_201 },
    'Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be >= 0 and <= 43200, if provided.',
  ],
])('%j is refused', async (more, message) => {
  const queue = await aws.create();
  expect(await refusalOf(queue.receive(more))).toEqual({ code: 'InvalidParameterValue', message, status: 400 });
});

test('system attributes: all, or those asked for by either name', async () => {
  const queue = await aws.create({ VisibilityTimeout: '0' });
  await queue.send('x', { MessageGroupId: 'tenant' });
  const [first] = await queue.receive({ AttributeNames: ['All'] });
  const { SentTimestamp, ApproximateFirstReceiveTimestamp } = first?.Attributes ?? {};
  expect(first?.Attributes).toEqual({
    SenderId: expect.stringMatching(/^AIDA/),
    SentTimestamp: expect.stringMatching(/^\d{13}$/),
    ApproximateReceiveCount: '1',
    ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
    MessageGroupId: 'tenant',
  });
  await aws.sandbox.advance('2s');
  const [second] = await queue.receive({ MessageSystemAttributeNames: ['All'], AttributeNames: ['SenderId'] });
  expect(second?.Attributes).toMatchObject({
    SentTimestamp,
    ApproximateFirstReceiveTimestamp,
    ApproximateReceiveCount: '2',
  });
  const [third] = await queue.receive({
    AttributeNames: ['SentTimestamp'],
    MessageSystemAttributeNames: ['SequenceNumber'],
  });
  expect(third?.Attributes).toEqual({ SentTimestamp });
  expect(await refusalOf(queue.receive({ AttributeNames: ['Colour'] }))).toMatchObject({
    code: 'InvalidAttributeName',
  });
});

test('the trace header comes along and has a digest of its own', async () => {
  const queue = await aws.create();
  const AWSTraceHeader = {
    DataType: 'String',
    StringValue: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  };
  const attributes = { timestamp: { DataType: 'Number', StringValue: '1493147359900' } };
  const sent = await aws.sqs.sendMessage({
    QueueUrl: queue.url,
    MessageBody: 'test',
    MessageAttributes: attributes,
    MessageSystemAttributes: { AWSTraceHeader },
  });
  expect(sent).toMatchObject({
    MD5OfMessageAttributes: '235c5c510d26fb653d073faed50ae77c',
    MD5OfMessageSystemAttributes: '5ae4d5d7636402d80f4eb6d213245a88',
  });
  const [message] = await queue.receive({ MessageSystemAttributeNames: ['AWSTraceHeader'] });
  expect(message?.Attributes).toEqual({ AWSTraceHeader: AWSTraceHeader.StringValue });
  const other = queue.send('x', { MessageSystemAttributes: { Other: AWSTraceHeader } });
  expect(await refusalOf(other)).toMatchObject({ message: "Message system attribute name 'Other' is invalid." });
});

test.each([
  [[], undefined, undefined],
  [['All'], ['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5'],
  [['*'], ['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5'],
  [['.*'], ['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5'],
  [['Foo', 'Help'], undefined, undefined],
  [['Hello', 'General'], ['General', 'Hello'], 'fca026605781cb4126a1e9044df24232'],
  [['Foo', 'Hello'], ['Hello'], 'a311262e065454b75da111d535b8dacd'],
  [['Hel.*'], ['Hello', 'Help.Me'], '83fee93c1bcd8b9a5a923ffacdc636c7'],
  [['AWS.', '..foo'], undefined, undefined],
])('message attributes asked for by %j', async (MessageAttributeNames, names, digest) => {
  const queue = await aws.create();
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  await queue.send('msg', {
    MessageAttributes: { 'Help.Me': text('Me'), Hello: text('There'), General: text('Kenobi') },
  });
  const [message] = await queue.receive({ MessageAttributeNames });
  expect(message?.MessageAttributes && Object.keys(message.MessageAttributes).sort()).toEqual(names);
  expect(message?.MD5OfMessageAttributes).toBe(digest);
});

test('bytes come back as they were', async () => {
  const queue = await aws.create();
  const BinaryValue = Buffer.from('traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01');
  await queue.send('test', { MessageAttributes: { attr1: { DataType: 'Binary', BinaryValue } } });
  const [message] = await queue.receive({ MessageAttributeNames: ['All'] });
  expect(message?.MD5OfMessageAttributes).toBe('8cbe4db156db8a94db8b801b7addb984');
  expect(Buffer.from(message?.MessageAttributes?.['attr1']?.BinaryValue ?? [])).toEqual(BinaryValue);
});

test.each(['"&quot;&quot;\r', '{\r\n"a"}', ' \t\n', '😀 é \uFFFD', '<x>&amp;</x>'])(
  'the body %j comes back as it was',
  async (body) => {
    const queue = await aws.create();
    await queue.send(body);
    expect(await queue.bodies()).toEqual([body]);
  },
);
