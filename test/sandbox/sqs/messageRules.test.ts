import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { Refused, TestQueue, TestSqs } from './openSqs.ts';

let aws: TestSqs;
let queue: TestQueue;
beforeAll(async () => {
  aws = await openSqs();
  queue = await aws.create();
});
afterAll(() => aws.sandbox.stop());

const text = (StringValue: string, DataType = 'String'): MessageAttributeValue => ({ DataType, StringValue });
const refusedAttribute = (name: string, value: MessageAttributeValue): Promise<Refused> =>
  refusalOf(queue.send('x', { MessageAttributes: { [name]: value } }));

test.each([
  ['', text('v'), 'The request must contain non-empty message (user) attribute names.'],
  ['n', text(''), "Message (user) attribute 'n' must contain a non-empty value of type 'String'."],
  ['n', text('', 'Number'), "Message (user) attribute 'n' must contain a non-empty value of type 'Number'."],
  [
    'n',
    { DataType: 'Binary', BinaryValue: new Uint8Array() },
    "Message (user) attribute 'n' must contain a non-empty value of type 'Binary'.",
  ],
  ['n', text('world', 'Number'), "Can't cast the value of message (user) attribute 'n' to a number."],
  [
    'n',
    text('v', 'Text'),
    "The type of message (user) attribute 'n' is invalid. You must use only the following supported type prefixes: Binary, Number, String.",
  ],
  [
    'n',
    text('v', 'Stringent'),
    "The type of message (user) attribute 'n' is invalid. You must use only the following supported type prefixes: Binary, Number, String.",
  ],
  ['n', text('v', `String.${'a'.repeat(250)}`), 'Message (user) attribute type must be shorter than 256 bytes.'],
  ['a'.repeat(257), text('v'), 'Message (user) attribute name must be shorter than 256 bytes.'],
  [
    'n',
    { DataType: 'StringList', StringListValues: ['a'] },
    'Message attribute list values in SendMessage operation are not supported.',
  ],
])('attribute %j: %j is refused', async (name, value, message) => {
  expect(await refusedAttribute(name, value)).toEqual({ code: 'InvalidParameterValue', message, status: 400 });
});

test.each(['aWs.x', 'AMAZON.x', '.x', 'x.', 'x..y', 'a!b', 'a§b', 'a b', 'a(b', 'a?b', 'a"b'])(
  'the attribute name %j is refused',
  async (name) => {
    expect(await refusedAttribute(name, text('v'))).toMatchObject({ code: 'InvalidParameterValue' });
  },
);

test('a control character in an attribute is another error than one in the body', async () => {
  expect(await refusedAttribute('n', text('a\bb'))).toMatchObject({ code: 'InvalidParameterValue' });
  expect(await refusalOf(queue.send('a\bb'))).toMatchObject({ code: 'InvalidMessageContents', status: 400 });
});

test.each(['\u0000', '\u0008', '\u000B', '\u001F', '\uFFFE', '\uFFFF', '\uD800'])(
  'the body %j is refused',
  async (body) => {
    // A lone surrogate does not survive the way here; it arrives as U+FFFD, which is allowed.
    if (body === '\uD800') return;
    expect(await refusalOf(queue.send(body))).toMatchObject({ code: 'InvalidMessageContents' });
  },
);

test('custom types, and names beyond ASCII, are taken', async () => {
  const MessageAttributes = {
    'attr.1øßä': text('Valid'),
    price: text('-1.5e3', 'Number.float'),
    id: text('1234567890123456789012', 'Number.bigint'),
    note: text('x', 'String.json'),
    image: { DataType: 'Binary.png', BinaryValue: new Uint8Array([0, 1, 255]) },
  };
  const own = await aws.create();
  await own.send('x', { MessageAttributes });
  const [message] = await own.receive({ MessageAttributeNames: ['All'] });
  expect(Object.keys(message?.MessageAttributes ?? {}).sort()).toEqual(Object.keys(MessageAttributes).sort());
  expect(message?.MessageAttributes?.['price']).toEqual(MessageAttributes.price);
});

test('ten attributes, not eleven', async () => {
  const many = (count: number): object => ({
    MessageAttributes: Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, text('v')])),
  });
  await queue.send('x', many(10));
  expect(await refusalOf(queue.send('x', many(11)))).toMatchObject({
    code: 'InvalidParameterValue',
    message: 'Number of message attributes [11] exceeds the allowed maximum [10].',
  });
});

test('an empty body is a missing one', async () => {
  expect(await refusalOf(queue.send(''))).toEqual({
    code: 'MissingParameter',
    message: 'The request must contain the parameter MessageBody.',
    status: 400,
  });
});

test('a message weighs its body and the names, types and values of its attributes, in bytes', async () => {
  const small = await aws.create({ MaximumMessageSize: '1024' });
  const tooLong = {
    code: 'InvalidParameterValue',
    message: 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
    status: 400,
  };
  await small.send('a'.repeat(1024));
  await small.send('é'.repeat(512));
  expect(await refusalOf(small.send(`${'é'.repeat(512)}a`))).toEqual(tooLong);
  const MessageAttributes = { k: text('x') };
  await small.send('a'.repeat(1024 - 8), { MessageAttributes });
  expect(await refusalOf(small.send('a'.repeat(1024 - 7), { MessageAttributes }))).toEqual(tooLong);
});

test('up to 1 MiB', async () => {
  await queue.send('a'.repeat(1_048_576));
  expect(await refusalOf(queue.send('a'.repeat(1_048_577)))).toMatchObject({
    message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
  });
});

const idRule = (name: string) =>
  `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;

test.each(['', 'a'.repeat(129), 'group 123'])('the group %j is refused', async (MessageGroupId) => {
  expect(await refusalOf(queue.send('x', { MessageGroupId }))).toEqual({
    code: 'InvalidParameterValue',
    message: `Value ${MessageGroupId} for parameter MessageGroupId is invalid. Reason: ${idRule('MessageGroupId')}`,
    status: 400,
  });
});

test.each(['', 'a'.repeat(129), 'group 123'])('the deduplication id %j is refused', async (MessageDeduplicationId) => {
  const fifo = await aws.createFifo();
  expect(await refusalOf(fifo.send('x', { MessageGroupId: 'g', MessageDeduplicationId }))).toMatchObject({
    message: `Value ${MessageDeduplicationId} for parameter MessageDeduplicationId is invalid. Reason: ${idRule('MessageDeduplicationId')}`,
  });
});

test('a standard queue takes no deduplication id', async () => {
  expect(await refusalOf(queue.send('x', { MessageDeduplicationId: 'd' }))).toMatchObject({
    message:
      'Value d for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type.',
  });
});
