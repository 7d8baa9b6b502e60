import type { ActionView, CheckView, LabView, StepView } from '../../src/protocol/lab.ts';
import type { Block, Inline } from '../../src/protocol/prose.ts';

// Views of one lab at its moments, as the host would send them.

const text = (words: string): Inline => ({ kind: 'text', text: words });
const paragraph = (...children: Inline[]): Block => ({ kind: 'paragraph', children });

const prose: readonly Block[] = [
  paragraph(
    text('A standard queue keeps a message until somebody deletes it. Give it a retention of one day with '),
    { kind: 'code', text: 'MessageRetentionPeriod' },
    text('; '),
    { kind: 'strong', children: [text('60 seconds to 14 days')] },
    text(' are possible. See '),
    { kind: 'link', link: 0, address: 'https://docs.aws.amazon.com/sqs/', children: [text('the developer guide')] },
    text('.'),
  ),
  {
    kind: 'table',
    head: [[text('Queue')], [text('Order')], [text('Delivery')], [text('Throughput')]],
    rows: [
      [[text('Standard')], [text('best effort')], [text('at least once')], [text('nearly unlimited')]],
      [
        [text('FIFO')],
        [text('within a message group')],
        [text('exactly once')],
        [text('300 calls a second without batching')],
      ],
    ],
  },
  {
    kind: 'list',
    items: [[paragraph(text('made first, by you'))], [paragraph(text('FIFO for FIFO, standard for standard'))]],
  },
];

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:ContentQ';
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queueArn },
  ],
});

const { answer, ...createQueue }: ActionView = {
  id: 'queue/0',
  kind: 'call',
  title: 'Create the queue `ContentQ`',
  status: 'done',
  milliseconds: 12,
  call: {
    operation: 'sqs.CreateQueue',
    request: {
      QueueName: 'ContentQ',
      Attributes: { MessageRetentionPeriod: '86400' },
      tags: { 'aws-labs:lab': 'sns-sqs' },
    },
    cli: `aws sqs create-queue --queue-name ContentQ --attributes '{"MessageRetentionPeriod":"86400"}' --tags aws-labs:lab=sns-sqs,aws-labs:session=k3x81`,
    unresolved: [],
  },
  answer: {
    QueueUrl: 'http://127.0.0.1:4566/000000000000/ContentQ',
    Attributes: { Policy: policy, VisibilityTimeout: '30' },
  },
};

const refused: ActionView = {
  id: 'policy/0',
  kind: 'call',
  title: 'Open the queue to the world, as the article did',
  status: 'done',
  milliseconds: 3,
  call: {
    operation: 'sqs.SetQueueAttributes',
    request: { QueueUrl: 'http://127.0.0.1:4566/000000000000/ContentQ', Attributes: { Policy: policy } },
    cli: `aws sqs set-queue-attributes --queue-url http://127.0.0.1:4566/000000000000/ContentQ --attributes '${JSON.stringify({ Policy: policy })}'`,
    unresolved: [],
  },
  failure: {
    code: 'OpenToTheWorld',
    what: 'Not sent: this policy allows sqs:* to everybody in the world (Principal "*").',
    advice: 'Name the one who needs access.',
    expected: true,
  },
};

const check = (outcome: CheckView['outcome']): CheckView => ({
  id: 'queue/check/0',
  title: 'The queue keeps messages for one day',
  outcome,
  ...(createQueue.call && { call: { ...createQueue.call, operation: 'sqs.GetQueueAttributes' } }),
  expression: "Attributes.MessageRetentionPeriod == '86400'",
  hint: 'The retention period is not one day. Edit the queue, or press Run.',
  ...(outcome === 'untried'
    ? {}
    : { answer: { Attributes: { MessageRetentionPeriod: outcome === 'held' ? '86400' : '345600' } } }),
});

