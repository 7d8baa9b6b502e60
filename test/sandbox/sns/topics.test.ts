import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListTopicsCommand,
  SNSClient,
  SetTopicAttributesCommand,
  type CreateTopicCommandInput,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invalid, noTopic, openSns, refusal, type OpenSns } from './openSns.ts';

let open: OpenSns;
beforeAll(async () => {
  open = await openSns();
});
afterAll(() => open.aws.stop());

const create = (input: CreateTopicCommandInput) => open.sns.send(new CreateTopicCommand(input));
const attributes = async (TopicArn: string) =>
  (await open.sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes ?? {};
const set = (TopicArn: string, AttributeName: string, AttributeValue: string) =>
  open.sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));

describe('a topic', () => {
  it('has what AWS gives a new one', async () => {
    const arn = await open.topic('Order');
    expect(arn).toBe('arn:aws:sns:us-east-1:123456789012:Order');
    const { Policy = '', EffectiveDeliveryPolicy = '', ...rest } = await attributes(arn);
    expect(rest).toEqual({
      DisplayName: '',
      Owner: '123456789012',
      SubscriptionsConfirmed: '0',
      SubscriptionsDeleted: '0',
      SubscriptionsPending: '0',
      TopicArn: arn,
    });
    expect(JSON.parse(Policy)).toMatchObject({
      Version: '2008-10-17',
      Id: '__default_policy_ID',
      Statement: [
        {
          Sid: '__default_statement_ID',
          Principal: { AWS: '*' },
          Resource: arn,
          Condition: { StringEquals: { 'AWS:SourceOwner': '123456789012' } },
        },
      ],
    });
    expect(JSON.parse(EffectiveDeliveryPolicy)).toEqual({
      http: {
        defaultHealthyRetryPolicy: {
          minDelayTarget: 20,
          maxDelayTarget: 20,
          numRetries: 3,
          numMaxDelayRetries: 0,
          numNoDelayRetries: 0,
          numMinDelayRetries: 0,
          backoffFunction: 'linear',
        },
        disableSubscriptionOverrides: false,
        defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
      },
    });
  });

  it('of type FIFO says so', async () => {
    const arn = await open.topic('first.fifo', { FifoTopic: 'true', DisplayName: 'First', SignatureVersion: '2' });
    expect(await attributes(arn)).toMatchObject({
      FifoTopic: 'true',
      ContentBasedDeduplication: 'false',
      DisplayName: 'First',
      SignatureVersion: '2',
    });
  });

  it.each([
    ['', {}],
    ['a'.repeat(257), {}],
    ['with space', {}],
    ['with.fifo', {}],
    ['without', { FifoTopic: 'true' }],
    ['ümlaut', {}],
  ])('cannot be named %j (%j)', async (Name, Attributes) => {
    expect(await refusal(create({ Name, Attributes }))).toEqual(invalid('Topic Name'));
  });

  it('can be created again, but not with other attributes or tags', async () => {
    const Name = 'again';
    const Tags = [{ Key: 'k1', Value: 'v1' }];
    const { TopicArn } = await create({ Name, Attributes: { DisplayName: 'One' }, Tags });
    expect((await create({ Name })).TopicArn).toBe(TopicArn);
    expect((await create({ Name, Attributes: { DisplayName: 'One' }, Tags })).TopicArn).toBe(TopicArn);
    const attributesDiffer = invalid('Attributes Reason: Topic already exists with different attributes');
    expect(await refusal(create({ Name, Attributes: { DisplayName: 'Two' } }))).toEqual(attributesDiffer);
    expect(await refusal(create({ Name, Attributes: { KmsMasterKeyId: 'k' } }))).toEqual(attributesDiffer);
    expect(await refusal(create({ Name, Tags: [...Tags, { Key: 'k2', Value: 'v2' }] }))).toEqual(
      invalid('Tags Reason: Topic already exists with different tags'),
    );
  });

  it('is gone when deleted, and deleting again is no error', async () => {
    const TopicArn = await open.topic('short');
    await open.sns.send(new DeleteTopicCommand({ TopicArn }));
    await open.sns.send(new DeleteTopicCommand({ TopicArn }));
    expect(await refusal(attributes(TopicArn))).toEqual(noTopic);
  });

  it('is found in its own region only', async () => {
    const arn = await open.topic('here');
    const west = open.aws.client(SNSClient, { region: 'us-west-2' });
    expect(await refusal(west.send(new GetTopicAttributesCommand({ TopicArn: arn })))).toEqual(invalid('TopicArn'));
    expect((await west.send(new ListTopicsCommand({}))).Topics).toEqual([]);
  });

  it('is named by an ARN', async () => {
    expect(await refusal(attributes('topic'))).toEqual(
      invalid('TopicArn Reason: An ARN must have at least 6 elements, not 1'),
    );
  });
});

describe('attributes', () => {
  it('are a closed list, with values to choose from', async () => {
    const arn = await open.topic('closed');
    for (const [name, value] of [
      ['FifoTopic', 'false'],
      ['ContentBasedDeduplication', 'true'],
      ['Colour', 'red'],
    ] as const)
      expect(await refusal(set(arn, name, value))).toEqual(invalid('AttributeName'));
    expect(await refusal(set(arn, 'SignatureVersion', '3'))).toEqual(invalid('SignatureVersion'));
    expect(await refusal(set(arn, 'Policy', '{'))).toEqual(invalid('Policy Error: null'));
    await set(arn, 'TracingConfig', 'Active');
    await set(arn, 'SQSSuccessFeedbackSampleRate', '10');
    expect(await attributes(arn)).toMatchObject({ TracingConfig: 'Active', SQSSuccessFeedbackSampleRate: '10' });
  });

  it('DeliveryPolicy shows in the effective one, and can be taken back', async () => {
    const arn = await open.topic('retrying');
    const policy = { http: { defaultHealthyRetryPolicy: { minDelayTarget: 5, maxDelayTarget: 6, numRetries: 1 } } };
    await set(arn, 'DeliveryPolicy', JSON.stringify(policy));
    const { DeliveryPolicy = '', EffectiveDeliveryPolicy = '' } = await attributes(arn);
    expect(JSON.parse(DeliveryPolicy)).toEqual({ http: { ...policy.http, disableSubscriptionOverrides: false } });
    expect(JSON.parse(EffectiveDeliveryPolicy)).toMatchObject({
      http: {
        defaultHealthyRetryPolicy: { minDelayTarget: 5, maxDelayTarget: 6, numRetries: 1, backoffFunction: 'linear' },
      },
    });
    await set(arn, 'DeliveryPolicy', JSON.stringify({ http: { defaultHealthyRetryPolicy: null } }));
    expect(JSON.parse((await attributes(arn))['DeliveryPolicy'] ?? '')).toEqual({
      http: { disableSubscriptionOverrides: false },
    });
    await set(arn, 'DeliveryPolicy', '');
    expect(await attributes(arn)).not.toHaveProperty('DeliveryPolicy');
  });
});

it('topics are listed in pages of 100', async () => {
  const { sns, aws, topic } = await openSns();
  for (let index = 0; index < 101; index++) await topic(`t${index}`);
  const first = await sns.send(new ListTopicsCommand({}));
  expect(first.Topics).toHaveLength(100);
  const second = await sns.send(new ListTopicsCommand({ NextToken: first.NextToken }));
  expect(second.Topics).toHaveLength(1);
  expect(second.NextToken).toBeUndefined();
  await aws.stop();
});
