import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketLocationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
beforeAll(async () => {
  own = await startS3();
});
afterAll(() => own.aws.stop());

test('names keep to the rules', async () => {
  for (const Bucket of [
    'ab',
    'Upper',
    'a..b',
    '192.168.1.1',
    '-start',
    'end-',
    'under_score',
    'xn--x',
    'x'.repeat(64),
  ]) {
    await expectRefusal(own.s3.send(new CreateBucketCommand({ Bucket })), 'InvalidBucketName', {
      message: 'The specified bucket is not valid.',
    });
  }
});

test('EU is an old name of eu-west-1, which the location goes on saying', async () => {
  const west = own.client({ region: 'eu-west-1' });
  const Bucket = `${await own.bucket()}-old`;
  await west.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'EU' } }));
  expect((await west.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe('EU');
  const { Buckets = [] } = await west.send(new ListBucketsCommand({ Prefix: Bucket }));
  expect(Buckets[0]?.BucketRegion).toBe('eu-west-1');
});

test('in us-east-1 one may create the same bucket again, elsewhere not', async () => {
  const name = await own.bucket();
  const again = await own.s3.send(new CreateBucketCommand({ Bucket: name }));
  expect(again.Location).toBe(`/${name}`);
  const west = own.client({ region: 'eu-west-1' });
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await west.send(new CreateBucketCommand({ Bucket: `${name}-eu`, CreateBucketConfiguration }));
  await expectRefusal(
    west.send(new CreateBucketCommand({ Bucket: `${name}-eu`, CreateBucketConfiguration })),
    'BucketAlreadyOwnedByYou',
    { message: 'Your previous request to create the named bucket succeeded and you already own it.' },
  );
  const { LocationConstraint } = await west.send(new GetBucketLocationCommand({ Bucket: `${name}-eu` }));
  expect(LocationConstraint).toBe('eu-west-1');
});

test('a bucket is found in its own region only, and the answer says which', async () => {
  const name = `${await own.bucket()}-us2`;
  await own.s3.send(
    new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint: 'us-east-2' } }),
  );
  const answer = await own.s3.send(new ListObjectsV2Command({ Bucket: name })).catch((thrown: unknown) => thrown);
  expect(answer).toMatchObject({ name: 'PermanentRedirect', $metadata: { httpStatusCode: 301 } });
  const head = await own.client({ region: 'us-east-2' }).send(new HeadBucketCommand({ Bucket: name }));
  expect(head.BucketRegion).toBe('us-east-2');
});

test('names are taken across accounts, and buckets of others are shut', async () => {
  const sandbox = await startS3({ anyCredentials: true });
  const as = (accessKeyId: string) => sandbox.client({ credentials: { accessKeyId, secretAccessKey: 'x' } });
  const [one, two] = [as('111111111111'), as('222222222222')];
  await one.send(new CreateBucketCommand({ Bucket: 'shared-name' }));
  await expectRefusal(two.send(new CreateBucketCommand({ Bucket: 'shared-name' })), 'BucketAlreadyExists');
  await expectRefusal(two.send(new ListObjectsV2Command({ Bucket: 'shared-name' })), 'AccessDenied', {
    message: 'Access Denied',
  });
  expect((await two.send(new ListBucketsCommand())).Buckets ?? []).toEqual([]);
  await sandbox.aws.stop();
});

test('a listing of buckets has pages and prefixes', async () => {
  for (const Bucket of ['list-a', 'list-b', 'list-c']) await own.s3.send(new CreateBucketCommand({ Bucket }));
  const first = await own.s3.send(new ListBucketsCommand({ Prefix: 'list-', MaxBuckets: 2 }));
  expect(first.Buckets?.map(({ Name }) => Name)).toEqual(['list-a', 'list-b']);
  const second = await own.s3.send(
    new ListBucketsCommand({ Prefix: 'list-', ContinuationToken: first.ContinuationToken }),
  );
  expect(second.Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion])).toEqual([['list-c', 'us-east-1']]);
});

test('only an empty bucket can be deleted; new ones are shut to the public', async () => {
  const Bucket = await own.bucket();
  const { PublicAccessBlockConfiguration: block } = await own.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  expect(Object.values(block ?? {})).toEqual([true, true, true, true]);
  await own.put(Bucket, 'k');
  await expectRefusal(own.s3.send(new DeleteBucketCommand({ Bucket })), 'BucketNotEmpty');
  const answer = await own.http(`/${Bucket}`, { method: 'HEAD' });
  expect([answer.status, answer.body]).toEqual([403, '']);
});
