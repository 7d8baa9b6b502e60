// A sandbox in AWS's manner: reached as an endpoint, so that there is no true peek, with a clock that is moved.
import {
  GetQueueAttributesCommand,
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { openTarget } from '../../src/aws/openTarget.ts';
import type { Target } from '../../src/aws/target.ts';
import type { LookClock } from '../../src/peek/holds.ts';
import { describeQueue, type QueueFacts } from '../../src/peek/queueFacts.ts';
import { clock as realClock } from '../labs/bench.ts';
import { startTestSandbox } from '../sandbox/start.ts';

export interface TestQueue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
}

export interface Stored {
  readonly id: string;
  readonly receives: number;
  readonly state: string;
}

/** Time as the sandbox has it; `after` fires when it is moved on. */
export class MovedClock implements LookClock {
  #offset = 0;
  #timers: { readonly due: number; readonly run: () => void }[] = [];

  now(): number {
    return Date.now() + this.#offset;
  }

  after(ms: number, run: () => void): { cancel(): void } {
    const timer = { due: this.now() + ms, run };
    this.#timers.push(timer);
    return { cancel: () => (this.#timers = this.#timers.filter((each) => each !== timer)) };
  }

  advance(ms: number): void {
    this.#offset += ms;
    const due = this.#timers.filter((timer) => timer.due <= this.now());
    this.#timers = this.#timers.filter((timer) => !due.includes(timer));
    for (const { run } of due) run();
  }
}

export async function openLookBench() {
  const sandbox = await startTestSandbox();
  const sqs = sandbox.client(SQSClient);
  const { endpoint, credentials, region } = sandbox;
  const target: Target = await openTarget({ kind: 'endpoint', url: endpoint, region, credentials }, realClock);
  const inner: Target = await openTarget({ kind: 'sandbox', endpoint, region, credentials }, realClock);
  const clock = new MovedClock();
  let made = 0;

  const create = async (attributes: Record<string, string> = {}): Promise<TestQueue> => {
    const name = `Q${++made}${attributes['FifoQueue'] ? '.fifo' : ''}`;
    const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
    );
    return { name, url, arn: Attributes?.['QueueArn'] ?? '' };
  };
  const receive = async (url: string, visibility: number) =>
    (
      await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: visibility }),
      )
    ).Messages ?? [];

  const bench = {
    sandbox,
    sqs,
    target,
    /** With true peek. */
    inner,
    clock,
    create,
    /** A queue that dead-letters after `most` receives, and its dead-letter queue. */
    async pair(most: number, fifo = false): Promise<{ readonly source: TestQueue; readonly dead: TestQueue }> {
      const kind: Record<string, string> = fifo ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {};
      const dead = await create(kind);
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: most });
      return { source: await create({ ...kind, RedrivePolicy }), dead };
    },
    async send(queue: TestQueue, count: number, body = (at: number): string => `message ${at}`): Promise<void> {
      const fifo = queue.name.endsWith('.fifo');
      for (let at = 0; at < count; at += 10) {
        const Entries = Array.from({ length: Math.min(10, count - at) }, (_, place) => ({
          Id: String(place),
          MessageBody: body(at + place),
          ...(fifo && { MessageGroupId: `g${at + place}` }),
        }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));
      }
    },
    /** A consumer that receives every message once, fails, and lets go of it. Gives how many it got. */
    async failOnce({ url }: TestQueue): Promise<number> {
      let got = 0;
      for (let page = await receive(url, 20); page.length > 0; page = await receive(url, 20)) got += page.length;
      await bench.advance(21_000);
      return got;
    },
    async stored({ url }: TestQueue): Promise<readonly Stored[]> {
      const answer = await sandbox.admin(`peek/sqs?limit=1000&queueUrl=${encodeURIComponent(url)}`);
      const { messages } = answer as { messages: { messageId: string; receiveCount: number; state: string }[] };
      return messages.map(({ messageId, receiveCount, state }) => ({ id: messageId, receives: receiveCount, state }));
    },
    async facts({ name, url }: TestQueue): Promise<QueueFacts> {
      const facts = await describeQueue({ target }, { name, url });
      if (!facts) throw new Error(`There is no ${name}.`);
      return facts;
    },
    async advance(ms: number): Promise<void> {
      await sandbox.advance(`${ms}ms`);
      clock.advance(ms);
    },
    async stop(): Promise<void> {
      target.dispose();
      inner.dispose();
      await sandbox.stop();
    },
  };
  return bench;
}

export type LookBench = Awaited<ReturnType<typeof openLookBench>>;
