// The four operations that are measured, as one client offers them; made with raw requests or with the AWS SDK.
import {
  SNSClient,
  CreateTopicCommand,
  DeleteTopicCommand,
  PublishCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Agent } from 'node:http';
import { RawConnection, snsRequest, sqsRequest } from './rawRequest.ts';

export interface Shop {
  /** Each does one request; `worker` says which of the parallel callers asks. */
  readonly operations: Readonly<Record<Operation, (worker: number) => Promise<void>>>;
  close(): Promise<void>;
}
export const operationNames = ['send', 'receive', 'delete', 'publish'] as const;
export type Operation = (typeof operationNames)[number];

const body = JSON.stringify({ order: 1001, item: 'a ruled notebook', note: 'x'.repeat(200) });
const region = 'us-east-1';
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };

interface Places {
  readonly queueUrl: string;
  readonly topicArn: string;
  readonly handles: string[];
  clear(): Promise<void>;
}

export async function openShop(mode: 'raw' | 'sdk', endpoint: string, inFlight: number): Promise<Shop> {
  const httpAgent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const options = { endpoint, region, credentials, maxAttempts: 1, requestHandler: { httpAgent } };
  const sqs = new SQSClient({ ...options, useQueueUrlAsEndpoint: false });
  const sns = new SNSClient(options);
  const places = await preparePlaces(sqs, sns);
  const made = mode === 'raw' ? await rawOperations(endpoint, places, inFlight) : sdkOperations(sqs, sns, places);
  return {
    operations: made.operations,
    async close() {
      made.close();
      await places.clear();
      sqs.destroy();
      sns.destroy();
    },
  };
}

/** A queue for sending and receiving; a topic with three queues. */
async function preparePlaces(sqs: SQSClient, sns: SNSClient): Promise<Places> {
  const uid = Math.random().toString(36).slice(2);
  const makeQueue = async (name: string): Promise<string> => {
    const Attributes = { VisibilityTimeout: '900' };
    return (await sqs.send(new CreateQueueCommand({ QueueName: `${name}-${uid}`, Attributes }))).QueueUrl ?? '';
  };
  const queueUrl = await makeQueue('bench');
  const topicArn = (await sns.send(new CreateTopicCommand({ Name: `bench-${uid}` }))).TopicArn ?? '';
  const targets = await Promise.all(['a', 'b', 'c'].map(makeQueue));
  for (const QueueUrl of targets) await letIn(sqs, sns, QueueUrl, topicArn);
  return {
    queueUrl,
    topicArn,
    handles: [],
    async clear() {
      await sns.send(new DeleteTopicCommand({ TopicArn: topicArn }));
      await Promise.all([queueUrl, ...targets].map((QueueUrl) => sqs.send(new DeleteQueueCommand({ QueueUrl }))));
    },
  };
}

async function letIn(sqs: SQSClient, sns: SNSClient, QueueUrl: string, TopicArn: string): Promise<void> {
  const facts = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const Endpoint = facts.Attributes?.['QueueArn'] ?? '';
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: Endpoint,
    Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
}

interface Made {
  readonly operations: Shop['operations'];
  close(): void;
}

async function rawOperations(endpoint: string, places: Places, inFlight: number): Promise<Made> {
  const connections = await Promise.all(Array.from({ length: inFlight }, () => RawConnection.open(endpoint)));
  const { queueUrl: QueueUrl, handles } = places;
  const send = sqsRequest(endpoint, 'SendMessage', { QueueUrl, MessageBody: body });
  const receive = sqsRequest(endpoint, 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1 });
  const publish = snsRequest(endpoint, 'Publish', { TopicArn: places.topicArn, Message: body });
  const ask = async (worker: number, request: Buffer): Promise<string> => {
    const answer = await connections[worker]?.send(request);
    if (answer?.status !== 200) throw new Error(`${answer?.status}: ${answer?.body}`);
    return answer.body;
  };
  return {
    operations: {
      send: async (worker) => void (await ask(worker, send)),
      receive: async (worker) => {
        const handle = /"ReceiptHandle":"([^"]+)"/.exec(await ask(worker, receive))?.[1];
        if (handle === undefined) throw new Error('no message was received');
        handles.push(handle);
      },
      delete: async (worker) => {
        const ReceiptHandle = handles.pop();
        await ask(worker, sqsRequest(endpoint, 'DeleteMessage', { QueueUrl, ReceiptHandle }));
      },
      publish: async (worker) => void (await ask(worker, publish)),
    },
    close: () => connections.forEach((connection) => connection.close()),
  };
}

function sdkOperations(sqs: SQSClient, sns: SNSClient, places: Places): Made {
  const { queueUrl: QueueUrl, topicArn: TopicArn, handles } = places;
  return {
    operations: {
      send: async () => void (await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }))),
      receive: async () => {
        const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1 }));
        handles.push(Messages?.[0]?.ReceiptHandle ?? '');
      },
      delete: async () =>
        void (await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handles.pop() ?? '' }))),
      publish: async () => void (await sns.send(new PublishCommand({ TopicArn, Message: body }))),
    },
    close: () => {},
  };
}
