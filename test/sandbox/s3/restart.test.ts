import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { afterAll, expect, test } from 'vitest';
import type { SavedState } from '../../../src/sandbox/sandbox.ts';
import { startS3, type S3Sandbox } from './startS3.ts';

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 's3-restart-'));
  made.push(folder);
  return folder;
}

function bodyFiles(dataDir: string): string[] {
  const bodies = join(dataDir, 's3-bodies');
  if (!existsSync(bodies)) return [];
  return readdirSync(bodies).flatMap((generation) => readdirSync(join(bodies, generation)));
}

/** What a process would write and another read. */
const saved = (own: S3Sandbox): SavedState => deserialize(serialize(own.aws.sandbox.save())) as SavedState;
const read = async (own: S3Sandbox, Bucket: string, Key: string): Promise<string | undefined> =>
  (await own.s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

test('objects short and long are there after a restart, and a save writes no body twice', async () => {
  const dataDir = newFolder();
  const before = await startS3({ dataDir });
  const Bucket = await before.bucket();
  const long = 'long '.repeat(100_000);
  await before.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  for (let number = 0; number < 50; number++) await before.put(Bucket, `short-${number}`, `body ${number}`);
  await before.put(Bucket, 'long', long);
  await before.s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/long` }));
  const first = serialize(before.aws.sandbox.save().services['s3']).length;
  expect(
    bodyFiles(dataDir)
      .toSorted()
      .map((name) => name.slice(0, 4)),
  ).toEqual(['body', 'pack']);
  expect(first).toBeLessThan(60_000);
  const state = saved(before);
  await before.aws.stop();

  const after = await startS3({ dataDir, saved: state, account: before.aws.account });
  const own = { ...after, s3: after.client({ credentials: after.aws.credentials }) };
  expect(await read(own, Bucket, 'short-17')).toBe('body 17');
  expect(await read(own, Bucket, 'long')).toBe(long);
  await own.s3.send(new DeleteObjectCommand({ Bucket, Key: 'long' }));
  expect(await read(own, Bucket, 'copy')).toBe(long);
  await after.aws.stop();
});

test('files nobody needs go, but not before a state without them is saved', async () => {
  const dataDir = newFolder();
  const files = () => bodyFiles(dataDir);
  const own = await startS3({ dataDir });
  const Bucket = await own.bucket();
  await own.put(Bucket, 'k', 'x'.repeat(100_000));
  const [body] = files();
  saved(own);
  await own.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  saved(own);
  expect(files()).toContain(body);
  saved(own);
  await sleep(100);
  expect(files()).not.toContain(body);
  await own.aws.stop();
});

test('a reset forgets everything at once', async () => {
  const own = await startS3();
  const Bucket = await own.bucket();
  await Promise.all(Array.from({ length: 100 }, (_, number) => own.put(Bucket, `k${number}`)));
  await own.aws.admin('reset', {});
  expect((await own.s3.send(new ListBucketsCommand())).Buckets ?? []).toEqual([]);
  expect(await own.aws.admin('state')).toEqual({ resources: [] });
  await own.aws.stop();
});

test('without a data folder, too, a saved state holds what there is', async () => {
  const before = await startS3();
  const Bucket = await before.bucket();
  await before.put(Bucket, 'k', 'kept');
  const after = await startS3({ saved: saved(before) });
  expect(await read(after, Bucket, 'k')).toBe('kept');
  expect((await after.s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(1);
  await before.aws.stop();
  await after.aws.stop();
});
