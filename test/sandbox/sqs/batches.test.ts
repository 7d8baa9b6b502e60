import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestQueue, TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
}

const entry = (Id: string, MessageBody = Id, more: object = {}): Entry => ({ Id, MessageBody, ...more });
const sendBatch = ({ url }: TestQueue, Entries: Entry[]) => aws.sqs.sendMessageBatch({ QueueUrl: url, Entries });

test('send, receive, change and delete ten', async () => {
  const queue = await aws.create();
  const ids = Array.from({ length: 10 }, (_, index) => `id-${index}`);
  const sent = await sendBatch(
    queue,
    ids.map((id) => entry(id)),
  );
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(ids);
  expect(sent).not.toHaveProperty('Failed');
  const received = await queue.receive();
  expect(received.map(({ MessageId }) => MessageId)).toEqual(sent.Successful?.map(({ MessageId }) => MessageId));
  const Entries = received.map(({ ReceiptHandle }, index) => ({ Id: `h${index}`, ReceiptHandle }));
  const hidden = await aws.sqs.changeMessageVisibilityBatch({
    QueueUrl: queue.url,
    Entries: Entries.map((each) => ({ ...each, VisibilityTimeout: 0 })),
  });
  expect(hidden.Successful).toHaveLength(10);
  expect(await queue.counts()).toEqual([10, 0, 0]);
  const deleted = await aws.sqs.deleteMessageBatch({ QueueUrl: queue.url, Entries });
  expect(deleted.Successful).toEqual(Entries.map(({ Id }) => ({ Id })));
  expect(await queue.counts()).toEqual([0, 0, 0]);
});

test('one bad entry does not keep the others', async () => {
  const queue = await aws.create({ MaximumMessageSize: '1024' });
  const sent = await sendBatch(queue, [
    entry('good'),
    entry('control', '\u0001'),
    entry('long', 'a'.repeat(1025)),
    entry('late', 'x', { DelaySeconds: 901 }),
  ]);
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['good']);
  expect(sent.Failed).toEqual([
    {
      Id: 'control',
      SenderFault: true,
      Code: 'InvalidMessageContents',
      Message: expect.stringContaining('Invalid characters'),
    },
    {
      Id: 'long',
      SenderFault: true,
      Code: 'InvalidParameterValue',
      Message: 'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
    },
    {
      Id: 'late',
      SenderFault: true,
      Code: 'InvalidParameterValue',
      Message: 'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
    },
  ]);
  const [message] = await queue.receive();
  const deleted = await aws.sqs.deleteMessageBatch({
    QueueUrl: queue.url,
    Entries: [
      { Id: 'a', ReceiptHandle: message?.ReceiptHandle },
      { Id: 'b', ReceiptHandle: 'dummy' },
    ],
  });
  expect(deleted.Successful).toEqual([{ Id: 'a' }]);
  expect(deleted.Failed).toEqual([
    {
      Id: 'b',
      SenderFault: true,
      Code: 'ReceiptHandleIsInvalid',
      Message: 'The input receipt handle "dummy" is not a valid receipt handle.',
    },
  ]);
});

const kinds = [
  [
    'SendMessageBatchRequestEntry',
    (queue: TestQueue, ids: string[]) =>
      sendBatch(
        queue,
        ids.map((id) => entry(id, 'x')),
      ),
  ],
  [
    'DeleteMessageBatchRequestEntry',
    ({ url }: TestQueue, ids: string[]) =>
      aws.sqs.deleteMessageBatch({ QueueUrl: url, Entries: ids.map((Id) => ({ Id, ReceiptHandle: 'h' })) }),
  ],
  [
    'ChangeMessageVisibilityBatchRequestEntry',
    ({ url }: TestQueue, ids: string[]) =>
      aws.sqs.changeMessageVisibilityBatch({
        QueueUrl: url,
        Entries: ids.map((Id) => ({ Id, ReceiptHandle: 'h', VisibilityTimeout: 1 })),
      }),
  ],
] as const;

test.each(kinds)('%s: from one to ten, each with an id of its own', async (type, run) => {
  const queue = await aws.create();
  const refused = (ids: string[]) => refusalOf(run(queue, ids));
  expect(await refused([])).toEqual({
    code: 'EmptyBatchRequest',
    message: `There should be at least one ${type} in the request.`,
    status: 400,
  });
  expect(await refused(Array.from({ length: 11 }, (_, index) => `i${index}`))).toEqual({
    code: 'TooManyEntriesInBatchRequest',
    message: 'Maximum number of entries per request are 10. You have sent 11.',
    status: 400,
  });
  for (const id of ['', 'a:b', 'a b', 'x'.repeat(81)]) {
    expect(await refused(['fine', id])).toEqual({
      code: 'InvalidBatchEntryId',
      message:
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      status: 400,
    });
  }
  expect(await refused(['a', 'b', 'a'])).toEqual({
    code: 'BatchEntryIdsNotDistinct',
    message: 'Id a repeated.',
    status: 400,
  });
  expect(await queue.counts()).toEqual([0, 0, 0]);
});

test('a batch weighs 1 MiB at most, with its attributes', async () => {
  const queue = await aws.create();
  const MessageAttributes = { k: { DataType: 'String', StringValue: 'x' } };
  const large = 'a'.repeat(1_048_576 - 8);
  expect(await refusalOf(sendBatch(queue, [entry('1', large, { MessageAttributes }), entry('2', 'a')]))).toEqual({
    code: 'BatchRequestTooLong',
    message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
    status: 400,
  });
  expect((await sendBatch(queue, [entry('1', large), entry('2', 'a'.repeat(8))])).Successful).toHaveLength(2);
});

test('the queue’s own maximum holds for each entry, not for the batch', async () => {
  const queue = await aws.create({ MaximumMessageSize: '2048' });
  const sent = await sendBatch(queue, [entry('1', 'a'.repeat(2048)), entry('2', 'a')]);
  expect(sent.Successful).toHaveLength(2);
});

test('a FIFO batch without group or deduplication is refused whole', async () => {
  const queue = await aws.createFifo({ ContentBasedDeduplication: 'false' });
  const ids = { MessageGroupId: 'g', MessageDeduplicationId: 'd' };
  const { MessageGroupId } = ids;
  expect(
    await refusalOf(sendBatch(queue, [entry('1', 'x', ids), entry('2', 'x', { MessageDeduplicationId: 'e' })])),
  ).toEqual({
    code: 'InvalidParameterValue',
    message: 'The request must contain the parameter MessageGroupId.',
    status: 400,
  });
  expect(await refusalOf(sendBatch(queue, [entry('1', 'x', ids), entry('2', 'x', { MessageGroupId })]))).toEqual({
    code: 'InvalidParameterValue',
    message:
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    status: 400,
  });
  expect(await queue.counts()).toEqual([0, 0, 0]);
});
