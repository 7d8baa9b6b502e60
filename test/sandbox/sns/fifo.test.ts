import { PublishCommand, SubscribeCommand, type PublishCommandInput } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invalid, openSns, refusal, type OpenSns } from './openSns.ts';

let open: OpenSns;
beforeAll(async () => {
  open = await openSns();
});
afterAll(() => open.aws.stop());

const publish = (TopicArn: string, input: Partial<PublishCommandInput> = {}) =>
  open.sns.send(new PublishCommand({ TopicArn, Message: 'Test', MessageGroupId: 'group-1', ...input }));

async function pair(name: string, attributes: Record<string, string> = {}, raw = 'false') {
  const topic = await open.topic(`${name}.fifo`, { FifoTopic: 'true', ...attributes });
  const queue = await open.queue(`${name}.fifo`);
  await open.subscribe(topic, queue, { RawMessageDelivery: raw });
  return { topic, queue };
}

describe('deduplication', () => {
  it('by content: the same message counts once in five minutes', async () => {
    const { topic, queue } = await pair('content', { ContentBasedDeduplication: 'true' });
    const first = await publish(topic);
    expect(await publish(topic)).toMatchObject({ MessageId: first.MessageId, SequenceNumber: first.SequenceNumber });
    const messages = await open.take(queue);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.Attributes).toMatchObject({
      MessageGroupId: 'group-1',
      MessageDeduplicationId: '532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25',
    });
    await open.aws.advance('301s');
    await publish(topic);
    expect(await open.take(queue)).toHaveLength(1);
  });

  it('by id: over groups, unless the throughput scope is the group', async () => {
    const { topic, queue } = await pair('ids');
    await publish(topic, { MessageDeduplicationId: 'd' });
    await publish(topic, { MessageDeduplicationId: 'd', MessageGroupId: 'group-2', Message: 'other' });
    expect(await open.take(queue)).toHaveLength(1);
    const scoped = await open.topic('scoped.fifo', { FifoTopic: 'true', FifoThroughputScope: 'MessageGroup' });
    const before = await publish(scoped, { MessageDeduplicationId: 'd' });
    const after = await publish(scoped, { MessageDeduplicationId: 'd', MessageGroupId: 'group-2' });
    expect(after.MessageId).not.toBe(before.MessageId);
  });
});

it('keeps the order, and numbers it', async () => {
  const { topic, queue } = await pair('ordered', { ContentBasedDeduplication: 'true' }, 'true');
  const numbers: string[] = [];
  for (const Message of ['1', '2', '3']) numbers.push((await publish(topic, { Message })).SequenceNumber ?? '');
  expect(numbers).toEqual(numbers.toSorted());
  expect((await open.take(queue)).map(({ Body }) => Body)).toEqual(['1', '2', '3']);
});

it('the envelope has a sequence number and no signature', async () => {
  const { topic, queue } = await pair('plain', { ContentBasedDeduplication: 'true' });
  const { MessageId, SequenceNumber } = await publish(topic);
  const [message] = await open.take(queue);
  const { Timestamp, UnsubscribeURL, ...rest } = JSON.parse(message?.Body ?? '') as Record<string, string>;
  expect(rest).toEqual({ Type: 'Notification', MessageId, SequenceNumber, TopicArn: topic, Message: 'Test' });
  expect(Timestamp).toBeDefined();
  expect(UnsubscribeURL).toContain('Action=Unsubscribe');
});

it('delivers to standard queues too, which know no groups', async () => {
  const topic = await open.topic('mixed.fifo', { FifoTopic: 'true', ContentBasedDeduplication: 'true' });
  const queue = await open.queue('mixed');
  await open.subscribe(topic, queue);
  await publish(topic);
  const [message] = await open.take(queue);
  expect(message?.Attributes).not.toHaveProperty('MessageGroupId');
});

describe('is refused', () => {
  it('without group, or without deduplication', async () => {
    const topic = await open.topic('strict.fifo', { FifoTopic: 'true' });
    expect(await refusal(open.sns.send(new PublishCommand({ TopicArn: topic, Message: 'x' })))).toEqual(
      invalid('The MessageGroupId parameter is required for FIFO topics'),
    );
    expect(await refusal(publish(topic))).toEqual(
      invalid(
        'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      ),
    );
  });

  it('with a standard queue for dead letters, or a subscriber that is no queue', async () => {
    const { topic, queue } = await pair('letters');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queue.arn.replace('.fifo', '') });
    const other = await open.queue('letters-2.fifo');
    expect(await refusal(open.subscribe(topic, other, { RedrivePolicy }))).toEqual(
      invalid(
        'Attributes Reason: RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.',
      ),
    );
    const mail = new SubscribeCommand({ TopicArn: topic, Protocol: 'email', Endpoint: 'a@example.com' });
    expect((await refusal(open.sns.send(mail))).code).toBe('InvalidParameter');
  });
});
