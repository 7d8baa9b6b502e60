// What the rows of the Resources view say, and what becomes of them when things go wrong. The sandbox is the judge.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { autoOffTag } from '../../../src/aws/resources/autoOff.ts';
import type { Node } from '../../../src/host/resources/node.ts';
import { makeSmallSet } from '../../vscode/smallSet.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';
import { openModel, type OpenModel } from './openModel.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let sandbox: TestSandbox;
let open: OpenModel;
beforeEach(async () => {
  sandbox = await startTestSandbox();
  open = await openModel(sandbox, { marks: { Orders: 'A lab' } });
});
afterEach(async () => {
  open.target.dispose();
  await sandbox.stop();
});

const fault = (operation: string, code: string, rest: object = {}) =>
  sandbox.admin('faults', { rules: [{ operation, kind: 'error', status: 403, code, ...rest }] });

test('a little of everything says what matters', async () => {
  await makeSmallSet(sandbox);
  await sandbox.advance('1m');
  const says = async (node: Node): Promise<readonly string[]> => {
    await open.look(...(await open.unfold(node)));
    return open.texts(node);
  };
  const queues = open.group('queue');
  expect(await says(queues)).toEqual([
    'Orders | 12 visible · 1 delayed · DLQ 3 after 3 receives · lab “A lab”',
    'OrdersDead | 3 visible · DLQ of 1 queue',
    'Payments.fifo | empty · FIFO',
  ]);
  const [orders, dead, fifo] = open.rows(queues);
  expect([orders?.context, dead?.context, fifo?.context]).toEqual(['queue', 'queue;dlq', 'queue;fifo']);
  expect(orders?.badge).toMatchObject({ text: '3', tooltip: '3 messages in its dead-letter queue OrdersDead' });
  expect(fifo?.badge).toBeUndefined();
  expect(orders?.spoken).toBe(
    'Queue Orders, 12 visible · 1 delayed, DLQ 3 after 3 receives, lab “A lab”, 3 messages in its dead-letter queue OrdersDead',
  );
  expect(await says(open.child(queues, 'Orders'))).toEqual([
    'OrdersDead | DLQ · 3 visible',
    'NewContent | subscription',
  ]);
  expect((await says(open.child(queues, 'OrdersDead')))[0]).toContain('Orders | dead-letters here · 12 visible');
  const topics = open.group('topic');
  expect(await says(topics)).toEqual([
    'NewContent | 2 subscriptions · 1 pending',
    'Prices.fifo | no subscriptions · FIFO',
  ]);
  expect(await says(open.child(topics, 'NewContent'))).toEqual([
    'Orders | sqs',
    'reader@example.com | pending · email',
  ]);
  expect(open.rows(open.child(topics, 'NewContent')).map(({ context }) => context)).toEqual([
    'subscription',
    'subscription;pending',
  ]);
  expect(await says(open.group('stream'))).toEqual(['clicks | active · provisioned · 2 shards · keeps 1 day']);
  const instances = open.group('instance');
  await open.unfold(instances);
  expect(open.texts(instances)[0]).toMatch(/^web \| running · t3.micro/);
  expect(open.rows(instances)[0]?.context).toBe('instance;running;autooff');
  const nearly = open.child(instances, 'Not quite AutoOff=yes');
  expect(open.texts(nearly).toSorted()).toEqual([
    expect.stringContaining('batch | Its key is “autooff”, not “AutoOff”, and its value is “true”'),
    expect.stringContaining('build | Its value is “Yes”, not “yes”.'),
  ]);
  expect(open.rows(nearly)[0]?.context).toBe('instance;running;nearly');
});

test('an instance whose tag is mended moves to where it belongs', async () => {
  await makeSmallSet(sandbox);
  const instances = open.group('instance');
  await open.unfold(instances);
  const build = open.child(open.child(instances, 'Not quite AutoOff=yes'), 'build');
  const id = build.aim?.kind === 'resource' ? build.aim.found.ref : '';
  await open.target.send('ec2.CreateTags', {
    Resources: [id],
    Tags: [{ Key: autoOffTag.key, Value: autoOffTag.value }],
  });
  open.model.refresh({ kind: 'group', group: 'instance' });
  await vi.waitFor(() => expect(open.texts(instances).join()).toMatch(/^build \| /));
});

