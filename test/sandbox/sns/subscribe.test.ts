import {
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invalid, noTopic, openSns, refusal, type OpenSns } from './openSns.ts';

let open: OpenSns;
let topic: string;
beforeAll(async () => {
  open = await openSns();
  topic = await open.topic('Order');
});
afterAll(() => open.aws.stop());

const sqsArn = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const subscribe = (Protocol: string, Endpoint: string, Attributes: Record<string, string> = {}, TopicArn = topic) =>
  open.sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes }));
const attributes = async (SubscriptionArn: string) =>
  (await open.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes ?? {};
const set = (SubscriptionArn: string, AttributeName: string, AttributeValue: string) =>
  open.sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
const unsubscribe = (SubscriptionArn: string) => open.sns.send(new UnsubscribeCommand({ SubscriptionArn }));
const refusedSms = (phone: string) => ({
  code: 'InvalidParameter',
  message: `Invalid SMS endpoint: ${phone}`,
  status: 400,
});

describe('subscribing', () => {
  it("one's own queue is confirmed at once, even before it exists", async () => {
    const { SubscriptionArn = '' } = await subscribe('sqs', sqsArn('later'));
    expect(SubscriptionArn).toMatch(new RegExp(`^${topic}:[0-9a-f-]{36}$`));
    expect(await attributes(SubscriptionArn)).toEqual({
      ConfirmationWasAuthenticated: 'true',
      Endpoint: sqsArn('later'),
      Owner: '123456789012',
      PendingConfirmation: 'false',
      Protocol: 'sqs',
      RawMessageDelivery: 'false',
      SubscriptionArn,
      SubscriptionPrincipal: 'arn:aws:iam::123456789012:user/learner',
      TopicArn: topic,
    });
  });

  it('a phone and a function need no confirmation, a mailbox does', async () => {
    expect((await subscribe('sms', '+123123123')).SubscriptionArn).toMatch(/^arn:/);
    const fn = 'arn:aws:lambda:us-east-1:123456789012:function:f';
    expect((await subscribe('lambda', fn)).SubscriptionArn).toMatch(/^arn:/);
    expect((await subscribe('email', 'a@example.com')).SubscriptionArn).toBe('pending confirmation');
  });

  it.each([
    ['test-protocol', 'x', 'Amazon SNS does not support this protocol string: test-protocol'],
    ['sqs', 'https://sqs.us-east-1.amazonaws.com/1/q', 'SQS endpoint ARN'],
    ['lambda', 'f', 'Lambda endpoint ARN'],
    ['http', 'https://example.com', 'Endpoint must match the specified protocol'],
    ['email', 'nobody', 'Email address'],
    ['application', 'x', 'ApplicationEndpoint ARN'],
    [
      'sqs',
      sqsArn('x.fifo'),
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    ],
  ])('%s %s is refused: %s', async (protocol, endpoint, message) => {
    expect(await refusal(subscribe(protocol, endpoint))).toEqual(invalid(message));
  });

  it.each(['+15--551234567', 'NAA+15551234567', '+15551234567.', '/+15551234567', 'invalid-number'])(
    'phone %s is refused',
    async (phone) => {
      expect(await refusal(subscribe('sms', phone))).toEqual(refusedSms(phone));
    },
  );

  it('wants a topic that is there', async () => {
    expect(await refusal(subscribe('sms', '+123123123', {}, `${topic}-no`))).toEqual(noTopic);
    expect(await refusal(subscribe('sms', '+123123123', {}, 'arn:aws:sns:us-east-1'))).toEqual(
      invalid('TopicArn Reason: An ARN must have at least 6 elements, not 4'),
    );
  });

  it('again gives the same subscription, unless attributes differ', async () => {
    const { SubscriptionArn } = await subscribe('sqs', sqsArn('again'), { RawMessageDelivery: 'true' });
    for (const given of [{ RawMessageDelivery: 'true' }, {}])
      expect((await subscribe('sqs', sqsArn('again'), given)).SubscriptionArn).toBe(SubscriptionArn);
    expect(await refusal(subscribe('sqs', sqsArn('again'), { RawMessageDelivery: 'false' }))).toEqual(
      invalid('Attributes Reason: Subscription already exists with different attributes'),
    );
  });
});

describe("a subscription's attributes", () => {
  it('are a closed list, with values to choose from', async () => {
    const { SubscriptionArn = '' } = await subscribe('sqs', sqsArn('closed'));
    for (const [name, value, message] of [
      ['FakeAttribute', 'x', 'AttributeName'],
      ['RawMessageDelivery', 'test-ValUe', 'RawMessageDelivery: Invalid value [test-ValUe]. Must be true or false.'],
      ['RawMessageDelivery', '', 'RawMessageDelivery: Invalid value []. Must be true or false.'],
      ['RedrivePolicy', '{"deadLetterTargetArn": "fake-arn"}', 'RedrivePolicy: deadLetterTargetArn is an invalid arn'],
      [
        'FilterPolicyScope',
        'Some',
        'FilterPolicyScope: Invalid value [Some]. Please use either MessageBody or MessageAttributes',
      ],
      [
        'FilterPolicy',
        '{"a":{"b":["c"]}}',
        'Filter policy scope MessageAttributes does not support nested filter policy',
      ],
    ] as const)
      expect(await refusal(set(SubscriptionArn, name, value))).toEqual(invalid(message));
    const wrong = (await refusal(set(SubscriptionArn, 'RedrivePolicy', '{invalidjson}'))).message;
    expect(wrong).toBe(
      "Invalid parameter: RedrivePolicy: failed to parse JSON. Unexpected character ('i' (code 105)): was expecting " +
        'double-quote to start field name\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` ' +
        'disabled); line: 1, column: 2]',
    );
  });

  it('a scope shows once there is a policy, and goes with it', async () => {
    const { SubscriptionArn = '' } = await subscribe('sqs', sqsArn('scoped'));
    await set(SubscriptionArn, 'FilterPolicyScope', 'MessageBody');
    expect(await attributes(SubscriptionArn)).not.toHaveProperty('FilterPolicyScope');
    await set(SubscriptionArn, 'FilterPolicy', '{"attr":{"deep":["match-this"]}}');
    expect(await attributes(SubscriptionArn)).toMatchObject({
      FilterPolicy: '{"attr":{"deep":["match-this"]}}',
      FilterPolicyScope: 'MessageBody',
    });
    await set(SubscriptionArn, 'FilterPolicy', '{}');
    expect(await attributes(SubscriptionArn)).not.toHaveProperty('FilterPolicy');
  });

  it('of HTTP show how often is tried, the own over the topic’s', async () => {
    const { SubscriptionArn = '' } = await open.sns.send(
      new SubscribeCommand({
        TopicArn: topic,
        Protocol: 'http',
        Endpoint: 'http://127.0.0.1:9/none',
        ReturnSubscriptionArn: true,
        Attributes: { DeliveryPolicy: JSON.stringify({ requestPolicy: { headerContentType: 'text/csv' } }) },
      }),
    );
    const { DeliveryPolicy = '', EffectiveDeliveryPolicy = '', ...rest } = await attributes(SubscriptionArn);
    expect(JSON.parse(DeliveryPolicy)).toEqual({
      healthyRetryPolicy: null,
      sicklyRetryPolicy: null,
      throttlePolicy: null,
      requestPolicy: { headerContentType: 'text/csv' },
      guaranteed: false,
    });
    expect(JSON.parse(EffectiveDeliveryPolicy)).toMatchObject({
      healthyRetryPolicy: { numRetries: 3, minDelayTarget: 20 },
      requestPolicy: { headerContentType: 'text/csv' },
    });
    expect(rest).toMatchObject({ PendingConfirmation: 'true', ConfirmationWasAuthenticated: 'false' });
  });
});

describe('unsubscribing', () => {
  it('twice is no error, then there is none', async () => {
    const { SubscriptionArn = '' } = await subscribe('sqs', sqsArn('gone'));
    await unsubscribe(SubscriptionArn);
    await unsubscribe(SubscriptionArn);
    expect(await refusal(attributes(SubscriptionArn))).toEqual({
      code: 'NotFound',
      message: 'Subscription does not exist',
      status: 404,
    });
  });

  it.each([
    ['randomstring', 'SubscriptionArn Reason: An ARN must have at least 6 elements, not 1'],
    ['arn:aws:sns:us-east-1:random', 'SubscriptionArn Reason: An ARN must have at least 6 elements, not 5'],
    ['arn:aws:sns:us-east-1:111111111111:random', 'SubscriptionId'],
    ['', 'SubscriptionArn Reason: no value for required parameter'],
  ])('from %j is refused', async (arn, message) => {
    expect(await refusal(unsubscribe(arn))).toEqual(invalid(message));
  });
});

it('subscriptions are listed in pages of 100, pending ones without their ARN, and counted', async () => {
  const many = await open.topic('many');
  for (let index = 0; index < 100; index++) await subscribe('sqs', sqsArn(`q${index}`), {}, many);
  await subscribe('email', 'b@example.com', {}, many);
  const first = await open.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: many }));
  expect(first.Subscriptions).toHaveLength(100);
  const { NextToken } = first;
  const second = await open.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: many, NextToken }));
  expect(second.Subscriptions).toEqual([
    {
      SubscriptionArn: 'PendingConfirmation',
      Owner: '123456789012',
      Protocol: 'email',
      Endpoint: 'b@example.com',
      TopicArn: many,
    },
  ]);
  expect(second.NextToken).toBeUndefined();
  const { Attributes } = await open.sns.send(new GetTopicAttributesCommand({ TopicArn: many }));
  expect(Attributes).toMatchObject({ SubscriptionsConfirmed: '100', SubscriptionsPending: '1' });

  await open.sns.send(new DeleteTopicCommand({ TopicArn: many }));
  const { Subscriptions = [] } = await open.sns.send(new ListSubscriptionsCommand({}));
  expect(Subscriptions.filter(({ TopicArn }) => TopicArn === many)).toEqual([]);
});
