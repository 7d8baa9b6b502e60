import { PublishBatchCommand, type PublishBatchRequestEntry } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invalid, noTopic, openSns, refusal, type OpenSns } from './openSns.ts';

let open: OpenSns;
let topic: string;
beforeAll(async () => {
  open = await openSns();
  topic = await open.topic('Order');
});
afterAll(() => open.aws.stop());

const batch = (entries: PublishBatchRequestEntry[], TopicArn = topic) =>
  open.sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries }));
const entry = (Id: string, more: Partial<PublishBatchRequestEntry> = {}) => ({ Id, Message: `m${Id}`, ...more });

it('each entry is delivered as its own message, with its attributes', async () => {
  const queue = await open.queue('batched');
  await open.subscribe(topic, queue, { RawMessageDelivery: 'true' });
  const attr1 = { DataType: 'Number', StringValue: '19.12' };
  const entries = [
    entry('1', { MessageAttributes: { attr1 } }),
    entry('2', { Subject: 's' }),
    entry('3', { Message: '{"default":"d","sqs":"for sqs"}', MessageStructure: 'json' }),
  ];
  const { Successful = [], Failed } = await batch(entries);
  expect(Successful.map(({ Id }) => Id)).toEqual(['1', '2', '3']);
  expect(Failed ?? []).toEqual([]);
  const messages = await open.take(queue);
  expect(messages.map(({ Body }) => Body)).toEqual(['m1', 'm2', 'for sqs']);
  expect(messages[0]).toMatchObject({
    MessageAttributes: { attr1 },
    MD5OfMessageAttributes: '1f07082409022a373fa2a2601f82b3cb',
  });
});

describe('a batch is refused', () => {
  const many = Array.from({ length: 11 }, (_, index) => entry(String(index)));
  const tooLong = 'a'.repeat(81);
  it.each<[string, PublishBatchRequestEntry[], string, string]>([
    [
      'with 11 entries',
      many,
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible.',
    ],
    [
      'with an Id twice',
      [entry('1'), entry('1')],
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    ],
    [
      'with a dot in an Id',
      [entry('message.id')],
      'InvalidBatchEntryId',
      'The Id of a batch entry in the batch request contains an impermissible character: message.id',
    ],
    [
      'with a long Id',
      [entry(tooLong)],
      'InvalidBatchEntryId',
      `The Id of a batch entry in the batch request is too long: ${tooLong}`,
    ],
    [
      'when all together are too long',
      [1, 2].map((id) => entry(String(id), { Message: 'x'.repeat(140 * 1024) })),
      'BatchRequestTooLong',
      'The length of all the messages put together is more than the limit.',
    ],
  ])('%s', async (_, entries, code, message) => {
    expect(await refusal(batch(entries))).toEqual({ code, message, status: 400 });
  });

  it('as a whole for one bad entry', async () => {
    const wrong = entry('2', { Message: '{}', MessageStructure: 'json' });
    expect(await refusal(batch([entry('1'), wrong]))).toEqual(
      invalid('Message Structure - No default entry in JSON message body'),
    );
    expect(await refusal(batch([entry('1')], `${topic}-no`))).toEqual(noTopic);
  });
});

it('FIFO entries get sequence numbers, or are refused without group and deduplication', async () => {
  const fifo = await open.topic('batch.fifo', { FifoTopic: 'true' });
  expect(await refusal(batch([entry('1')], fifo))).toEqual(
    invalid('The MessageGroupId parameter is required for FIFO topics'),
  );
  expect(await refusal(batch([entry('1', { MessageGroupId: 'g' })], fifo))).toEqual(
    invalid(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    ),
  );
  const place = (id: string) => ({ MessageGroupId: 'g', MessageDeduplicationId: id });
  const { Successful = [] } = await batch([entry('1', place('a')), entry('2', place('b'))], fifo);
  const [first = '', second = ''] = Successful.map(({ SequenceNumber = '' }) => SequenceNumber);
  expect(first).toMatch(/^\d{20}$/);
  expect(second > first).toBe(true);
});
