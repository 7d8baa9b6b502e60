// The rows N2-N12 of the SNS & SQS lab with the AWS CLI as it is: no flags but those a learner would type.
// One of them is --endpoint-url: version 1 of the CLI has an address of its own for SQS and does not heed AWS_ENDPOINT_URL there.
import { execFile } from 'node:child_process';
import { search } from 'jmespath';
import type { StartedSandbox } from './sandbox.ts';

export interface RowResult {
  readonly id: string;
  readonly title: string;
  /** Why it does not hold, if so. */
  readonly failure?: string;
}
interface Row {
  readonly id: string;
  readonly title: string;
  run(shell: Shell): Promise<void>;
}
interface Shell {
  /** `aws ...`, its answer as JSON; a refusal is an error with the CLI's words. */
  aws(...args: readonly string[]): Promise<unknown>;
  readonly sandbox: StartedSandbox;
  /** What earlier rows found out. */
  readonly known: Map<string, string>;
}

const email = 'shop@example.com';
const order = JSON.stringify({ order: 1001, item: 'a ruled notebook' });

const rows: readonly Row[] = [
  {
    id: 'N2',
    title: 'create-topic',
    async run({ aws, known }) {
      keep(known, 'topic', await aws('sns', 'create-topic', '--name', 'Order'), 'TopicArn');
      holds(await aws('sns', 'list-topics'), `contains(Topics[].TopicArn, '${known.get('topic')}')`);
    },
  },
  {
    id: 'N3',
    title: 'create-queue, retention one day',
    async run({ aws, known }) {
      const attributes = ['--attributes', 'MessageRetentionPeriod=86400'];
      keep(known, 'queue', await aws('sqs', 'create-queue', '--queue-name', 'ContentQ', ...attributes), 'QueueUrl');
      const facts = await queueFacts(aws, known.get('queue'));
      holds(facts, "Attributes.MessageRetentionPeriod == '86400'");
      keep(known, 'queueArn', facts, 'Attributes.QueueArn');
    },
  },
  {
    id: 'N4',
    title: 'set-queue-attributes, policy for the topic alone',
    async run({ aws, known }) {
      const Policy = policy(known.get('queueArn'), known.get('topic'));
      await setAttributes(aws, known.get('queue'), { Policy });
      holds(await queueFacts(aws, known.get('queue')), "contains(Attributes.Policy, 'aws:SourceArn')");
    },
  },
  {
    id: 'N5',
    title: 'create-queue, retention five days',
    async run({ aws, known }) {
      const attributes = ['--attributes', 'MessageRetentionPeriod=432000'];
      keep(
        known,
        'dlq',
        await aws('sqs', 'create-queue', '--queue-name', 'ContentRedriveQ', ...attributes),
        'QueueUrl',
      );
      const facts = await queueFacts(aws, known.get('dlq'));
      holds(facts, "Attributes.MessageRetentionPeriod == '432000' && Attributes.RedrivePolicy == null");
      keep(known, 'dlqArn', facts, 'Attributes.QueueArn');
    },
  },
  {
    id: 'N6',
    title: 'set-queue-attributes, redrive policy',
    async run({ aws, known }) {
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: known.get('dlqArn'), maxReceiveCount: 1 });
      await setAttributes(aws, known.get('queue'), { RedrivePolicy });
      const sources = await aws('sqs', 'list-dead-letter-source-queues', '--queue-url', known.get('dlq') ?? '');
      holds(sources, `contains(queueUrls, '${known.get('queue')}')`);
    },
  },
  {
    id: 'N7',
    title: 'subscribe an e-mail address and confirm it',
    async run({ aws, known, sandbox }) {
      const answer = await subscribe(aws, known.get('topic'), 'email', email);
      keep(known, 'mailSubscription', answer, 'SubscriptionArn');
      const facts = ['get-subscription-attributes', '--subscription-arn', known.get('mailSubscription') ?? ''];
      holds(await aws('sns', ...facts), "Attributes.PendingConfirmation == 'true'");
      const links = search(
        await sandbox.admin('mailbox'),
        `messages[?to=='${email}'].links[] | [?contains(label, 'onfirm')].url`,
      );
      await fetch(String(links[0]));
      holds(await aws('sns', ...facts), "Attributes.PendingConfirmation == 'false'");
    },
  },
  {
    id: 'N8',
    title: 'subscribe the queue',
    async run({ aws, known }) {
      await subscribe(aws, known.get('topic'), 'sqs', known.get('queueArn') ?? '');
      const list = await aws('sns', 'list-subscriptions-by-topic', '--topic-arn', known.get('topic') ?? '');
      holds(list, "sort(Subscriptions[].Protocol) == ['email', 'sqs']");
    },
  },
  {
    id: 'N9',
    title: 'send-message, receive-message, dead letter',
    async run(shell) {
      const { aws, known } = shell;
      const sent = await aws('sqs', 'send-message', '--queue-url', known.get('queue') ?? '', '--message-body', order);
      keep(known, 'sent', sent, 'MessageId');
      holds(await receive(aws, known.get('queue')), `Messages[0].MessageId == '${known.get('sent')}'`);
      await fail(shell, `Messages[].MessageId | contains(@, '${known.get('sent')}')`);
    },
  },
  {
    id: 'N10',
    title: 'publish: mail, envelope, dead letter',
    async run(shell) {
      const { aws, known, sandbox } = shell;
      const text = ['--subject', 'A new order', '--message', order];
      keep(
        known,
        'published',
        await aws('sns', 'publish', '--topic-arn', known.get('topic') ?? '', ...text),
        'MessageId',
      );
      holds(await sandbox.admin('mailbox'), `length(messages[?to=='${email}' && subject=='A new order']) == \`1\``);
      const received = await receive(aws, known.get('queue'));
      const envelope: unknown = JSON.parse(String(search(received, 'Messages[0].Body')));
      holds(envelope, `Type == 'Notification' && MessageId == '${known.get('published')}' && Subject == 'A new order'`);
      holds(envelope, 'Message', order);
      await fail(shell, `length(Messages) == \`2\``);
    },
  },
  {
    id: 'N11',
    title: 'start-message-move-task',
    async run({ aws, known, sandbox }) {
      const source = ['--source-arn', known.get('dlqArn') ?? ''];
      holds(await aws('sqs', 'start-message-move-task', ...source), 'TaskHandle != null');
      await sandbox.admin('clock', { advance: '10s' });
      holds(await aws('sqs', 'list-message-move-tasks', ...source), "Results[0].Status == 'COMPLETED'");
      holds(await queueFacts(aws, known.get('queue')), "Attributes.ApproximateNumberOfMessages == '2'");
    },
  },
  {
    id: 'N12',
    title: 'unsubscribe, delete-topic, delete-queue: nothing is left',
    async run({ aws, known, sandbox }) {
      const list = await aws('sns', 'list-subscriptions');
      const arns: unknown = search(list, 'Subscriptions[].SubscriptionArn');
      for (const arn of Array.isArray(arns) ? arns : [])
        await aws('sns', 'unsubscribe', '--subscription-arn', String(arn));
      await aws('sns', 'delete-topic', '--topic-arn', known.get('topic') ?? '');
      for (const queue of ['queue', 'dlq']) await aws('sqs', 'delete-queue', '--queue-url', known.get(queue) ?? '');
      const refused = await aws('sqs', 'get-queue-url', '--queue-name', 'ContentQ').catch(String);
      if (!String(refused).includes('NonExistentQueue')) throw new Error(`get-queue-url: ${JSON.stringify(refused)}`);
      holds(await sandbox.admin('state'), 'length(resources) == `0`');
    },
  },
];

