import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bucket } from '../../../src/aws/resources/bucket.ts';
import type { Found, Look } from '../../../src/aws/resources/kind.ts';
import { listObjects } from '../../../src/aws/resources/objects.ts';
import { openLook } from './openTargets.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let look: Look;
let close: () => Promise<void>;
beforeAll(async () => void ({ look, close } = await openLook()));
afterAll(() => close());

const put = (Bucket: string, Key: string, Body = Key) => look.target.send('s3.PutObject', { Bucket, Key, Body });

async function found(name: string): Promise<Found> {
  const there = await bucket.find(look, { name });
  if (!there) throw new Error(`${name} is not there.`);
  return there;
}

test('is created with tags, listed a page at a time, found by name, described', async () => {
  const input = bucket.withTags({ Bucket: 'kind-one' }, { 'aws-labs:lab': 'x' });
  await look.target.sendAny('s3.CreateBucket', input);
  await look.target.send('s3.CreateBucket', { Bucket: 'kind-two' });
  const { entries, next } = await bucket.list(look);
  expect(entries.map(({ name, arn }) => [name, arn])).toEqual([
    ['kind-one', 'arn:aws:s3:::kind-one'],
    ['kind-two', 'arn:aws:s3:::kind-two'],
  ]);
  expect(next).toBeUndefined();
  expect(await bucket.tags(look, await found('kind-one'))).toEqual({ 'aws-labs:lab': 'x' });
  expect(await bucket.tags(look, await found('kind-two'))).toEqual({});
  expect((await bucket.describe(look, await found('kind-one')))?.facts).toMatchObject({
    BucketRegion: 'us-east-1',
    Versioning: 'Off',
  });
  expect(bucket.keyOf('s3.CreateBucket', { Bucket: 'b' })).toEqual({ name: 'b' });
});

test('says where its events go', async () => {
  const { QueueUrl } = await look.target.send('sqs.CreateQueue', { QueueName: 'Events' });
  const arn = `arn:aws:sqs:us-east-1:${look.target.account}:Events`;
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: arn },
    ],
  });
  await look.target.send('sqs.SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
  await look.target.send('s3.PutBucketNotificationConfiguration', {
    Bucket: 'kind-two',
    NotificationConfiguration: { QueueConfigurations: [{ QueueArn: arn, Events: ['s3:ObjectCreated:*'] }] },
  });
  const described = await bucket.describe(look, await found('kind-two'));
  expect(described && bucket.relations(described)).toEqual([{ to: 'queue', arn, label: 'sends events to' }]);
});

test('tells what is in it, is emptied with every version and unfinished upload, and removed; gone is gone', async () => {
  const Bucket = 'kind-full';
  await look.target.send('s3.CreateBucket', { Bucket });
  await look.target.send('s3.PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
  await put(Bucket, 'a');
  await put(Bucket, 'a', 'again');
  await put(Bucket, 'b/c');
  await look.target.send('s3.DeleteObject', { Bucket, Key: 'b/c' });
  await look.target.send('s3.CreateMultipartUpload', { Bucket, Key: 'half' });
  const there = await found(Bucket);
  expect(await bucket.contents(look, there)).toEqual([{ what: 'object', count: 1 }]);
  expect(await bucket.empty?.(look, there)).toEqual({ state: 'emptied' });
  expect(await bucket.contents(look, there)).toEqual([]);
  await put(Bucket, 'c');
  expect(await bucket.remove(look, there)).toEqual({ state: 'gone' });
  expect(await bucket.remove(look, there)).toEqual({ state: 'gone' });
  expect(await bucket.find(look, { name: Bucket })).toBeUndefined();
  expect(await bucket.describe(look, there)).toBeUndefined();
  expect(await bucket.contents(look, there)).toEqual([]);
});

test('objects are listed folder by folder, a page at a time, with whatever keys they have', async () => {
  const Bucket = 'kind-keys';
  await look.target.send('s3.CreateBucket', { Bucket });
  const odd = ['../up', 'a//b', 'line\nbreak', '\u0001', 'plus+and space', '🎈.png', '%41', 'dir/'];
  for (const key of [...odd, 'dir/one', 'dir/sub/two']) await put(Bucket, key);
  const top = await listObjects(look, { bucket: Bucket, prefix: '' });
  const keys = (page: typeof top) => page.entries.map(({ kind, key }) => `${kind} ${key}`);
  expect(keys(top).toSorted()).toEqual(
    [
      'folder ../',
      'folder a/',
      'folder dir/',
      'object line\nbreak',
      'object \u0001',
      'object plus+and space',
      'object 🎈.png',
      'object %41',
    ].toSorted(),
  );
  expect(keys(await listObjects(look, { bucket: Bucket, prefix: 'a/' }))).toEqual(['folder a//']);
  expect(keys(await listObjects(look, { bucket: Bucket, prefix: 'dir/' }))).toEqual([
    'folder dir/sub/',
    'object dir/one',
  ]);
  expect(keys(await listObjects(look, { bucket: Bucket, prefix: 'pl' }))).toEqual(['object plus+and space']);
  const first = await listObjects(look, { bucket: Bucket, prefix: '', most: 3 });
  expect(first.entries).toHaveLength(3);
  const rest = await listObjects(look, { bucket: Bucket, prefix: '', most: 10, next: first.next });
  expect(rest.next).toBeUndefined();
  expect([...keys(first), ...keys(rest)].toSorted()).toEqual(keys(top).toSorted());
});
