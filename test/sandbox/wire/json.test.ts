import { GetRecordsCommand, KinesisClient, ListStreamsCommand, PutRecordCommand } from '@aws-sdk/client-kinesis';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../../../src/sandbox/service.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';
import { testServices } from './testServices.ts';

let aws: TestSandbox;
let sqs: SQSClient;
const seen: object[] = [];
const arrived = new Date('2026-01-02T03:04:05.678Z');

beforeAll(async () => {
  aws = await startTestSandbox({
    services: testServices({
      kinesis: {
        PutRecord(input) {
          seen.push(input);
          return { ShardId: 's', SequenceNumber: '1' };
        },
        GetRecords: () => ({
          Records: [
            { SequenceNumber: '1', Data: Buffer.from('dätä'), PartitionKey: 'p', ApproximateArrivalTimestamp: arrived },
          ],
          MillisBehindLatest: 0,
        }),
      },
      sqs: {
        CreateQueue(input, call) {
          seen.push(input);
          return { QueueUrl: `${call.endpoint}/${call.account}/${input.QueueName}` };
        },
        GetQueueUrl() {
          throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
        },
        SendMessage(input) {
          seen.push(input);
          return { MessageId: 'm' };
        },
      },
    }),
  });
  sqs = aws.client(SQSClient);
  // The schemas of a big service take a while to be compiled for the test.
  await aws.sandbox.hosting.load('kinesis');
}, 60_000);
afterAll(() => aws.stop());

it('speaks HTTP/2 with prior knowledge on the same port, with bytes and times', async () => {
  const kinesis = aws.client(KinesisClient);
  await kinesis.send(new PutRecordCommand({ StreamName: 's', PartitionKey: 'p', Data: Buffer.from('dätä') }));
  expect(seen.pop()).toEqual({ StreamName: 's', PartitionKey: 'p', Data: Buffer.from('dätä') });
  const { Records } = await kinesis.send(new GetRecordsCommand({ ShardIterator: 'i' }));
  expect(Buffer.from(Records?.[0]?.Data ?? []).toString()).toBe('dätä');
  expect(Records?.[0]?.ApproximateArrivalTimestamp).toEqual(arrived);
  await expect(kinesis.send(new ListStreamsCommand({}))).rejects.toMatchObject({
    name: 'NotImplemented',
    message: 'kinesis.ListStreams is not implemented in the sandbox.',
  });
});

it('reads and writes bytes deep inside', async () => {
  const MessageAttributes = {
    a: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
    b: { DataType: 'String', StringValue: 'x' },
  };
  await sqs.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'é', MessageAttributes })).catch(() => undefined);
  expect(seen.pop()).toEqual({
    QueueUrl: 'q',
    MessageBody: 'é',
    MessageAttributes: { ...MessageAttributes, a: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]) } },
  });
});

it('refuses with the names of both protocols', async () => {
  await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'none' }))).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
    Code: 'AWS.SimpleQueueService.NonExistentQueue',
    message: 'The specified queue does not exist.',
    $fault: 'client',
    $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
});

describe('bad requests', () => {
  const post = async (target: string, body: string): Promise<[number, unknown]> => {
    const { accessKeyId } = aws.credentials;
    const response = await fetch(loose.endpoint, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': target,
        'x-amz-date': '20260101T000000Z',
        authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=x`,
      },
    });
    return [response.status, await response.json()];
  };
  let loose: TestSandbox;
  beforeAll(async () => {
    loose = await startTestSandbox({
      anyCredentials: true,
      services: testServices({ sqs: { CreateQueue: (input) => void seen.push(input) as never } }),
    });
  });
  afterAll(() => loose.stop());

  const cases: [string, string, string, object][] = [
    ['no JSON', 'AmazonSQS.CreateQueue', '{"QueueName"', { __type: 'com.amazon.coral.service#SerializationException' }],
    [
      'a number for a text',
      'AmazonSQS.CreateQueue',
      '{"QueueName":1}',
      {
        __type: expect.stringContaining('SerializationException'),
        message: 'NUMBER_VALUE can not be converted to a String',
      },
    ],
    ['a list for an object', 'AmazonSQS.CreateQueue', '[]', { message: 'Start of list found where not expected' }],
    [
      'nothing',
      'AmazonSQS.CreateQueue',
      '',
      {
        __type: 'com.amazon.coral.service#MissingRequiredParameterException',
        message: 'The request must contain the parameter QueueName.',
      },
    ],
    ['an unknown operation', 'AmazonSQS.Fly', '{}', { __type: expect.stringContaining('UnknownOperationException') }],
  ];
  it.each(cases)('%s', async (_what, target, body, expected) => {
    expect(await post(target, body)).toEqual([400, expect.objectContaining(expected)]);
  });

  it('a known operation without semantics', async () => {
    await expect(sqs.send(new ListQueuesCommand({}))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'sqs.ListQueues is not implemented in the sandbox.',
    });
  });

  it('a service that is not there', async () => {
    expect(await post('DynamoDB_20120810.ListTables', '{}')).toEqual([
      501,
      expect.objectContaining({ message: 'The sandbox has no service DynamoDB_20120810.' }),
    ]);
  });

  it('unknown members and nulls are passed over', async () => {
    await post(
      'AmazonSQS.CreateQueue',
      '{"QueueName":"q","Colour":{"x":1},"Attributes":null,"tags":{"__proto__":"v"}}',
    );
    const input = seen.pop() as { QueueName: string; tags: object };
    expect(input.QueueName).toBe('q');
    expect('Attributes' in input).toBe(false);
    expect(Object.getOwnPropertyNames(input.tags)).toEqual(['__proto__']);
  });

  it('take the account from the key id where any are allowed', async () => {
    const own = loose.client(SQSClient, { credentials: { accessKeyId: '111122223333', secretAccessKey: 'x' } });
    await own.send(new CreateQueueCommand({ QueueName: 'q' }));
    const { calls } = (await loose.admin('calls')) as { calls: { account: string }[] };
    expect(calls.at(-1)?.account).toBe('111122223333');
  });
});
