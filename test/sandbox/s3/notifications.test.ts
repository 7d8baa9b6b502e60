import {
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  type NotificationConfiguration,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
let sqs: SQSClient;
let sns: SNSClient;
beforeAll(async () => {
  own = await startS3();
  sqs = own.aws.client(SQSClient);
  sns = own.aws.client(SNSClient);
});
afterAll(() => own.aws.stop());

const arnOf = (service: string, name: string): string => `arn:aws:${service}:us-east-1:${own.aws.account}:${name}`;
const lets = (service: string, action: string, resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: action, Resource: resource }],
  });

async function queue(name: string, service = 's3.amazonaws.com'): Promise<{ url: string; arn: string }> {
  const arn = arnOf('sqs', name);
  const Attributes = { Policy: lets(service, 'sqs:SendMessage', arn) };
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  return { url, arn };
}

/** The next message, as JSON, taken off the queue. */
async function next(QueueUrl: string): Promise<unknown> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
  const [message] = Messages;
  if (!message) return undefined;
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
  return JSON.parse(message.Body ?? '');
}

const save = (Bucket: string, NotificationConfiguration: NotificationConfiguration) =>
  own.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));

test('a topic that does not let S3 publish is refused by name and reason; then the test event comes through it', async () => {
  const Bucket = await own.bucket();
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'Order' }));
  const { url, arn } = await queue('ContentQ', 'sns.amazonaws.com');
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn }));
  const configuration: NotificationConfiguration = {
    TopicConfigurations: [{ Id: 'ForSNSNotification', TopicArn, Events: ['s3:ObjectCreated:Put'] }],
  };
  await expectRefusal(save(Bucket, configuration), 'InvalidArgument', {
    message: 'Unable to validate the following destination configurations',
    ArgumentName1: TopicArn,
    ArgumentValue1: 'Permissions on the destination topic do not allow S3 to publish notifications from this bucket',
  });
  const Policy = JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'SNS:Publish',
        Resource: TopicArn,
        Condition: {
          ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${Bucket}` },
          StringEquals: { 'aws:SourceAccount': own.aws.account },
        },
      },
    ],
  });
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue: Policy }));
  await save(Bucket, configuration);
  const envelope = await next(url);
  expect(envelope).toMatchObject({ Type: 'Notification', TopicArn, Subject: 'Amazon S3 Notification' });
  const { Message } = envelope as { Message: string };
  expect(JSON.parse(Message)).toMatchObject({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket });
});

test('records tell what happened to which object', async () => {
  const Bucket = await own.bucket();
  const { url, arn } = await queue('records');
  await save(Bucket, { QueueConfigurations: [{ Id: 'mine', QueueArn: arn, Events: ['s3:ObjectCreated:*'] }] });
  await next(url);
  await own.put(Bucket, 'orders/a b+ü.txt', 'notebook');
  const { Records } = (await next(url)) as { Records: object[] };
  expect(Records).toEqual([
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
      eventName: 'ObjectCreated:Put',
      userIdentity: { principalId: expect.stringMatching(/^AWS:AIDA/) },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-request-id': expect.any(String), 'x-amz-id-2': expect.any(String) },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'mine',
        bucket: {
          name: Bucket,
          ownerIdentity: { principalId: expect.stringMatching(/^A[0-9A-Z]{13}$/) },
          arn: `arn:aws:s3:::${Bucket}`,
        },
        object: {
          key: 'orders/a+b%2B%C3%BC.txt',
          size: 8,
          eTag: 'fb5d1b4a2312e239652b13a24ed9a74f',
          sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
        },
      },
    },
  ]);
});

test('only what a rule names is told', async () => {
  const Bucket = await own.bucket();
  const { url, arn } = await queue('filtered');
  const FilterRules = [
    { Name: 'prefix' as const, Value: 'in/' },
    { Name: 'suffix' as const, Value: '.txt' },
  ];
  const rule = { QueueArn: arn, Events: ['s3:ObjectRemoved:Delete' as const], Filter: { Key: { FilterRules } } };
  await save(Bucket, { QueueConfigurations: [rule], EventBridgeConfiguration: {} });
  await next(url);
  for (const Key of ['out/a.txt', 'in/a.csv', 'in/a.txt']) {
    await own.put(Bucket, Key);
    await own.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  }
  expect(await next(url)).toMatchObject({
    Records: [{ eventName: 'ObjectRemoved:Delete', s3: { object: { key: 'in/a.txt' } } }],
  });
  expect(await next(url)).toBeUndefined();
  const kept = await own.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
  expect(kept).toMatchObject({ EventBridgeConfiguration: {}, QueueConfigurations: [{ Id: expect.any(String) }] });
});

test('rules that overlap, and destinations that are not there, are refused', async () => {
  const Bucket = await own.bucket();
  const { arn } = await queue('overlap');
  const rule = (Value: string) => ({
    QueueArn: arn,
    Events: ['s3:ObjectCreated:*' as const],
    ...(Value && { Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value }] } } }),
  });
  const both = (a: string, b: string) => save(Bucket, { QueueConfigurations: [rule(a), rule(b)] });
  await expectRefusal(both('', ''), 'InvalidArgument', {
    message: 'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
  });
  await expectRefusal(both('a', 'ab'), 'InvalidArgument', {
    message: expect.stringMatching(/^Configuration is ambig/),
  });
  await both('a', 'b');
  await expectRefusal(
    save(Bucket, { QueueConfigurations: [{ QueueArn: arnOf('sqs', 'none'), Events: ['s3:ObjectCreated:*'] }] }),
    'InvalidArgument',
    { ArgumentName1: arnOf('sqs', 'none'), ArgumentValue1: 'The destination queue does not exist' },
  );
  await expectRefusal(
    save(Bucket, {
      LambdaFunctionConfigurations: [
        { LambdaFunctionArn: arnOf('lambda', 'function:none'), Events: ['s3:ObjectCreated:*'] },
      ],
    }),
    'InvalidArgument',
    { ArgumentValue1: `Not authorized to invoke function [${arnOf('lambda', 'function:none')}]` },
  );
});
