// Policies of topics, queues and buckets as documents, read from and saved to a real sandbox.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StoreBench } from './openStore.ts';

let bench: StoreBench;
beforeAll(async () => void (bench = await StoreBench.start()));
afterAll(() => bench.stop());

const allow = (service: string, action: string, Resource: string, Condition?: object) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: service }, Action: action, Resource, ...(Condition && { Condition }) },
  ],
});

describe('a topic', () => {
  test('its own policy, which cannot be taken away', async () => {
    await bench.target.send('sns.CreateTopic', { Name: 'Order' });
    const path = bench.path('topic', 'Order', 'policy.json');
    const text = await bench.text(path);
    expect(text).toMatch(/^\{\n  "Version": "2008-10-17",\n/);
    await expect(bench.save(path, { Version: '2012-10-17', Statement: [] })).rejects.toMatchObject({
      kind: 'refused',
      what: 'A topic always has a policy: SNS cannot take it away.',
    });
  });

  test('row E3: a bucket is let in by the saved text, and its notification is then taken', async () => {
    const { TopicArn = '' } = await bench.target.send('sns.CreateTopic', { Name: 'Order' });
    await bench.target.send('s3.CreateBucket', { Bucket: 'ordersbucket' });
    const NotificationConfiguration = {
      TopicConfigurations: [{ Id: 'ForSNSNotification', TopicArn, Events: ['s3:ObjectCreated:Put' as const] }],
    };
    const notify = () =>
      bench.target.send('s3.PutBucketNotificationConfiguration', { Bucket: 'ordersbucket', NotificationConfiguration });
    await expect(notify()).rejects.toMatchObject({ code: 'InvalidArgument' });

    const policy = allow('s3.amazonaws.com', 'sns:Publish', TopicArn, {
      ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::ordersbucket' },
      StringEquals: { 'aws:SourceAccount': bench.sandbox.account },
    });
    const path = bench.path('topic', 'Order', 'policy.json');
    await bench.text(path);
    await bench.save(path, policy);
    await notify();
    expect(await bench.json(path)).toEqual(policy);
  });

  test("a refused save says AWS's words and what to do, and changes nothing", async () => {
    await bench.target.send('sns.CreateTopic', { Name: 'Refused' });
    const path = bench.path('topic', 'Refused', 'policy.json');
    const before = await bench.text(path);
    await expect(bench.save(path, allow('s3.amazonaws.com', 'sqs:SendMessage', '*'))).rejects.toMatchObject({
      kind: 'refused',
      what: expect.stringContaining('Policy statement action out of service scope!'),
      advice: 'Use only actions of this service.',
    });
    await expect(bench.save(path, '{ "Version": }')).rejects.toMatchObject({
      what: 'This is not JSON: there is an error at line 1, column 14.',
    });
    expect(await bench.text(path)).toBe(before);
  });
});

describe('a queue', () => {
  test('an empty one, one, and an empty one again', async () => {
    await bench.target.send('sqs.CreateQueue', { QueueName: 'ContentQ' });
    const path = bench.path('queue', 'ContentQ', 'policy.json');
    expect(await bench.json(path)).toEqual({ Version: '2012-10-17', Statement: [] });
    const policy = allow(
      'sns.amazonaws.com',
      'sqs:SendMessage',
      `arn:aws:sqs:us-east-1:${bench.sandbox.account}:ContentQ`,
    );
    await bench.save(path, policy);
    expect(await bench.json(path)).toEqual(policy);
    await bench.save(path, { Version: '2012-10-17', Statement: [] });
    const { QueueUrl } = await bench.target.send('sqs.GetQueueUrl', { QueueName: 'ContentQ' });
    const { Attributes } = await bench.target.send('sqs.GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
    expect(Attributes?.Policy).toBeUndefined();
  });
});

describe('a bucket', () => {
  test('an empty one, one, and none', async () => {
    await bench.target.send('s3.CreateBucket', { Bucket: 'papers' });
    const path = bench.path('bucket', 'papers', 'policy.json');
    expect(await bench.json(path)).toEqual({ Version: '2012-10-17', Statement: [] });
    const policy = allow('cloudfront.amazonaws.com', 's3:GetObject', 'arn:aws:s3:::papers/*');
    await bench.save(path, policy);
    expect(await bench.json(path)).toEqual(policy);
    await bench.save(path, '');
    await expect(bench.target.send('s3.GetBucketPolicy', { Bucket: 'papers' })).rejects.toMatchObject({
      code: 'NoSuchBucketPolicy',
    });
  });

  test('one for the public is refused while the block is on, and it says what to turn off', async () => {
    await bench.target.send('s3.CreateBucket', { Bucket: 'public-papers' });
    const path = bench.path('bucket', 'public-papers', 'policy.json');
    const open = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::public-papers/*' },
      ],
    };
    await bench.text(path);
    await expect(bench.save(path, open)).rejects.toMatchObject({
      what: expect.stringContaining('BlockPublicPolicy'),
      advice: expect.stringContaining('Turn BlockPublicPolicy off'),
    });
  });
});

describe('times', () => {
  test('stay while nothing changes, and move on when somebody else changes it', async () => {
    const { QueueUrl } = await bench.target.send('sqs.CreateQueue', { QueueName: 'Watched' });
    const path = bench.path('queue', 'Watched', 'policy.json');
    const first = await bench.mtime(path);
    expect(await bench.mtime(path)).toBe(first);
    const Policy = JSON.stringify(allow('sns.amazonaws.com', 'sqs:SendMessage', '*'));
    await bench.target.send('sqs.SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
    bench.now += 1000;
    expect(await bench.store.refresh(path, false)).toBe('changed');
    expect(await bench.mtime(path)).toBeGreaterThan(first);
    expect(await bench.store.refresh(path, false)).toBe('same');
  });

  test('after a save it is as saved, in whatever form the text was', async () => {
    await bench.target.send('sqs.CreateQueue', { QueueName: 'Own' });
    const path = bench.path('queue', 'Own', 'policy.json');
    await bench.text(path);
    await bench.save(path, `\n\n${JSON.stringify(allow('sns.amazonaws.com', 'sqs:SendMessage', '*'))}`);
    const saved = await bench.mtime(path);
    bench.now += 120_000;
    expect(await bench.store.refresh(path, false)).toBe('same');
    expect(await bench.mtime(path)).toBe(saved);
  });

  test('a change that came between is not overwritten; having been seen, it is', async () => {
    const { QueueUrl } = await bench.target.send('sqs.CreateQueue', { QueueName: 'Between' });
    const path = bench.path('queue', 'Between', 'policy.json');
    await bench.text(path);
    const theirs = JSON.stringify(allow('s3.amazonaws.com', 'sqs:SendMessage', '*'));
    await bench.target.send('sqs.SetQueueAttributes', { QueueUrl, Attributes: { Policy: theirs } });
    const ours = allow('sns.amazonaws.com', 'sqs:SendMessage', '*');
    await expect(bench.save(path, ours)).rejects.toMatchObject({ kind: 'changed' });
    const { Attributes } = await bench.target.send('sqs.GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] });
    expect(Attributes?.Policy).toBe(theirs);
    await bench.save(path, ours);
    expect(await bench.json(path)).toEqual(ours);
  });

  test('asking for the time and then for the text is one look', async () => {
    await bench.target.send('sqs.CreateQueue', { QueueName: 'Once' });
    const path = bench.path('queue', 'Once', 'policy.json');
    const calls: string[] = [];
    const end = bench.target.onCall(({ operation }) => calls.push(operation));
    await bench.store.stat(path);
    await bench.store.read(path);
    end();
    expect(calls).toEqual(['sqs.GetQueueUrl', 'sqs.GetQueueAttributes']);
  });
});

describe('what cannot be opened', () => {
  test.each(['topic', 'queue', 'bucket'] as const)('a %s that is not there', async (kind) => {
    const path = bench.path(kind, 'nobody', 'policy.json');
    await expect(bench.store.read(path)).rejects.toMatchObject({
      kind: 'missing',
      what: `There is no ${kind} nobody.`,
    });
    await expect(bench.save(path, '{}')).rejects.toMatchObject({ kind: 'missing' });
  });

  test('one that was deleted meanwhile', async () => {
    const { QueueUrl } = await bench.target.send('sqs.CreateQueue', { QueueName: 'Gone' });
    const path = bench.path('queue', 'Gone', 'policy.json');
    await bench.text(path);
    await bench.target.send('sqs.DeleteQueue', { QueueUrl });
    bench.now += 1000;
    expect(await bench.store.refresh(path, true)).toBe('gone');
  });

  test('another account or region than the one that is chosen', async () => {
    await expect(bench.store.read('/queue/999999999999/us-east-1/Q/policy.json')).rejects.toMatchObject({
      kind: 'elsewhere',
      message:
        'This document is of account 999999999999 in us-east-1; Sandbox is account 123456789012 in us-east-1. Switch back (in the status bar) to read or save it.',
    });
    await expect(bench.store.read(`/queue/${bench.sandbox.account}/eu-west-1/Q/policy.json`)).rejects.toMatchObject({
      kind: 'elsewhere',
    });
  });

  test('a path that is none', async () => {
    await expect(bench.store.read('/etc/passwd')).rejects.toMatchObject({ kind: 'missing' });
  });
});
