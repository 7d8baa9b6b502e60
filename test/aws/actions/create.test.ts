// Made by hand: what is there already is never taken for made, and subscriptions are let in and confirmed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBucket, createQueue, createStream, createTopic } from '../../../src/aws/actions/create.ts';
import {
  confirm,
  letTopicIn,
  mistakeInEndpoint,
  policyLettingIn,
  readToken,
  subscribe,
  tokenInMailbox,
} from '../../../src/aws/actions/subscribe.ts';
import { kinds } from '../../../src/aws/resources/kinds.ts';
import { openBench, type ActionBench } from './openBench.ts';

let bench: ActionBench;
beforeAll(async () => void (bench = await openBench()));
afterAll(() => bench.stop());

describe('creating', () => {
  test('a queue with a dead-letter queue, standard and FIFO', async () => {
    for (const [ending, fifo] of [
      ['', false],
      ['.fifo', true],
    ] as const) {
      const dead = await createQueue(bench, { name: `Made-dlq${ending}`, fifo });
      const wish = { name: `Made${ending}`, fifo, deadLetterArn: dead.arn ?? '', maxReceiveCount: 4 };
      const made = await createQueue(bench, wish);
      const described = await kinds.queue.describe(bench, made);
      expect(JSON.parse(String(described?.facts['RedrivePolicy']))).toEqual({
        deadLetterTargetArn: dead.arn,
        maxReceiveCount: 4,
      });
      expect(described?.facts['FifoQueue']).toBe(fifo ? 'true' : undefined);
    }
  });

  test('what is there is left as it is, and said', async () => {
    const makers = [
      () => createTopic(bench, 'Twice', false),
      () => createQueue(bench, { name: 'Twice', fifo: false }),
      () => createBucket(bench, 'twice-twice'),
      () => createStream(bench, 'twice', 1),
    ];
    for (const make of makers) {
      await make();
      await expect(make()).rejects.toThrow(/here already/);
    }
    await expect(createQueue(bench, { name: 'a b', fifo: false })).rejects.toThrow(/a space/);
  });

  test('streams: shards, or on-demand', async () => {
    await createStream(bench, 'many', 3);
    await createStream(bench, 'some', undefined);
    await bench.sandbox.advance('60s');
    const facts = async (name: string) => {
      const found = await kinds.stream.find(bench, { name });
      return found && (await kinds.stream.describe(bench, found))?.facts;
    };
    expect(await facts('many')).toMatchObject({ OpenShardCount: 3 });
    expect(await facts('some')).toMatchObject({ StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
  });
});

describe('subscribing', () => {
  test('a queue that lets the topic in gets what is published, and keeps the rest of its policy', async () => {
    const topic = await createTopic(bench, 'Sub', false);
    const queue = await createQueue(bench, { name: 'SubQ', fifo: false });
    const arn = queue.arn ?? '';
    const other = { Sid: 'other', Effect: 'Deny', Principal: '*', Action: 'sqs:DeleteQueue', Resource: arn };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: other });
    await bench.target.send('sqs.SetQueueAttributes', { QueueUrl: queue.ref, Attributes: { Policy } });
    await letTopicIn(bench, { url: queue.ref, arn }, topic.ref);
    await letTopicIn(bench, { url: queue.ref, arn }, topic.ref);
    const described = await kinds.queue.describe(bench, queue);
    const policy: { Statement: { Sid: string }[] } = JSON.parse(String(described?.facts['Policy']));
    expect(policy.Statement.map(({ Sid }) => Sid)).toEqual(['other', 'allow-Sub']);
    const subscribed = await subscribe(bench, { topicArn: topic.ref, protocol: 'sqs', endpoint: arn, raw: true });
    expect(subscribed.arn).toMatch(/^arn:aws:sns:/);
    await bench.target.send('sns.Publish', { TopicArn: topic.ref, Message: 'plain' });
    expect(await bench.bodies(queue.ref)).toEqual(['plain']);
  });

  test('an e-mail address is confirmed by the token in the mailbox, of its own topic only', async () => {
    const one = await createTopic(bench, 'MailOne', false);
    const two = await createTopic(bench, 'MailTwo', false);
    const endpoint = 'learner@example.com';
    for (const { ref } of [one, two])
      expect(await subscribe(bench, { topicArn: ref, protocol: 'email', endpoint, raw: false })).toEqual({});
    const token = await tokenInMailbox(bench.target, { topicArn: one.ref, endpoint });
    if (token === undefined) throw new Error('no mail');
    expect(await confirm(bench, one.ref, token)).toContain('MailOne');
    const { Subscriptions = [] } = await bench.target.send('sns.ListSubscriptions', {});
    const states = Subscriptions.filter(({ Protocol }) => Protocol === 'email').map(({ SubscriptionArn = '' }) =>
      SubscriptionArn.startsWith('arn:'),
    );
    expect(states.toSorted()).toEqual([false, true]);
    expect(await tokenInMailbox(bench.target, { topicArn: one.ref, endpoint: 'other@example.com' })).toBeUndefined();
  });

  test('what is pasted: a link, a token, or neither', () => {
    const link =
      'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-west-1:1:T&Token=abc';
    expect(readToken(link)).toEqual({ token: 'abc', topicArn: 'arn:aws:sns:eu-west-1:1:T' });
    expect(readToken(' 2336412f37fb687f5d51e6e241d44a2cb136 ')).toEqual({
      token: '2336412f37fb687f5d51e6e241d44a2cb136',
    });
    for (const text of ['', 'a b', 'https://example.com/']) expect(readToken(text)).toBeUndefined();
  });

  test('endpoints that do not fit are said before', () => {
    const q = 'arn:aws:sqs:eu-west-1:123456789012:Q';
    expect(mistakeInEndpoint('sqs', q)).toBeUndefined();
    expect(mistakeInEndpoint('sqs', `${q}.fifo`)).toContain('standard topic');
    expect(mistakeInEndpoint('sqs', `${q}.fifo`, true)).toBeUndefined();
    expect(mistakeInEndpoint('email', 'a@b', true)).toContain('FIFO');
    for (const [protocol, endpoint] of [
      ['email', 'nobody'],
      ['https', 'http://example.com'],
      ['http', 'example.com'],
      ['sms', '0151'],
      ['lambda', q],
      ['sqs', ''],
    ] as const)
      expect(mistakeInEndpoint(protocol, endpoint)).toMatch(/\S/);
    expect(JSON.parse(policyLettingIn('', 'q', 't')).Statement).toHaveLength(1);
  });

  test('letting in a topic shuts out none of the same name elsewhere, nor what somebody wrote by hand', () => {
    const topics = ['arn:aws:sns:us-east-1:111111111111:Orders', 'arn:aws:sns:eu-west-1:222222222222:Orders'];
    const byHand = { Sid: 'allow-Orders', Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: 'q' };
    let policy: string | undefined = JSON.stringify({ Version: '2012-10-17', Statement: byHand });
    for (const topic of [...topics, ...topics]) policy = policyLettingIn(policy, 'q', topic);
    const { Statement } = JSON.parse(policy ?? '') as { Statement: { Sid: string; Condition?: object }[] };
    expect(Statement[0]).toEqual(byHand);
    expect(Statement.map(({ Condition }) => Condition).slice(1)).toEqual(
      topics.map((topic) => ({ ArnEquals: { 'aws:SourceArn': topic } })),
    );
    expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(3);
  });
});
