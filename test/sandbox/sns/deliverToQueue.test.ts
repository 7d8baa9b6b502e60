import { PublishCommand, SetSubscriptionAttributesCommand, type PublishCommandInput } from '@aws-sdk/client-sns';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSns, until, type OpenSns } from './openSns.ts';

let open: OpenSns;
beforeAll(async () => {
  open = await openSns();
});
afterAll(() => open.aws.stop());

const publish = (TopicArn: string, input: Partial<PublishCommandInput> = {}) =>
  open.sns.send(new PublishCommand({ TopicArn, Message: 'ordered', ...input }));
const logged = (text: string) => until(() => open.aws.logged.find((line) => line.includes(text)));

describe('the envelope', () => {
  it('is laid out as AWS lays it out', async () => {
    const topic = await open.topic('Order');
    const queue = await open.queue('envelopes');
    const subscription = await open.subscribe(topic, queue);
    const attributes = {
      attr1: { DataType: 'Number', StringValue: '99.12' },
      attr2: { DataType: 'Binary', BinaryValue: Buffer.from([2, 3, 4]) },
    };
    const { MessageId = '' } = await publish(topic, { Subject: 'A "book"', MessageAttributes: attributes });
    const [message] = await open.take(queue);
    const body = message?.Body ?? '';
    const parsed = JSON.parse(body) as Record<string, string>;
    const { endpoint } = open.aws;
    expect(parsed['SigningCertURL']).toMatch(new RegExp(`^${endpoint}/SimpleNotificationService-[0-9a-f]{32}\\.pem$`));
    expect(Date.parse(parsed['Timestamp'] ?? '')).toBeGreaterThan(Date.now() - 10_000);
    expect(body).toBe(`{
  "Type" : "Notification",
  "MessageId" : "${MessageId}",
  "TopicArn" : "${topic}",
  "Subject" : "A \\"book\\"",
  "Message" : "ordered",
  "Timestamp" : "${parsed['Timestamp']}",
  "SignatureVersion" : "1",
  "Signature" : "${parsed['Signature']}",
  "SigningCertURL" : "${parsed['SigningCertURL']}",
  "UnsubscribeURL" : "${endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscription}",
  "MessageAttributes" : {
    "attr1" : {"Type":"Number","Value":"99.12"},
    "attr2" : {"Type":"Binary","Value":"AgME"}
  }
}`);
    expect(message?.MessageAttributes).toBeUndefined();
    expect(message?.Attributes?.['SenderId']).toMatch(/^AIDA/);
  });

  it('carries the text for SQS where there is one, and every character', async () => {
    const topic = await open.topic('texts');
    const queue = await open.queue('texts');
    await open.subscribe(topic, queue);
    const texts = { default: 'default field', sqs: '{"field": "value"}' };
    await publish(topic, { Message: JSON.stringify(texts), MessageStructure: 'json' });
    await publish(topic, { Message: 'ö§a1"_!?,. £$- 🛒' });
    const messages = (await open.take(queue)).map(({ Body = '' }) => (JSON.parse(Body) as { Message: string }).Message);
    expect(messages).toEqual(['{"field": "value"}', 'ö§a1"_!?,. £$- 🛒']);
  });

  it('is passed on with a message group, which standard queues keep', async () => {
    const topic = await open.topic('groups');
    const queue = await open.queue('groups');
    await open.subscribe(topic, queue);
    await publish(topic, { MessageGroupId: 'my-group-id-1' });
    expect((await open.take(queue))[0]?.Attributes?.['MessageGroupId']).toBe('my-group-id-1');
  });
});

describe('raw delivery', () => {
  it('gives the text alone, with attributes as the queue’s', async () => {
    const topic = await open.topic('raw');
    const queue = await open.queue('raw');
    await open.subscribe(topic, queue, { RawMessageDelivery: 'true' });
    const store = { DataType: 'Binary', BinaryValue: Buffer.from([2, 3, 4]) };
    await publish(topic, { MessageAttributes: { store } });
    const [message] = await open.take(queue);
    expect(message?.Body).toBe('ordered');
    expect(message?.MessageAttributes?.['store']?.DataType).toBe('Binary');
    expect([...(message?.MessageAttributes?.['store']?.BinaryValue ?? [])]).toEqual([2, 3, 4]);
  });

  it('with more than ten attributes is dropped', async () => {
    const topic = await open.topic('crowded');
    const queue = await open.queue('crowded');
    await open.subscribe(topic, queue, { RawMessageDelivery: 'true' });
    const names = Array.from(
      { length: 11 },
      (_, index) => [`a${index}`, { DataType: 'String', StringValue: 'x' }] as const,
    );
    await publish(topic, { MessageAttributes: Object.fromEntries(names) });
    await logged('carries at most 10 attributes');
    expect(await open.take(queue)).toEqual([]);
  });
});

it('filters decide who gets a message', async () => {
  const topic = await open.topic('filtered');
  const [all, cheap] = [await open.queue('all'), await open.queue('cheap')];
  await open.subscribe(topic, all);
  await open.subscribe(topic, cheap, { FilterPolicy: '{"price":[{"numeric":["<",10]}]}' });
  await publish(topic, { MessageAttributes: { price: { DataType: 'Number', StringValue: '9' } } });
  await publish(topic, { MessageAttributes: { price: { DataType: 'Number', StringValue: '11' } } });
  await publish(topic);
  expect(await open.take(all)).toHaveLength(3);
  expect(await open.take(cheap)).toHaveLength(1);
});

describe('a queue that cannot be reached', () => {
  it('without a policy gets nothing, and the log says why', async () => {
    const topic = await open.topic('shut');
    const queue = await open.queue('shut', 'none');
    await open.subscribe(topic, queue);
    const { MessageId = '' } = await publish(topic);
    expect(await logged(MessageId)).toContain('access-denied');
    expect(await open.take(queue)).toEqual([]);
  });

  it.each(['true', 'false'])('leaves the message to the dead-letter queue (raw: %s)', async (raw) => {
    const topic = await open.topic(`dead-${raw}`);
    const [queue, letters] = [await open.queue(`gone-${raw}`), await open.queue(`letters-${raw}`)];
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: letters.arn });
    await open.subscribe(topic, queue, { RawMessageDelivery: raw, RedrivePolicy });
    await open.sqs.send(new DeleteQueueCommand({ QueueUrl: queue.url }));
    await publish(topic, { MessageAttributes: { attr1: { DataType: 'Number', StringValue: '111' } } });
    const [letter] = await open.take(letters);
    if (raw === 'true')
      expect(letter).toMatchObject({ Body: 'ordered', MessageAttributes: { attr1: { StringValue: '111' } } });
    else expect(JSON.parse(letter?.Body ?? '')).toMatchObject({ Type: 'Notification', Message: 'ordered' });
  });

  it('comes back when raw delivery is switched on later', async () => {
    const topic = await open.topic('switched');
    const queue = await open.queue('switched');
    const SubscriptionArn = await open.subscribe(topic, queue);
    const change = { SubscriptionArn, AttributeName: 'RawMessageDelivery', AttributeValue: 'true' };
    await open.sns.send(new SetSubscriptionAttributesCommand(change));
    await publish(topic);
    expect((await open.take(queue))[0]?.Body).toBe('ordered');
  });
});