const step = (
  number: number,
  id: string,
  title: string,
  status: StepView['status'],
  more: Partial<StepView> = {},
): StepView => ({
  id,
  number,
  title,
  status,
  reading: false,
  stale: false,
  byHand: false,
  undoable: status === 'done',
  checkable: true,
  parts: [{ kind: 'prose', blocks: prose.slice(0, 1) }],
  ...more,
});

const waitingCall: ActionView = {
  id: 'subscribe/0',
  kind: 'call',
  title: 'Subscribe `ContentQ` to the topic',
  status: 'waiting',
  call: {
    operation: 'sns.Subscribe',
    request: { TopicArn: '${topic.TopicArn}', Protocol: 'sqs', Endpoint: queueArn },
    cli: `aws sns subscribe --topic-arn '\${topic.TopicArn}' --protocol sqs --notification-endpoint ${queueArn}`,
    unresolved: ['topic.TopicArn'],
  },
};

const steps: readonly StepView[] = [
  step(1, 'read', 'What SNS and SQS are', 'done', {
    reading: true,
    checkable: false,
    undoable: false,
    parts: [{ kind: 'prose', blocks: prose }],
  }),
  step(2, 'queue', 'Create the queue for orders', 'done', {
    parts: [
      { kind: 'prose', blocks: prose },
      { kind: 'action', action: { ...createQueue, ...(answer !== undefined && { answer }) } },
      { kind: 'check', check: check('held') },
    ],
  }),
  step(3, 'policy', 'Let the topic in, and nobody else', 'failed', {
    parts: [
      { kind: 'prose', blocks: prose.slice(0, 1) },
      { kind: 'action', action: refused },
      { kind: 'action', action: { ...createQueue, id: 'policy/1', title: 'Allow the topic only', status: 'failed' } },
      { kind: 'check', check: { ...check('failed'), id: 'policy/check/0' } },
    ],
    failure: {
      code: 'AccessDenied',
      what: 'Access denied for sqs.SetQueueAttributes.',
      advice: 'Ask for that permission, or use another profile; the sandbox allows everything.',
      expected: false,
    },
  }),
  step(4, 'mail', 'Subscribe an e-mail address', 'asking', {
    parts: [
      { kind: 'prose', blocks: prose.slice(0, 1) },
      { kind: 'action', action: { id: 'mail/0', kind: 'ask', title: 'Confirm it', status: 'running' } },
    ],
    question: {
      id: 'mail/0',
      text: 'Open the mail "AWS Notification - Subscription Confirmation" and follow its link Confirm subscription.',
      control: 'condition',
      mail: { to: 'shop@example.com' },
      sandboxCanAnswer: true,
    },
  }),
  step(
    5,
    'subscribe',
    'Subscribe the queue by its ARN, with a title that is rather long so that it has to wrap somewhere',
    'waiting',
    {
      parts: [
        { kind: 'prose', blocks: prose.slice(0, 1) },
        { kind: 'action', action: waitingCall },
        { kind: 'check', check: { ...check('untried'), id: 'subscribe/check/0' } },
      ],
    },
  ),
];

const sandbox = { label: 'Sandbox', account: '000000000000', region: 'us-east-1', real: false, sandbox: true };

export const halfWay: LabView = {
  id: 'sns-sqs',
  lab: {
    title: 'Amazon SNS & SQS simplified',
    summary: 'A customer orders a notebook; SNS mails the shop and puts the order on a queue.',
    minutes: 25,
    services: ['SNS', 'SQS'],
    fromWorkspace: false,
    source: { title: 'Amazon SNS & SQS simplified (March 2019)', link: 1 },
    intro: prose.slice(0, 1),
    corrections: [
      'Retention is `60` seconds to 14 days; the article says 1 to 14 days.',
      'A policy with `Principal: "*"` opens the queue to the world.',
    ],
  },
  target: sandbox,
  phase: 'session',
  problems: [],
  inputs: [],
  steps,
  progress: { done: 2, total: 5 },
  resources: [
    { id: 'r1', kind: 'Topic', name: 'Order', state: 'alive', adopted: false, console: false },
    { id: 'r2', kind: 'Queue', name: 'ContentQ', state: 'alive', adopted: true, console: true },
    { id: 'r3', kind: 'Queue', name: 'ContentRedriveQ', state: 'doubtful', adopted: false, console: false },
  ],
  costPerHour: 0,
};