test('objects: folders, odd keys, a page at a time, a search, and each its own row', async () => {
  const Bucket = 'odd-keys';
  await open.target.send('s3.CreateBucket', { Bucket });
  const keys = [
    'a//b',
    'a/b',
    '../up',
    'line\nbreak',
    'line‹LF›break',
    'x ',
    '?0',
    '?search lin',
    '\u202egnp.exe',
    '🎈',
    '👩‍👧.png',
  ];
  for (const Key of keys) await open.target.send('s3.PutObject', { Bucket, Key, Body: 'x' });
  const bucket = (await open.unfold(open.group('bucket')))[0];
  if (!bucket) throw new Error('No bucket.');
  const rows = await open.unfold(bucket);
  expect(
    open
      .rows(bucket)
      .map(({ label }) => label)
      .toSorted(),
  ).toEqual(
    [
      '..',
      'a',
      'line‹LF›break',
      'line‹LF›break',
      'x‹SP›',
      '?0',
      '?search lin',
      '‹U+202E›gnp.exe',
      '🎈',
      '👩‍👧.png',
    ].toSorted(),
  );
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  const aimed = rows.find(({ aim }) => aim?.kind === 'object' && aim.key === 'line\nbreak');
  expect(aimed).toBeDefined();
  const folder = open.child(bucket, 'a');
  await open.unfold(folder);
  expect(open.rows(folder).map(({ label }) => label)).toEqual(['(no name)', 'b']);
  const search = open.model.search(bucket, bucket.aim?.kind === 'resource' ? bucket.aim.found : never(), 'lin');
  await open.unfold(search);
  expect(open.rows(search)).toHaveLength(2);
  expect(open.model.children(bucket)[0]).toBe(search);
});

const never = (): never => {
  throw new Error('It is not there.');
};

test('a bucket of more than a thousand objects is read when it is asked for', async () => {
  const Bucket = 'many-objects';
  await open.target.send('s3.CreateBucket', { Bucket });
  for (let start = 0; start < 1100; start += 100)
    await Promise.all(
      Array.from({ length: 100 }, (_, place) =>
        open.target.send('s3.PutObject', { Bucket, Key: `k${String(start + place).padStart(5, '0')}`, Body: 'x' }),
      ),
    );
  const bucket = (await open.unfold(open.group('bucket')))[0] ?? never();
  await open.unfold(bucket);
  expect(open.model.children(bucket)).toHaveLength(1001);
  expect(open.texts(bucket).at(-1)).toBe('More objects | 1,000 shown');
  const more = () => open.model.children(bucket).at(-1) ?? never();
  expect(open.model.row(more()).context).toBe('more');
  // The token is no longer good: it begins again from the first page, and shows what it showed until then.
  await fault('s3.ListObjectsV2', 'InvalidArgument', { status: 400, times: 1 });
  open.model.more(more());
  await open.unfold(bucket);
  expect(open.model.children(bucket)).toHaveLength(1001);
  open.model.more(more());
  await open.unfold(bucket);
  expect(open.model.children(bucket)).toHaveLength(1100);
});

test('who may not list is told so, may add by name, and may try again', async () => {
  const { QueueUrl = '' } = await open.target.send('sqs.CreateQueue', { QueueName: 'Known' });
  const found = {
    kind: 'queue',
    key: { name: 'Known' },
    name: 'Known',
    arn: `arn:aws:sqs:us-east-1:${sandbox.account}:Known`,
    ref: QueueUrl,
  } as const;
  const other = await openModel(sandbox, { target: open.target, named: [found] });
  await fault('sqs.ListQueues', 'AccessDenied');
  const queues = other.group('queue');
  await other.unfold(queues);
  const labels = other.rows(queues).map(({ label }) => label);
  expect(labels).toEqual([
    'Known',
    expect.stringContaining('Access denied for sqs.ListQueues'),
    'Try again',
    'Add by name',
    'Switch target',
    'Show log',
  ]);
  expect(other.rows(queues).map(({ click }) => click?.do)).toEqual([
    undefined,
    undefined,
    'command',
    'command',
    'offer',
    'offer',
  ]);
  await sandbox.admin('faults', undefined, 'DELETE');
  other.model.more(other.child(queues, 'Try again'));
  await other.unfold(queues);
  expect(other.rows(queues).map(({ label }) => label)).toEqual(['Known']);
});

