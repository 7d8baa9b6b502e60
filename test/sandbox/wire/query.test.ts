import {
  CreateTopicCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../../../src/sandbox/service.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';
import { testServices } from './testServices.ts';

let aws: TestSandbox;
let sns: SNSClient;
const seen: object[] = [];

beforeAll(async () => {
  aws = await startTestSandbox({
    anyCredentials: true,
    services: testServices({
      sns: {
        CreateTopic(input) {
          seen.push(input);
          return { TopicArn: 'arn:<x>&"y"' };
        },
        Publish(input) {
          seen.push(input);
          return { MessageId: 'm' };
        },
        SetTopicAttributes: () => {
          throw new AwsError('InvalidParameterException', 'Invalid parameter: AttributeName');
        },
        Unsubscribe: (input) => void seen.push(input),
        ConfirmSubscription(input, { caller }) {
          seen.push({ ...input, by: caller.kind });
          return { SubscriptionArn: 'arn' };
        },
      },
      sqs: {
        SendMessage(input) {
          seen.push(input);
          return { MessageId: 'm', MD5OfMessageBody: 'x' };
        },
        ReceiveMessage(input) {
          seen.push(input);
          return {
            Messages: [
              {
                MessageId: 'm',
                Body: 'a<b',
                Attributes: { SenderId: 's' },
                MessageAttributes: { k: { DataType: 'Binary', BinaryValue: Buffer.from('b') } },
              },
            ],
          };
        },
        SendMessageBatch(input) {
          seen.push(input);
          return { Successful: [], Failed: [] };
        },
        ListQueues: () => ({}),
        CreateQueue: () => ({ QueueUrl: 'q' }),
        GetQueueUrl: () => {
          throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
        },
      },
    }),
  });
  sns = aws.client(SNSClient);
});
afterAll(() => aws.stop());

it('reads maps, lists and bytes', async () => {
  const { TopicArn } = await sns.send(
    new CreateTopicCommand({
      Name: 't',
      Attributes: { DisplayName: 'a b&c', Policy: '' },
      Tags: [{ Key: 'k', Value: 'v' }],
    }),
  );
  expect(TopicArn).toBe('arn:<x>&"y"');
  expect(seen.pop()).toEqual({
    Name: 't',
    Attributes: { DisplayName: 'a b&c', Policy: '' },
    Tags: [{ Key: 'k', Value: 'v' }],
  });
  await sns.send(
    new PublishCommand({
      Message: 'm\n\r',
      MessageAttributes: { b: { DataType: 'Binary', BinaryValue: new Uint8Array([255]) } },
    }),
  );
  expect(seen.pop()).toEqual({
    Message: 'm\n\r',
    MessageAttributes: { b: { DataType: 'Binary', BinaryValue: Buffer.from([255]) } },
  });
});

it('refuses with the code of the query protocol', async () => {
  const set = new SetTopicAttributesCommand({ TopicArn: 't', AttributeName: 'x' });
  await expect(sns.send(set)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    Error: { Code: 'InvalidParameter', Type: 'Sender' },
    message: 'Invalid parameter: AttributeName',
  });
  await expect(sns.send(new SubscribeCommand({} as never))).rejects.toMatchObject({ name: 'NotImplemented' });
  await expect(sns.send(new UnsubscribeCommand({} as never))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    Error: { Code: 'InvalidParameter' },
    message: 'Invalid parameter: SubscriptionArn Reason: no value for required parameter',
  });
  await expect(
    sns.send(new PublishCommand({ MessageAttributes: { a: {} as never }, Message: 'm' })),
  ).rejects.toMatchObject({
    name: 'ValidationError',
    message:
      "1 validation error detected: Value null at 'messageAttributes.a.member' failed to satisfy constraint: Member must not be null",
  });
});

it('tells no detail of an error, but for SQS', async () => {
  const response = await fetch(`${aws.endpoint}/?Action=ConfirmSubscription&TopicArn=arn%3At`);
  expect(await response.text()).toMatch(/<\/Message><\/Error><RequestId>/);
});

