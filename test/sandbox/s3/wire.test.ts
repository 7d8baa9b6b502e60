// What S3 answers byte by byte, where clients that are not the SDK look.
import { createHmac } from 'node:crypto';
import { GetObjectAttributesCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
let Bucket: string;
beforeAll(async () => {
  own = await startS3();
  Bucket = await own.bucket();
  await own.put(Bucket, 'k');
});
afterAll(() => own.aws.stop());

/** A GET at the bucket itself, presigned in the older way; boto3 signs `/bucket/`, others `/bucket`. */
function listing(signedPath: string, query = ''): Promise<{ status: number; body: string }> {
  const { accessKeyId, secretAccessKey } = own.aws.credentials;
  const expires = Math.floor(Date.now() / 1000) + 60;
  const text = `GET\n\n\n${expires}\n${signedPath}`;
  const signature = encodeURIComponent(createHmac('sha1', secretAccessKey).update(text).digest('base64'));
  return own.http(`/${Bucket}?${query}AWSAccessKeyId=${accessKeyId}&Signature=${signature}&Expires=${expires}`);
}

test('a bucket alone is presigned with a slash behind it, and without', async () => {
  expect((await listing(`/${Bucket}/`, 'list-type=2&')).status).toBe(200);
  expect((await listing(`/${Bucket}`)).status).toBe(200);
  expect((await listing(`/${Bucket}//`)).status).toBe(403);
});

test('times in XML have milliseconds, as S3 writes them', async () => {
  const { body } = await listing(`/${Bucket}`);
  expect(body).toMatch(/<LastModified>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z<\/LastModified>/);
  const { Contents } = await own.s3.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents?.[0]?.LastModified).toBeInstanceOf(Date);
});

test('GetObjectAttributes without its header is not GetObject', async () => {
  const asked = own.s3.send(new GetObjectAttributesCommand({ Bucket, Key: 'k', ObjectAttributes: [] }));
  await expectRefusal(asked, 'InvalidRequest', {
    message: 'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty',
  });
});
