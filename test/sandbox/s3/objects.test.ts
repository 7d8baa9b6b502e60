import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
let Bucket: string;
beforeAll(async () => {
  own = await startS3();
  Bucket = await own.bucket();
});
afterAll(() => own.aws.stop());

const text = async (Key: string, more: object = {}): Promise<string | undefined> =>
  (await own.s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();

test('what was said of an object is given back', async () => {
  await own.put(Bucket, 'described', 'x', {
    ContentType: 'text/css',
    CacheControl: 'no-cache',
    ContentDisposition: 'attachment; filename="a.css"',
    Metadata: { colour: 'red' },
    StorageClass: 'STANDARD_IA',
    Tagging: 'a=1&b=%20',
  });
  const head = await own.s3.send(new HeadObjectCommand({ Bucket, Key: 'described' }));
  expect(head).toMatchObject({
    ContentType: 'text/css',
    CacheControl: 'no-cache',
    ContentDisposition: 'attachment; filename="a.css"',
    Metadata: { colour: 'red' },
    StorageClass: 'STANDARD_IA',
    ContentLength: 1,
    ETag: '"9dd4e461268c8034f5c8564e155c67a6"',
    ServerSideEncryption: 'AES256',
    AcceptRanges: 'bytes',
  });
  const got = await own.s3.send(new GetObjectCommand({ Bucket, Key: 'described', ResponseContentType: 'text/plain' }));
  expect([got.TagCount, got.ContentType]).toEqual([2, 'text/plain']);
});

test('overridden headers are Latin-1', async () => {
  await own.put(Bucket, 'plain', 'x');
  const get = (ResponseCacheControl: string) =>
    own.s3.send(new GetObjectCommand({ Bucket, Key: 'plain', ResponseCacheControl }));
  expect((await get('no-store')).CacheControl).toBe('no-store');
  await expectRefusal(get('a—b'), 'InvalidArgument', {
    message: 'Header value cannot be represented using ISO-8859-1.',
    ArgumentName: 'response-cache-control',
  });
});

test('keys are what they are', async () => {
  for (const Key of [
    '../up',
    'a/../b',
    'a//b',
    '/begin',
    'end/',
    'line\nbreak',
    '😀 + &?#%41.txt',
    "!'()*~",
    '.',
    'é',
  ]) {
    await own.put(Bucket, Key, `this is ${Key}`);
    expect(await text(Key)).toBe(`this is ${Key}`);
  }
});

test('ranges', async () => {
  await own.put(Bucket, 'digits', '0123456789');
  const part = await own.s3.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=2-4' }));
  expect([part.$metadata.httpStatusCode, part.ContentRange]).toEqual([206, 'bytes 2-4/10']);
  const read = await Promise.all(
    ['bytes=7-', 'bytes=-2', 'bytes=0-99', 'bytes=-15', 'bytes=5-2', 'bytes=0-0,2-3'].map((Range) =>
      text('digits', { Range }),
    ),
  );
  expect(read).toEqual(['789', '89', '0123456789', '0123456789', '0123456789', '0123456789']);
  await expectRefusal(text('digits', { Range: 'bytes=10-' }), 'InvalidRange', {
    ActualObjectSize: '10',
    RangeRequested: 'bytes=10-',
  });
});

test('conditions of reading', async () => {
  await own.put(Bucket, 'conditional');
  const { ETag, LastModified } = await own.s3.send(new HeadObjectCommand({ Bucket, Key: 'conditional' }));
  await expectRefusal(text('conditional', { IfMatch: '"other"' }), 'PreconditionFailed', { Condition: 'If-Match' });
  await expectRefusal(text('conditional', { IfUnmodifiedSince: new Date(0) }), 'PreconditionFailed');
  const unchanged = await text('conditional', { IfNoneMatch: ETag }).catch((thrown: unknown) => thrown);
  expect(unchanged).toMatchObject({ $metadata: { httpStatusCode: 304 } });
  const since = await text('conditional', { IfModifiedSince: LastModified }).catch((thrown: unknown) => thrown);
  expect(since).toMatchObject({ $metadata: { httpStatusCode: 304 } });
  expect(await text('conditional', { IfMatch: ETag, IfUnmodifiedSince: new Date(0) })).toBe('hello');
});

test('conditions of writing', async () => {
  await own.put(Bucket, 'once', 'a', { IfNoneMatch: '*' });
  await expectRefusal(own.put(Bucket, 'once', 'b', { IfNoneMatch: '*' }), 'PreconditionFailed');
  await expectRefusal(own.put(Bucket, 'once', 'b', { IfMatch: '"no"' }), 'PreconditionFailed');
  await expectRefusal(own.put(Bucket, 'never', 'b', { IfMatch: '"no"' }), 'NoSuchKey');
  await own.put(Bucket, 'once', 'b', { IfMatch: '"0cc175b9c0f1b6a831c399e269772661"' });
  expect(await text('once')).toBe('b');
});

test('limits', async () => {
  await expectRefusal(own.put(Bucket, 'k'.repeat(1025)), 'KeyTooLongError', { Size: '1025', MaxSizeAllowed: '1024' });
  await own.put(Bucket, 'k'.repeat(1024));
  await expectRefusal(own.put(Bucket, 'k', '', { Metadata: { m: 'x'.repeat(2048) } }), 'MetadataTooLarge');
  const declared = new PutObjectCommand({ Bucket, Key: 'huge', Body: '' });
  declared.middlewareStack.add(
    (next) => (args) => {
      Object.assign((args.request as { headers: object }).headers, { 'x-amz-decoded-content-length': String(6e9) });
      Object.assign((args.request as { headers: object }).headers, { 'content-encoding': 'aws-chunked' });
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  await expectRefusal(own.s3.send(declared), 'EntityTooLarge', { ProposedSize: '6000000000' });
});

test('missing objects are told by code and key, to HEAD by status alone', async () => {
  await expectRefusal(text('none'), 'NoSuchKey', { Key: 'none' });
  await expectRefusal(own.s3.send(new HeadObjectCommand({ Bucket, Key: 'none' })), 'NotFound');
  await expectRefusal(text('k', { VersionId: 'x' }), 'InvalidArgument', { ArgumentName: 'versionId' });
});

test('a long object comes back whole and in pieces', async () => {
  const long = Buffer.alloc(20 * 1024 * 1024, 'sixteen letters!');
  await own.put(Bucket, 'long', long);
  const got = await own.s3.send(new GetObjectCommand({ Bucket, Key: 'long', ChecksumMode: 'ENABLED' }));
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(long)).toBe(true);
  expect(await text('long', { Range: 'bytes=16777216-16777231' })).toBe('sixteen letters!');
});
