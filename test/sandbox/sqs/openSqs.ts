// A sandbox with an SQS client for one test file, and the few acts that nearly every test of SQS begins with.
import { SQS } from '@aws-sdk/client-sqs';
import type { Message, QueueAttributeName } from '@aws-sdk/client-sqs';
import { startTestSandbox } from '../start.ts';
import type { TestSandbox } from '../start.ts';

export type Attributes = Partial<Record<QueueAttributeName, string>>;

export interface TestQueue {
  readonly url: string;
  readonly arn: string;
  readonly name: string;
  send(body: string, more?: object): Promise<string>;
  /** Up to ten unless told. */
  receive(more?: object): Promise<readonly Message[]>;
  bodies(more?: object): Promise<readonly (string | undefined)[]>;
  delete(message: Message | undefined): Promise<void>;
  attributes(...names: QueueAttributeName[]): Promise<Attributes>;
  /** Visible, in flight, delayed. */
  counts(): Promise<readonly number[]>;
}

export interface TestSqs {
  readonly sandbox: TestSandbox;
  readonly sqs: SQS;
  create(attributes?: Attributes, name?: string): Promise<TestQueue>;
  createFifo(attributes?: Attributes): Promise<TestQueue>;
  /** A queue that dead-letters to another after so many receives. */
  createPair(
    maxReceiveCount: number,
    attributes?: Attributes,
  ): Promise<{ readonly source: TestQueue; readonly dead: TestQueue }>;
  /** The same with FIFO queues. */
  createFifoPair(maxReceiveCount: number): Promise<{ readonly source: TestQueue; readonly dead: TestQueue }>;
}

export async function openSqs(): Promise<TestSqs> {
  const sandbox = await startTestSandbox({ anyCredentials: true });
  const sqs = sandbox.client(SQS);
  let made = 0;
  const create: TestSqs['create'] = async (attributes = {}, name = `q-${++made}`) => {
    const { QueueUrl: url = '' } = await sqs.createQueue({ QueueName: name, Attributes: attributes });
    return queueOf(sqs, url, name, `arn:aws:sqs:${sandbox.region}:${sandbox.account}:${name}`);
  };
  const createFifo: TestSqs['createFifo'] = (attributes = {}) =>
    create({ FifoQueue: 'true', ContentBasedDeduplication: 'true', ...attributes }, `q-${++made}.fifo`);
  const redrive = (dead: TestQueue, maxReceiveCount: number): Attributes => ({
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount }),
    VisibilityTimeout: '0',
  });
  return {
    sandbox,
    sqs,
    create,
    createFifo,
    async createPair(maxReceiveCount, attributes = {}) {
      const dead = await create();
      return { source: await create({ ...redrive(dead, maxReceiveCount), ...attributes }), dead };
    },
    async createFifoPair(maxReceiveCount) {
      const dead = await createFifo();
      return { source: await createFifo(redrive(dead, maxReceiveCount)), dead };
    },
  };
}

function queueOf(sqs: SQS, url: string, name: string, arn: string): TestQueue {
  const receive: TestQueue['receive'] = async (more = {}) => {
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl: url, MaxNumberOfMessages: 10, ...more });
    return Messages;
  };
  const attributes: TestQueue['attributes'] = async (...names) => {
    const { Attributes = {} } = await sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: names });
    return Attributes;
  };
  return {
    url,
    arn,
    name,
    receive,
    attributes,
    async send(body, more = {}) {
      const { MessageId = '' } = await sqs.sendMessage({ QueueUrl: url, MessageBody: body, ...more });
      return MessageId;
    },
    bodies: async (more) => (await receive(more)).map(({ Body }) => Body),
    async delete(message) {
      await sqs.deleteMessage({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle });
    },
    async counts() {
      const all = await attributes('All');
      return [
        Number(all.ApproximateNumberOfMessages),
        Number(all.ApproximateNumberOfMessagesNotVisible),
        Number(all.ApproximateNumberOfMessagesDelayed),
      ];
    },
  };
}

export interface Refused {
  readonly code: string;
  readonly message: string;
  readonly status: number | undefined;
}

/** How AWS refused, as the SDK tells it; an error where it did not. */
export async function refusalOf(attempt: Promise<unknown>): Promise<Refused> {
  try {
    await attempt;
  } catch (error) {
    if (!(error instanceof Error) || !('$metadata' in error)) throw error;
    const { httpStatusCode: status } = error.$metadata as { httpStatusCode?: number };
    return { code: error.name, message: error.message, status };
  }
  throw new Error('It was not refused.');
}
