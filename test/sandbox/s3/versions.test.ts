import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
beforeAll(async () => {
  own = await startS3();
});
afterAll(() => own.aws.stop());

async function versionedBucket(): Promise<string> {
  const Bucket = await own.bucket();
  await setVersioning(Bucket, 'Enabled');
  return Bucket;
}
const setVersioning = (Bucket: string, Status: 'Enabled' | 'Suspended') =>
  own.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
const write = (Bucket: string, Key: string, Body: string) => own.s3.send(new PutObjectCommand({ Bucket, Key, Body }));

test('each write is a version, the newest is what is there', async () => {
  const Bucket = await versionedBucket();
  const first = await write(Bucket, 'k', 'one');
  await write(Bucket, 'k', 'two');
  const old = await own.s3.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId: first.VersionId }));
  expect(await old.Body?.transformToString()).toBe('one');
  const { Versions } = await own.s3.send(new ListObjectVersionsCommand({ Bucket }));
  expect(Versions?.map(({ IsLatest }) => IsLatest)).toEqual([true, false]);
});

test('when a version goes is told of the current one alone, unless a version is asked for', async () => {
  const Bucket = await versionedBucket();
  const rule = { ID: 'soon', Status: 'Enabled', Filter: {}, Expiration: { Days: 3 } } as const;
  await own.s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [rule] } }));
  const { VersionId } = await write(Bucket, 'k', 'one');
  const head = (more: object = {}) => own.s3.send(new HeadObjectCommand({ Bucket, Key: 'k', ...more }));
  expect((await head()).Expiration).toContain('rule-id="soon"');
  expect((await head({ VersionId })).Expiration).toBeUndefined();
});

test('a deletion leaves a marker; deleting the marker brings the object back', async () => {
  const Bucket = await versionedBucket();
  await write(Bucket, 'k', 'one');
  const { VersionId, DeleteMarker } = await own.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  expect(DeleteMarker).toBe(true);
  expect((await own.s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  await expectRefusal(own.s3.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId })), 'MethodNotAllowed');
  await own.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }));
  expect((await own.s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(1);
});

test('suspended, there is one version without an id', async () => {
  const Bucket = await versionedBucket();
  await write(Bucket, 'k', 'kept');
  await setVersioning(Bucket, 'Suspended');
  expect((await write(Bucket, 'k', 'a')).VersionId).toBeUndefined();
  await write(Bucket, 'k', 'b');
  const { Versions } = await own.s3.send(new ListObjectVersionsCommand({ Bucket }));
  expect(Versions?.map(({ VersionId }) => VersionId === 'null')).toEqual([true, false]);
});

test('pages of versions go on behind a version that is gone', async () => {
  const Bucket = await versionedBucket();
  for (const body of ['1', '2', '3', '4']) await write(Bucket, 'k', body);
  await write(Bucket, 'l', 'x');
  const first = await own.s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2 }));
  const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = first;
  await own.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: VersionIdMarker }));
  const rest = await own.s3.send(new ListObjectVersionsCommand({ Bucket, KeyMarker, VersionIdMarker }));
  expect(rest.Versions?.map(({ Key, Size }) => [Key, Size])).toEqual([
    ['k', 1],
    ['k', 1],
    ['l', 1],
  ]);
});

test('many are deleted at once, each with its own outcome', async () => {
  const Bucket = await versionedBucket();
  const { VersionId } = await write(Bucket, 'k', 'one');
  const answer = await own.s3.send(
    new DeleteObjectsCommand({
      Bucket,
      Delete: { Objects: [{ Key: 'k', VersionId }, { Key: 'none' }, { Key: 'k', VersionId: 'A'.repeat(32) }] },
    }),
  );
  expect(answer.Deleted).toMatchObject([
    { Key: 'k', VersionId },
    { Key: 'none', DeleteMarker: true },
  ]);
  expect(answer.Errors).toMatchObject([{ Code: 'NoSuchVersion', Key: 'k' }]);
});
