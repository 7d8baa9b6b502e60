import { CreateBucketCommand, DeleteObjectCommand, PutObjectRetentionCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
const Bucket = 'locking-bucket';
const Key = 'k';
beforeAll(async () => {
  own = await startS3();
  await own.s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
});
afterAll(() => own.aws.stop());

test('compliance is made neither shorter nor weaker, and ends by itself', async () => {
  const { VersionId } = (await own.put(Bucket, Key)) as { VersionId: string };
  const retain = (Mode: 'COMPLIANCE' | 'GOVERNANCE', seconds: number) => {
    const Retention = { Mode, RetainUntilDate: new Date(Date.now() + seconds * 1000) };
    return own.s3.send(new PutObjectRetentionCommand({ Bucket, Key, VersionId, Retention }));
  };
  const remove = () =>
    own.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention: true }));
  const message = 'Access Denied because object protected by object lock.';
  await retain('COMPLIANCE', 60);
  await expectRefusal(remove(), 'AccessDenied', { message });
  await expectRefusal(retain('COMPLIANCE', 30), 'AccessDenied', { message });
  await expectRefusal(retain('GOVERNANCE', 90), 'AccessDenied', { message });
  await retain('COMPLIANCE', 90);
  await own.aws.advance('2m');
  expect((await remove()).VersionId).toBe(VersionId);
});