test('a detail that may not be read says so in its row, and is left alone for a while', async () => {
  await open.target.send('sqs.CreateQueue', { QueueName: 'Closed' });
  await fault('sqs.GetQueueAttributes', 'AccessDenied');
  const [row = never()] = await open.unfold(open.group('queue'));
  await open.look(row);
  expect(open.texts(open.group('queue'))).toEqual(['Closed | not readable']);
  expect(open.model.row(row).tooltip.join()).toContain('Access denied');
  open.now += 5000;
  open.model.seen(row.id);
  expect(open.model.details.loader.idle).toBe(true);
});

test('what somebody else has deleted goes, with a word', async () => {
  const { QueueUrl } = await open.target.send('sqs.CreateQueue', { QueueName: 'Short' });
  await open.target.send('sqs.CreateQueue', { QueueName: 'Lasting' });
  const rows = await open.unfold(open.group('queue'));
  await open.target.send('sqs.DeleteQueue', { QueueUrl });
  await open.look(...rows);
  expect(open.gone).toEqual(['Short']);
  expect(open.texts(open.group('queue'))).toEqual(['Lasting | empty']);
  expect(open.drawn).toContain(open.group('queue'));
});

test('a subscription that is confirmed elsewhere is seen to be so', async () => {
  const { TopicArn } = await open.target.send('sns.CreateTopic', { Name: 'News' });
  await open.target.send('sns.Subscribe', { TopicArn, Protocol: 'email', Endpoint: 'reader@example.com' });
  const [topic = never()] = await open.unfold(open.group('topic'));
  await open.unfold(topic);
  await open.look(topic);
  expect(open.texts(topic)).toEqual(['reader@example.com | pending · email']);
  const [mail] = (await open.target.mailbox?.list()) ?? [];
  const link = mail?.links.find(({ label }) => /confirm/i.test(label)) ?? mail?.links[0];
  await open.target.mailbox?.follow(link?.url ?? '');
  await open.look(topic);
  await vi.waitFor(() => expect(open.texts(topic)).toEqual(['reader@example.com | email']));
});

test('an object that is new, or gone, is seen when its row is refreshed', async () => {
  const Bucket = 'changing';
  await open.target.send('s3.CreateBucket', { Bucket });
  await open.target.send('s3.PutObject', { Bucket, Key: 'in/a', Body: 'x' });
  const [bucket = never()] = await open.unfold(open.group('bucket'));
  const [folder = never()] = await open.unfold(bucket);
  await open.unfold(folder);
  const found = bucket.aim?.kind === 'resource' ? bucket.aim.found : never();
  await open.target.send('s3.PutObject', { Bucket, Key: 'in/b', Body: 'x' });
  open.model.refresh({ kind: 'object', bucket: found, key: 'in/b' });
  await vi.waitFor(() => expect(open.rows(folder).map(({ label }) => label)).toEqual(['a', 'b']));
  await open.target.send('s3.DeleteObjects', { Bucket, Delete: { Objects: [{ Key: 'in/a' }, { Key: 'in/b' }] } });
  open.model.refresh({ kind: 'folder', bucket: found, key: 'in/' });
  await vi.waitFor(() => expect(open.texts(bucket)).toEqual(['Empty bucket']));
});

test('empty groups say so', async () => {
  for (const name of ['topic', 'queue', 'bucket', 'stream', 'instance'] as const) await open.unfold(open.group(name));
  const said = open.model.roots().flatMap((group) => open.texts(group));
  expect(said).toEqual([
    'No topics in us-east-1',
    'No queues in us-east-1',
    'No buckets',
    'No streams in us-east-1',
    'No instance is tagged AutoOff=yes in us-east-1',
  ]);
});

test('refreshed, a group shows what is new and keeps the rows it had; another target begins anew', async () => {
  await open.target.send('sqs.CreateQueue', { QueueName: 'A' });
  const queues = open.group('queue');
  const [first] = await open.unfold(queues);
  await open.target.send('sqs.CreateQueue', { QueueName: 'B' });
  open.model.refresh({ kind: 'group', group: 'queue' });
  expect(open.model.children(queues)[0]).toBe(first);
  await vi.waitFor(() => expect(open.rows(queues).map(({ label }) => label)).toEqual(['A', 'B']));
  expect(open.model.children(queues)[0]).toBe(first);
  open.model.reset();
  expect(open.texts(open.group('queue'))).toEqual(['Reading queues']);
  await open.unfold(open.group('queue'));
});
