// Lab text -> problems with line and column; nothing of a lab with an error can be run.
import { describe, expect, test, vi } from 'vitest';
import { readLab } from '../../src/lab/readLab.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const front = [
  '---',
  'title: T',
  'summary: S',
  'minutes: 1',
  'services: [sqs]',
  'covers: [X1]',
  'inputs:',
  '  email: { label: Mail, type: email }',
  'names:',
  '  queue: Q',
  '---',
  '',
];
const fence = '```';

/** The step's block begins on line 16; its first line of YAML is 17. */
function withBlock(kind: 'run' | 'check', yaml: string, more = ''): string {
  return [...front, '# T', '', '## One', `${fence}yaml ${kind}`, ...yaml.split('\n'), fence, '', more].join('\n');
}

async function problemsOf(text: string): Promise<string[]> {
  const { lab, problems } = await readLab(text, { id: 'x' });
  expect(lab === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
  return problems.map(({ range, message }) => `${range.start.line}:${range.start.column} ${message}`);
}

const cases: readonly (readonly [name: string, kind: 'run' | 'check', yaml: string, problems: readonly string[]])[] = [
  [
    'unknown operation',
    'run',
    '- call: sqs.CreateQeue',
    ['17:9 A lab cannot call sqs.CreateQeue. Did you mean sqs.CreateQueue?'],
  ],
  [
    'operation outside the list',
    'run',
    '- call: iam.CreateUser',
    ['17:9 A lab cannot call iam.CreateUser. Did you mean iam.CreateRole?'],
  ],
  ['unknown key', 'run', '- call: sqs.ListQueues\n  sav: x', ['18:3 This call has no sav. Did you mean save?']],
  [
    'no action',
    'run',
    '- cal: sqs.ListQueues',
    [
      '17:3 An action is one of ask, until, call, wait, show, metadata, relying-party, sign-in, open, agent. Did you mean call?',
    ],
  ],
  [
    'a name inside an expression inside an expression',
    'run',
    "- show: ${target.region | [?@ == '${names.topic}']}",
    ['17:37 There is no name topic.'],
  ],
  [
    'unknown parameter',
    'run',
    '- call: sqs.CreateQueue\n  with: { QueueNam: a }',
    [
      '18:9 sqs.CreateQueue: QueueName is missing: CreateQueueRequest requires it.',
      '18:11 sqs.CreateQueue: there is no parameter QueueNam. Did you mean QueueName?',
    ],
  ],
  [
    'nested parameter of a wrong type',
    'run',
    '- call: sqs.ReceiveMessage\n  with:\n    QueueUrl: u\n    MaxNumberOfMessages: many',
    ['20:5 sqs.ReceiveMessage: a number is wanted here.'],
  ],
  [
    'list wanted',
    'run',
    '- call: sqs.GetQueueAttributes\n  with: { QueueUrl: u, AttributeNames: All }',
    ['18:24 sqs.GetQueueAttributes: a list is wanted here, not text.'],
  ],
  [
    'bad expression in a hole',
    'run',
    '- call: sqs.GetQueueUrl\n  with: { QueueName: "a-${names.queue b}" }',
    ['18:39 Bad expression: Unexpected "b"'],
  ],
  [
    'hole never closed',
    'run',
    '- call: sqs.GetQueueUrl\n  with: { QueueName: "${names.queue" }',
    ['18:23 Bad expression: This ${ is never closed by }.'],
  ],
  [
    'unknown function',
    'run',
    '- call: sqs.GetQueueUrl\n  with: { QueueName: "${upper(names.queue)}" }',
    ['18:25 Bad expression: There is no function upper().'],
  ],
  [
    'unknown input',
    'run',
    '- call: sqs.GetQueueUrl\n  with: { QueueName: "${inputs.emial}" }',
    ['18:25 There is no input emial. Did you mean email?'],
  ],
  [
    'unknown name',
    'run',
    '- call: sqs.GetQueueUrl\n  with: { QueueName: "${names.topic}" }',
    ['18:25 There is no name topic.'],
  ],
  [
    'never saved',
    'run',
    '- call: sqs.GetQueueUrl\n  with: { QueueName: "${queu.QueueUrl}" }',
    ['18:25 Nothing saves queu.'],
  ],
  [
    'used before saved',
    'run',
    '- call: sqs.PurgeQueue\n  with: { QueueUrl: "${queue.QueueUrl}" }\n- call: sqs.GetQueueUrl\n  with: { QueueName: a }\n  save: queue',
    ['18:24 queue is used before it is saved: that happens on line 21.'],
  ],
  [
    'reserved name',
    'run',
    '- call: sqs.ListQueues\n  save: inputs',
    ['18:9 inputs cannot be a name: letters and digits, and none of inputs, names, target, session, files.'],
  ],
  ['bad time', 'run', '- wait: 30 seconds', ['17:9 wait must be a time such as 500ms, 30s or 2m.']],
  [
    'until without within',
    'run',
    '- until: QueueUrl\n  call: sqs.GetQueueUrl\n  with: { QueueName: a }',
    ['17:3 Say with within how long to wait at most.'],
  ],
  ['open of a command', 'run', '- open: command:workbench.action.quit', ['17:9 open takes an https: address.']],
  [
    'missing else',
    'check',
    '- call: sqs.ListQueues\n  expect: QueueUrls',
    ['17:3 This check has no else: the hint for the learner when it does not hold.'],
  ],
  ['missing expect', 'check', '- call: sqs.ListQueues\n  else: x', ['17:3 This check needs expect.']],
  [
    'bad expression',
    'check',
    '- call: sqs.ListQueues\n  expect: QueueUrls[0] = 1\n  else: x',
    ['18:11 Bad expression: This is not JMESPath.'],
  ],
  [
    'bad expression that ends too early',
    'check',
    '- call: sqs.ListQueues\n  expect: length(QueueUrls\n  else: x',
    ['18:27 Bad expression: The expression ends too early.'],
  ],
  [
    'twice the same key',
    'check',
    '- call: sqs.ListQueues\n  call: sqs.ListQueues\n  expect: QueueUrls\n  else: x',
    ['18:3 This key is given twice.'],
  ],
];

describe('problems stand where they are', () => {
  test.each(cases)('%s', async (_name, kind, yaml, problems) => {
    expect(await problemsOf(withBlock(kind, yaml))).toEqual(problems);
  });

  test('in the front matter', async () => {
    const text = withBlock('run', '- wait: 1s')
      .replace('minutes: 1', 'minuets: 1')
      .replace('type: email', 'type: mail');
    expect(await problemsOf(text)).toEqual([
      '2:1 The front matter needs minutes.',
      '4:1 The front matter has no minuets. Did you mean minutes?',
      '8:31 type is one of text, email, url, number, choice, yes-no, file.',
    ]);
  });

  test('with Windows line ends too', async () => {
    const text = withBlock('run', '- call: sqs.ListQueues\n  sav: x').replaceAll('\n', '\r\n');
    expect(await problemsOf(text)).toEqual(['18:3 This call has no sav. Did you mean save?']);
  });

  test('in prose: HTML, and links that would run something', async () => {
    const text = withBlock(
      'run',
      '- wait: 1s',
      'See <b>this</b> and [that](command:x) and [one](https://example.com) <!-- fine -->.',
    );
    expect(await problemsOf(text)).toEqual([
      '20:5 HTML is not allowed in a lab; write Markdown.',
      '20:12 HTML is not allowed in a lab; write Markdown.',
      '20:21 A link to command:x is not allowed: https:, a file of the lab, or #step.',
    ]);
  });

  test('two steps of one name, no front matter, no steps, a block outside a step', async () => {
    expect(await problemsOf(withBlock('run', '- wait: 1s', '## One'))).toEqual([
      '20:1 Two steps have the id one: the other is on line 15.',
    ]);
    expect(await problemsOf('# T\n')).toEqual([
      '1:1 A lab begins with front matter between two lines of ---.',
      '2:1 This lab has no steps: each ## heading is one.',
    ]);
    expect(await problemsOf([...front, `${fence}yaml run`, '- wait: 1s', fence, '## S'].join('\n'))).toEqual([
      '13:1 A block that acts must stand under a ## heading.',
    ]);
  });

  test('any text at all is parsed without an exception', async () => {
    const text = withBlock('run', '- call: sqs.CreateQueue\n  with: { QueueName: "${names.queue}" }\n  save: q');
    for (let at = 0; at < text.length; at += 3) {
      await readLab(text.slice(0, at), { id: 'x' });
      await readLab(`${text.slice(0, at)}\u0000{[&*!"'\`${text.slice(at)}`, { id: 'x' });
    }
  });
});

test('a good lab is read whole', async () => {
  const { lab, problems } = await readLab(
    withBlock(
      'run',
      '- call: sqs.CreateQueue\n  with: { QueueName: "${names.queue}" }\n  save: queue',
      [
        '## Two',
        '<!-- step: second -->',
        'Text.',
        '',
        `${fence}yaml check`,
        '- call: sqs.GetQueueAttributes',
        '  with: { QueueUrl: "${queue.QueueUrl}" }',
        "  expect: Attributes.QueueArn == '${names.queue}'",
        '  else: No ${names.queue}.',
        '  within: 2s',
        fence,
      ].join('\n'),
    ),
    { id: 'x' },
  );
  expect(problems).toEqual([]);
  expect(
    lab?.steps.map(({ id, number, title, kind, parts }) => ({
      id,
      number,
      title,
      kind,
      parts: parts.map((part) => part.kind),
    })),
  ).toEqual([
    { id: 'one', number: 1, title: 'One', kind: 'do', parts: ['run'] },
    { id: 'second', number: 2, title: 'Two', kind: 'do', parts: ['prose', 'check'] },
  ]);
  expect(lab?.steps[1]?.checks[0]).toMatchObject({
    id: 'second/check/0',
    patience: { withinMs: 2000, everyMs: 2000 },
    else: 'No ${names.queue}.',
  });
});
