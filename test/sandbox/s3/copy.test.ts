import {
  CopyObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
let Bucket: string;
beforeAll(async () => {
  own = await startS3();
  Bucket = await own.bucket();
  await own.put(Bucket, 'a/ü +.txt', 'text', { ContentType: 'text/x', Metadata: { m: '1' }, Tagging: 't=1' });
});
afterAll(() => own.aws.stop());

const source = () => encodeURI(`${Bucket}/a/ü %2B.txt`).replace('%252B', '%2B');
const copy = (more: object) =>
  own.s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: source(), ...more }));

test('a copy has all that the source has, or what it is told', async () => {
  await copy({});
  const head = () => own.s3.send(new HeadObjectCommand({ Bucket, Key: 'copy' }));
  expect(await head()).toMatchObject({ ContentType: 'text/x', Metadata: { m: '1' }, ContentLength: 4 });
  await copy({ MetadataDirective: 'REPLACE', Metadata: { m: '2' }, TaggingDirective: 'REPLACE', Tagging: 't=2' });
  expect(await head()).toMatchObject({ ContentType: 'binary/octet-stream', Metadata: { m: '2' } });
  const { TagSet } = await own.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'copy' }));
  expect(TagSet).toEqual([{ Key: 't', Value: '2' }]);
});

test('conditions on the source, and sources that are not there', async () => {
  await expectRefusal(copy({ CopySourceIfMatch: '"no"' }), 'PreconditionFailed', {
    Condition: 'x-amz-copy-source-If-Match',
  });
  await expectRefusal(copy({ CopySource: `${Bucket}/none` }), 'NoSuchKey', { Key: 'none' });
  await expectRefusal(copy({ CopySource: 'never-made/k' }), 'NoSuchBucket', { BucketName: 'never-made' });
  await expectRefusal(copy({ CopySource: Bucket }), 'InvalidArgument', { message: 'Invalid copy source object key' });
});

test('a copy onto itself changes the description', async () => {
  await own.put(Bucket, 'self', 'x');
  const onto = (more: object) => copy({ Key: 'self', CopySource: `${Bucket}/self`, ...more });
  await expectRefusal(onto({}), 'InvalidRequest');
  await onto({ MetadataDirective: 'REPLACE', Metadata: { now: 'yes' } });
  const got = await own.s3.send(new GetObjectCommand({ Bucket, Key: 'self' }));
  expect([got.Metadata, await got.Body?.transformToString()]).toEqual([{ now: 'yes' }, 'x']);
});

test('tags have rules', async () => {
  const tag = (TagSet: { Key: string; Value: string }[]) =>
    own.s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'copy', Tagging: { TagSet } }));
  await expectRefusal(tag([{ Key: 'aws:x', Value: '' }]), 'InvalidTag', { TagKey: 'aws:x' });
  await expectRefusal(tag([{ Key: 'a,b', Value: '' }]), 'InvalidTag', {
    message: 'The TagKey you have provided is invalid',
  });
  await expectRefusal(tag(Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: '' }))), 'BadRequest', {
    message: 'Object tags cannot be greater than 10',
  });
  await expectRefusal(own.put(Bucket, 'k', '', { Tagging: 'a=1&a=2' }), 'InvalidArgument', {
    ArgumentName: 'x-amz-tagging',
  });
});
