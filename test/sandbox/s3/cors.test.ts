import { PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
let Bucket: string;
beforeAll(async () => {
  own = await startS3();
  Bucket = await own.bucket();
});
afterAll(() => own.aws.stop());

const preflight = (headers: Record<string, string>) => own.http(`/${Bucket}/k`, { method: 'OPTIONS', headers });
const asks = { origin: 'http://app.test', 'access-control-request-method': 'PUT' };

test('without rules web pages are kept out', async () => {
  expect(await preflight(asks)).toMatchObject({
    status: 403,
    body: expect.stringContaining('<Message>CORSResponse: CORS is not enabled for this bucket.</Message>'),
  });
  expect((await preflight({})).body).toContain('Insufficient information. Origin request header needed.');
  expect((await own.http(`/${Bucket}/k`, { headers: { origin: 'http://app.test' } })).status).toBe(403);
});

test('rules say which pages may ask what', async () => {
  const rule = {
    AllowedMethods: ['GET', 'PUT'],
    AllowedOrigins: ['http://*.test'],
    AllowedHeaders: ['x-amz-*'],
    ExposeHeaders: ['ETag'],
    MaxAgeSeconds: 60,
  };
  await own.s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }));
  const allowed = await preflight({ ...asks, 'access-control-request-headers': 'x-amz-acl' });
  expect(allowed).toMatchObject({
    status: 200,
    headers: {
      'access-control-allow-origin': 'http://app.test',
      'access-control-allow-methods': 'GET, PUT',
      'access-control-allow-headers': 'x-amz-acl',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '60',
    },
  });
  expect((await preflight({ ...asks, origin: 'http://app.other' })).status).toBe(403);
  expect((await preflight({ ...asks, 'access-control-request-headers': 'cookie' })).status).toBe(403);
  const answer = await own.http(`/${Bucket}/k`, { headers: { origin: 'http://app.test' } });
  expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([403, 'http://app.test']);
  expect(answer.body).toContain('<Code>AccessDenied</Code>');
});

test('a request that says what it asks for is judged by that', async () => {
  const ask = async (more: Record<string, string>) =>
    (await own.http(`/${Bucket}/k`, { headers: { origin: 'http://app.test', ...more } })).headers;
  expect(await ask({ 'access-control-request-method': 'PUT' })).toHaveProperty('access-control-allow-origin');
  expect(await ask({ 'access-control-request-method': 'DELETE' })).not.toHaveProperty('access-control-allow-origin');
  expect(await ask({ 'access-control-request-headers': 'cookie' })).not.toHaveProperty('access-control-allow-origin');
});

test('rules that are none', async () => {
  const put = (more: object) =>
    own.s3.send(
      new PutBucketCorsCommand({
        Bucket,
        CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], ...more }] },
      }),
    );
  await expectRefusal(put({ AllowedMethods: ['FETCH'] }), 'InvalidRequest', {
    message: 'Found unsupported HTTP method in CORS config. Unsupported method is FETCH',
  });
  await expectRefusal(put({ ExposeHeaders: ['x-*'] }), 'InvalidRequest');
});