export const start: LabView = {
  ...halfWay,
  phase: 'start',
  steps: steps.map((each) => ({ ...each, status: 'waiting' })),
  resources: [],
  inputs: [
    {
      name: 'email',
      label: 'E-mail address of the shop',
      type: 'email',
      value: '',
      help: 'The order is mailed here.',
      advanced: false,
    },
    {
      name: 'days',
      label: 'Days of retention',
      type: 'choice',
      value: '1',
      choices: ['1', '4', '14'],
      advanced: false,
    },
    {
      name: 'names.topic',
      label: 'topic',
      type: 'text',
      value: 'Order',
      pattern: '[\\w-]{1,256}',
      patternHelp: 'Letters, digits, - and _ only.',
      advanced: true,
    },
  ],
};

const item = (id: string, kind: string, name: string, holds = '') => ({
  id,
  kind,
  name,
  holds,
  canEmpty: holds !== '',
  state: 'planned' as const,
});

const waves = [
  [item('a', 'Subscription', 'shop@example.com'), item('b', 'Subscription', queueArn)],
  [
    item('c', 'Topic', 'Order'),
    item('d', 'Queue', 'ContentQ', '3 messages, 1 in flight'),
    item('e', 'Queue', 'ContentRedriveQ', '2 messages'),
  ],
];

export const planned: LabView = {
  ...halfWay,
  progress: { done: 5, total: 5 },
  steps: steps.map(({ failure: _failure, question: _question, ...each }) => ({ ...each, status: 'done' })),
  teardown: { stage: 'planned', waves, lost: '6 messages', costPerHour: 0, removed: 0, total: 5 },
};

export const plannedOnRealAccount: LabView = {
  ...planned,
  target: { label: 'AWS (profile work)', account: '123456789012', region: 'eu-central-1', real: true, sandbox: false },
  teardown: {
    stage: 'planned',
    waves,
    lost: '6 messages',
    costPerHour: 0.02,
    removed: 0,
    total: 5,
    typeToConfirm: 'sns-sqs',
  },
};

export const proved: LabView = {
  ...planned,
  phase: 'over',
  resources: halfWay.resources.map((each) => ({ ...each, state: 'removed', console: false })),
  teardown: {
    stage: 'done',
    waves: waves.map((wave) => wave.map((each) => ({ ...each, state: 'removed' }))),
    lost: '6 messages',
    costPerHour: 0,
    removed: 5,
    total: 5,
    proof: {
      sentence: '0 left.',
      left: [],
      listedAt: '2026-11-22T13:37:00Z',
      listed: [
        { kind: 'Subscriptions', count: 0 },
        { kind: 'Topics', count: 0 },
        { kind: 'Queues', count: 0 },
      ],
    },
  },
};

export const broken: LabView = {
  ...halfWay,
  phase: 'broken',
  steps: [],
  resources: [],
  problems: [
    {
      line: 12,
      column: 9,
      severity: 'error',
      message: 'There is no operation sqs.CreateQueu. Did you mean sqs.CreateQueue?',
    },
    { line: 31, column: 14, severity: 'error', message: 'Nothing is saved under the name queue before this step.' },
    { line: 40, column: 1, severity: 'warning', message: 'This step has no check.' },
  ],
};

export const troubled: LabView = {
  ...halfWay,
  notice: {
    severity: 'error',
    what: 'The sandbox was ended from outside. It was started again with its state.',
    advice: 'Run the step again; nothing is lost.',
    offers: [
      { id: 'restartSandbox', label: 'Restart sandbox' },
      { id: 'showLog', label: 'Show log' },
    ],
  },
};