it('follows links of mails, which carry no signature', async () => {
  const response = await fetch(`${aws.endpoint}/?Action=ConfirmSubscription&TopicArn=arn%3At&Token=abc`);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('<SubscriptionArn>arn</SubscriptionArn>');
  expect(seen.pop()).toEqual({ TopicArn: 'arn:t', Token: 'abc', by: 'anonymous' });
});

describe('the older protocol of SQS', () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=x';
  const post = (path: string, body: string): Promise<Response> =>
    fetch(aws.endpoint + path, {
      method: 'POST',
      body,
      headers: {
        authorization,
        'x-amz-date': '20260101T000000Z',
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      },
    });

  it('is spoken at the queue, too', async () => {
    const response = await post(
      '/123456789012/q',
      'Action=SendMessage&Version=2012-11-05&MessageBody=a+b%26c&MessageAttribute.1.Name=k&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=v',
    );
    expect(response.headers.get('content-type')).toBe('text/xml');
    expect(await response.text()).toMatch(
      /^<\?xml version="1.0"\?><SendMessageResponse xmlns="http:\/\/queue.amazonaws.com\/doc\/2012-11-05\/"><SendMessageResult><MD5OfMessageBody>x<\/MD5OfMessageBody><MessageId>m<\/MessageId><\/SendMessageResult><ResponseMetadata><RequestId>[0-9a-f-]{36}<\/RequestId><\/ResponseMetadata><\/SendMessageResponse>$/,
    );
    expect(seen.pop()).toEqual({
      QueueUrl: `${aws.endpoint}/123456789012/q`,
      MessageBody: 'a b&c',
      MessageAttributes: { k: { DataType: 'String', StringValue: 'v' } },
    });
  });

  it('is spoken by GET', async () => {
    const response = await fetch(
      `${aws.endpoint}/123456789012/q?Action=ReceiveMessage&MaxNumberOfMessages=2&MessageAttributeName.1=All`,
      { headers: { authorization, 'x-amz-date': '20260101T000000Z' } },
    );
    const text = await response.text();
    expect(text).toContain(
      '<Message><MessageId>m</MessageId><Body>a&lt;b</Body><Attribute><Name>SenderId</Name><Value>s</Value></Attribute>',
    );
    expect(text).toContain(
      '<MessageAttribute><Name>k</Name><Value><DataType>Binary</DataType><BinaryValue>Yg==</BinaryValue></Value></MessageAttribute>',
    );
    expect(seen.pop()).toEqual({
      QueueUrl: `${aws.endpoint}/123456789012/q`,
      MaxNumberOfMessages: 2,
      MessageAttributeNames: ['All'],
    });
  });

  it('refuses with its own code', async () => {
    const response = await post('/', 'Action=GetQueueUrl&QueueName=none');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(
      '<Error><Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>The specified queue does not exist for this wsdl version.</Message><Detail/></Error>',
    );
  });

  const bad: [string, string, number, string][] = [
    ['an unknown action', 'Action=Fly', 400, '<Code>InvalidAction</Code>'],
    [
      'text for a number',
      'Action=ReceiveMessage&QueueUrl=q&MaxNumberOfMessages=many',
      400,
      '<Code>MalformedInput</Code>',
    ],
    ['a broken escape', 'Action=SendMessage&MessageBody=%E0%A4%A', 404, '<Code>MalformedQueryString</Code>'],
    [
      'a missing parameter',
      'Action=SendMessage&QueueUrl=q',
      400,
      '<Message>The request must contain the parameter MessageBody.</Message>',
    ],
  ];
  it.each(bad)('refuses %s', async (_what, body, status, text) => {
    const response = await post('/', body);
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(text)]);
  });

  it.each(['ListQueues', 'CreateQueue'])('%s is no action at a queue', async (action) => {
    const response = await post('/123456789012/q', `Action=${action}&QueueName=x`);
    const text = `<Code>InvalidAction</Code><Message>The action ${action} is not valid for this endpoint.</Message>`;
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(text)]);
  });

  it.each(['', '&Entries='])('a batch without entries%s is an empty one', async (more) => {
    await post('/', `Action=SendMessageBatch&QueueUrl=q${more}`);
    expect(seen.pop()).toEqual({ QueueUrl: 'q', Entries: [] });
  });
});
