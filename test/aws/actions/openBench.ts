import { openTarget } from '../../../src/aws/openTarget.ts';
import type { Target } from '../../../src/aws/target.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';

/** A sandbox and the real target on it. */
export interface ActionBench {
  readonly sandbox: TestSandbox;
  readonly target: Target;
  /** Moves the sandbox's clock instead of waiting. */
  sleep(ms: number): Promise<void>;
  queue(
    name: string,
    attributes?: Readonly<Record<string, string>>,
  ): Promise<{ readonly url: string; readonly arn: string }>;
  bodies(url: string): Promise<string[]>;
  stop(): Promise<void>;
}

export async function openBench(): Promise<ActionBench> {
  const sandbox = await startTestSandbox();
  const { endpoint, credentials, region } = sandbox;
  const clock = { now: () => Date.now(), sleep: async () => undefined };
  const target = await openTarget({ kind: 'sandbox', endpoint, credentials, region }, clock);
  return {
    sandbox,
    target,
    sleep: (ms) => sandbox.advance(`${ms}ms`),
    async queue(name, Attributes = {}) {
      const { QueueUrl = '' } = await target.send('sqs.CreateQueue', { QueueName: name, Attributes });
      return { url: QueueUrl, arn: `arn:aws:sqs:${region}:${sandbox.account}:${name}` };
    },
    async bodies(QueueUrl) {
      const input = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
      const { Messages = [] } = await target.send('sqs.ReceiveMessage', input);
      return Messages.map(({ Body = '' }) => Body);
    },
    async stop() {
      target.dispose();
      await sandbox.stop();
    },
  };
}