export async function runAwsCli(sandbox: StartedSandbox, report: (row: RowResult) => void): Promise<void> {
  const environment = { ...process.env, ...sandbox.environment, AWS_PAGER: '', AWS_CONFIG_FILE: '/dev/null' };
  const endpoint = ['--endpoint-url', sandbox.environment['AWS_ENDPOINT_URL'] ?? ''];
  const shell: Shell = { sandbox, known: new Map(), aws: (...args) => aws([...args, ...endpoint], environment) };
  for (const { id, title, run } of rows) {
    const failure = await run(shell).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    report({ id, title, ...(failure !== undefined && { failure }) });
  }
}

export const awsCliRows: readonly RowResult[] = rows;

function aws(args: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  return new Promise((done, failed) => {
    execFile('aws', [...args, '--output', 'json'], { env }, (error, stdout, stderr) => {
      if (error) failed(new Error(`aws ${args.slice(0, 2).join(' ')}: ${stderr.trim() || error.message}`));
      else done(stdout.trim() === '' ? {} : JSON.parse(stdout));
    });
  });
}

type Aws = Shell['aws'];

const queueFacts = (aws: Aws, url = ''): Promise<unknown> =>
  aws('sqs', 'get-queue-attributes', '--queue-url', url, '--attribute-names', 'All');

const setAttributes = (aws: Aws, url = '', attributes: object = {}): Promise<unknown> =>
  aws('sqs', 'set-queue-attributes', '--queue-url', url, '--attributes', JSON.stringify(attributes));

const subscribe = (aws: Aws, topic = '', protocol = '', endpoint = ''): Promise<unknown> => {
  const subscriber = ['--protocol', protocol, '--notification-endpoint', endpoint, '--return-subscription-arn'];
  return aws('sns', 'subscribe', '--topic-arn', topic, ...subscriber);
};

const receive = (aws: Aws, url = ''): Promise<unknown> =>
  aws('sqs', 'receive-message', '--queue-url', url, '--max-number-of-messages', '10', '--attribute-names', 'All');

/** Waits out the visibility timeout, asks again (nothing comes) and looks into the dead-letter queue. */
async function fail({ aws, known, sandbox }: Shell, expected: string): Promise<void> {
  await sandbox.admin('clock', { advance: '31s' });
  holds(await receive(aws, known.get('queue')), 'Messages == null');
  const look = ['--max-number-of-messages', '10', '--visibility-timeout', '0', '--attribute-names', 'All'];
  holds(await aws('sqs', 'receive-message', '--queue-url', known.get('dlq') ?? '', ...look), expected);
}

function policy(queueArn = '', topicArn = ''): string {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queueArn,
    Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

function keep(known: Map<string, string>, name: string, answer: unknown, path: string): void {
  const value: unknown = search(answer, path);
  if (typeof value !== 'string') throw new Error(`${path} is missing in ${JSON.stringify(answer)}`);
  known.set(name, value);
}

function holds(answer: unknown, expression: string, value: unknown = true): void {
  const actual: unknown = search(answer, expression);
  if (actual !== value) throw new Error(`${expression} is ${JSON.stringify(actual)} in ${JSON.stringify(answer)}`);
}
