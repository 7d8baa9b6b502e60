// Attributes and settings as documents: what can be changed, what is only shown, and what is sent.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StoreBench } from './openStore.ts';

let bench: StoreBench;
beforeAll(async () => void (bench = await StoreBench.start()));
afterAll(() => bench.stop());

/** The operations that a piece of work sends and that change something. */
async function writesOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const calls: string[] = [];
  const end = bench.target.onCall(({ operation }) => calls.push(operation));
  await work().finally(end);
  return calls.filter((operation) => !/\.(Get|Head|Describe|List)/.test(operation));
}

test('a queue: numbers and objects are such, one call saves what was changed, null takes away', async () => {
  await bench.target.send('sqs.CreateQueue', { QueueName: 'dead' });
  const { QueueUrl } = await bench.target.send('sqs.CreateQueue', { QueueName: 'Q' });
  const path = bench.path('queue', 'Q', 'attributes.json');
  const shown = await bench.json(path);
  expect(shown).toMatchObject({ VisibilityTimeout: 30, RedrivePolicy: null, SqsManagedSseEnabled: true });
  expect(shown['$readOnly']).toMatchObject({ QueueUrl, ApproximateNumberOfMessages: '0' });
  expect(shown).not.toHaveProperty('Policy');

  const deadLetterTargetArn = `arn:aws:sqs:us-east-1:${bench.sandbox.account}:dead`;
  const changed = {
    ...shown,
    VisibilityTimeout: 60,
    RedrivePolicy: { deadLetterTargetArn, maxReceiveCount: 3 },
    $readOnly: 'nonsense',
  };
  expect(await writesOf(() => bench.save(path, changed))).toEqual(['sqs.SetQueueAttributes']);
  const { Attributes } = await bench.target.send('sqs.GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
  expect(Attributes).toMatchObject({ VisibilityTimeout: '60' });
  expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toEqual({ deadLetterTargetArn, maxReceiveCount: 3 });

  expect(await writesOf(() => bench.save(path, changed))).toEqual([]);
  await bench.save(path, { RedrivePolicy: null });
  expect(await bench.json(path)).toMatchObject({ VisibilityTimeout: 60, RedrivePolicy: null });
});

describe('said before AWS is asked', () => {
  test.each([
    [
      { VisibilityTimeout: 43_201 },
      'VisibilityTimeout cannot be 43201. It is a whole number from 0 to 43200 (seconds).',
    ],
    [{ VisibilityTimeout: '60' }, 'VisibilityTimeout cannot be "60". It is a whole number from 0 to 43200 (seconds).'],
    [{ VisibilityTimeout: null }, 'VisibilityTimeout cannot be null. It cannot be taken away. Give it a value.'],
    [
      { VisibilityTimeou: 3 },
      '"VisibilityTimeou" is nothing of a queue that can be changed here. Did you mean VisibilityTimeout?',
    ],
    [{ toString: 'x' }, '"toString" is nothing of a queue that can be changed here. Take it away.'],
    [{ SqsManagedSseEnabled: 'yes' }, 'SqsManagedSseEnabled cannot be "yes". It is true or false.'],
    [[], 'This is no JSON object. Write it in { }.'],
  ])('%j', async (content, message) => {
    await bench.target.send('sqs.CreateQueue', { QueueName: 'Checked' });
    const path = bench.path('queue', 'Checked', 'attributes.json');
    const writes = await writesOf(() =>
      expect(bench.save(path, content)).rejects.toMatchObject({ kind: 'refused', message }),
    );
    expect(writes).toEqual([]);
  });
});

test('a topic: one call for each attribute; what was saved before a refusal is said', async () => {
  await bench.target.send('sns.CreateTopic', { Name: 'T' });
  const path = bench.path('topic', 'T', 'attributes.json');
  const shown = await bench.json(path);
  expect(shown).toMatchObject({ DisplayName: '', DeliveryPolicy: null });
  expect(shown['$readOnly']).toMatchObject({ Owner: bench.sandbox.account, SubscriptionsConfirmed: '0' });
  const wanted = {
    ...shown,
    DisplayName: 'Orders',
    DeliveryPolicy: { http: { defaultHealthyRetryPolicy: { numRetries: 1000 } } },
  };
  await expect(bench.save(path, wanted)).rejects.toMatchObject({
    partly: true,
    what: expect.stringMatching(/^DisplayName was saved, the rest was not: Invalid parameter/),
  });
  expect(await bench.json(path)).toMatchObject({ DisplayName: 'Orders', DeliveryPolicy: null });
  await bench.save(path, { ...wanted, DeliveryPolicy: null });
});

test('a bucket: each setting by its own call, and taken away by its own', async () => {
  await bench.target.send('s3.CreateBucket', { Bucket: 'papers' });
  const path = bench.path('bucket', 'papers', 'attributes.json');
  const shown = await bench.json(path);
  expect(shown).toMatchObject({
    Versioning: 'Off',
    Website: null,
    Notifications: {},
    $readOnly: { Region: 'us-east-1' },
  });
  const wanted = {
    ...shown,
    Versioning: 'Enabled',
    PublicAccessBlock: null,
    Website: { IndexDocument: { Suffix: 'index.html' } },
  };
  expect(await writesOf(() => bench.save(path, wanted))).toEqual([
    's3.PutBucketVersioning',
    's3.DeletePublicAccessBlock',
    's3.PutBucketWebsite',
  ]);
  expect(await bench.json(path)).toMatchObject({
    Versioning: 'Enabled',
    PublicAccessBlock: null,
    Website: { IndexDocument: { Suffix: 'index.html' } },
  });
  await expect(bench.save(path, { ...wanted, Versioning: 'Off' })).rejects.toMatchObject({
    advice: 'It is "Enabled" or "Suspended".',
  });
  expect(await writesOf(() => bench.save(path, { ...wanted, Website: null }))).toEqual(['s3.DeleteBucketWebsite']);
});

test('a notification that its topic does not let in: AWS says no, and it is said where to mend it', async () => {
  await bench.target.send('s3.CreateBucket', { Bucket: 'notifier' });
  const { TopicArn } = await bench.target.send('sns.CreateTopic', { Name: 'Closed' });
  const path = bench.path('bucket', 'notifier', 'attributes.json');
  const Notifications = { TopicConfigurations: [{ Id: 'a', TopicArn, Events: ['s3:ObjectCreated:*'] }] };
  await expect(bench.save(path, { Notifications })).rejects.toMatchObject({
    message:
      "Unable to validate the following destination configurations. Let s3.amazonaws.com in by the destination's own policy first.",
  });
});

test('a stream: retention up and down', async () => {
  await bench.target.send('kinesis.CreateStream', { StreamName: 'S', ShardCount: 1 });
  await bench.sandbox.advance('1m');
  const path = bench.path('stream', 'S', 'attributes.json');
  const shown = await bench.json(path);
  expect(shown).toMatchObject({ RetentionPeriodHours: 24, $readOnly: { StreamStatus: 'ACTIVE', OpenShardCount: 1 } });
  expect(await writesOf(() => bench.save(path, { ...shown, RetentionPeriodHours: 48 }))).toEqual([
    'kinesis.IncreaseStreamRetentionPeriod',
  ]);
  expect(await bench.json(path)).toMatchObject({ RetentionPeriodHours: 48 });
  expect(await writesOf(() => bench.save(path, { ...shown, RetentionPeriodHours: 24 }))).toEqual([
    'kinesis.DecreaseStreamRetentionPeriod',
  ]);
});
