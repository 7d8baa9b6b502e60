import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
  SetQueueAttributesCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';

export interface OpenSns {
  readonly aws: TestSandbox;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  topic(name: string, attributes?: Record<string, string>): Promise<string>;
  /** A queue that takes from every topic. */
  queue(name: string, policy?: object | 'none'): Promise<Queue>;
  subscribe(topic: string, queue: Queue, attributes?: Record<string, string>): Promise<string>;
  /** What is in the queue, taken out. */
  take(queue: Queue): Promise<Message[]>;
  mails(): Promise<Mail[]>;
}

export interface Queue {
  readonly url: string;
  readonly arn: string;
}

export interface Mail {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly body: string;
  readonly links: { readonly label: string; readonly url: string }[];
}

export async function openSns(options: Partial<SandboxOptions> = {}): Promise<OpenSns> {
  const aws = await startTestSandbox(options);
  const sns = aws.client(SNSClient);
  const sqs = aws.client(SQSClient);
  return {
    aws,
    sns,
    sqs,
    async topic(Name, Attributes) {
      const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name, ...(Attributes && { Attributes }) }));
      return TopicArn;
    },
    async queue(name, policy = { Version: '2012-10-17' }) {
      const arn = `arn:aws:sqs:${aws.region}:${aws.account}:${name}`;
      const fifo = name.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
      const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: fifo }));
      const statement = {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: arn,
      };
      if (policy !== 'none') {
        const Policy = JSON.stringify({ Statement: [statement], ...policy });
        await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
      }
      return { url: QueueUrl, arn };
    },
    async subscribe(TopicArn, { arn }, Attributes) {
      const { SubscriptionArn = '' } = await sns.send(
        new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn, ...(Attributes && { Attributes }) }),
      );
      return SubscriptionArn;
    },
    async take({ url }) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['All'],
        }),
      );
      for (const { ReceiptHandle } of Messages)
        await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      return Messages;
    },
    async mails() {
      const { messages } = (await aws.admin('mailbox')) as { messages: Mail[] };
      return messages;
    },
  };
}

/** How AWS refuses: the wire's code, the message, the status. */
export async function refusal(refused: Promise<unknown>): Promise<{ code: string; message: string; status: number }> {
  const answered = await refused.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(answered instanceof Error)) throw new Error('This was to be refused.');
  const { Code, $metadata } = answered as Error & { Code?: string; $metadata?: { httpStatusCode?: number } };
  return { code: Code ?? answered.name, message: answered.message, status: $metadata?.httpStatusCode ?? 0 };
}

export const invalid = (what: string) => ({
  code: 'InvalidParameter',
  message: `Invalid parameter: ${what}`,
  status: 400,
});

export const noTopic = { code: 'NotFound', message: 'Topic does not exist', status: 404 };

/** Waits for what happens soon, in real time. */
export async function until<Value>(look: () => Value | undefined | Promise<Value | undefined>): Promise<Value> {
  for (let tries = 0; tries < 200; tries++) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('It did not happen within two seconds.');
}
