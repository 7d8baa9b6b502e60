import {
  DeletePublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  type OwnershipControls,
  type WebsiteConfiguration,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, startS3, type Answer, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
beforeAll(async () => {
  own = await startS3();
});
afterAll(() => own.aws.stop());

const usual = { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: 'error.html' } };

async function site(WebsiteConfiguration: WebsiteConfiguration, open = true) {
  const Bucket = await own.bucket();
  await own.s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }));
  for (const key of ['index.html', 'error.html', 'docs/index.html']) {
    await own.put(Bucket, key, `<p>${key}</p>`, { ContentType: 'text/html' });
  }
  if (open) await openTo(Bucket);
  const get = (path: string, more: object = {}): Promise<Answer> =>
    own.http(path, { host: `${Bucket}.s3-website.localhost`, ...more });
  return { Bucket, get };
}

async function openTo(Bucket: string): Promise<void> {
  await own.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` }],
  });
  await own.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}

test('shut until a policy opens it', async () => {
  const { Bucket, get } = await site(usual, false);
  const shut = await get('/');
  expect([shut.status, shut.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8']);
  expect(shut.body).toContain('<li>Code: AccessDenied</li>');
  await openTo(Bucket);
  expect(await get('/')).toMatchObject({ status: 200, body: '<p>index.html</p>' });
});

test('a bucket and objects that access lists open', async () => {
  const { Bucket, get } = await site(usual, false);
  const OwnershipControls: OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' }] };
  await own.s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  await own.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  for (const key of ['error.html', 'docs/index.html']) await own.put(Bucket, key, key, { ACL: 'public-read' });
  expect(await get('/docs')).toMatchObject({ status: 403, body: 'error.html' });
  await own.s3.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
  expect(await get('/docs')).toMatchObject({ status: 302, headers: { location: '/docs/' } });
  expect(await get('/docs/')).toMatchObject({ status: 200, body: 'docs/index.html' });
  expect(await get('/none')).toMatchObject({ status: 404, body: 'error.html' });
  expect(await get('/')).toMatchObject({ status: 403 });
});

test('index documents, folders, and the error document', async () => {
  const { Bucket, get } = await site(usual);
  expect(await get('/docs/')).toMatchObject({ status: 200, body: '<p>docs/index.html</p>' });
  expect(await get('/docs')).toMatchObject({ status: 302, headers: { location: '/docs/' } });
  expect(await get('/none')).toMatchObject({ status: 404, body: '<p>error.html</p>' });
  const { etag } = (await get('/')).headers;
  expect(await get('/', { headers: { 'if-none-match': etag } })).toMatchObject({ status: 304, body: '' });
  expect(await get('/', { headers: { range: 'bytes=0-2' } })).toMatchObject({ status: 206, body: '<p>' });
  expect(await get('/', { method: 'POST' })).toMatchObject({ status: 405 });
  const named = await own.http('/', { host: `${Bucket}.s3-website-us-east-1.localhost` });
  expect(named.body).toBe('<p>index.html</p>');
});

test('a browser that came from another page is let in, too', async () => {
  const { get } = await site(usual);
  const headers = { origin: 'http://elsewhere.test', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
  expect(await get('/', { headers })).toMatchObject({ status: 200 });
  expect(await own.http('/', { host: 'localhost', headers })).toMatchObject({ status: 403 });
});

test('redirections: by rule, by object, of everything', async () => {
  const { Bucket, get } = await site({
    ...usual,
    RoutingRules: [
      { Condition: { KeyPrefixEquals: 'old/' }, Redirect: { ReplaceKeyPrefixWith: 'new/' } },
      {
        Condition: { HttpErrorCodeReturnedEquals: '404', KeyPrefixEquals: 'gone' },
        Redirect: { HostName: 'example.com', Protocol: 'https', ReplaceKeyWith: 'sorry.html', HttpRedirectCode: '302' },
      },
    ],
  });
  const host = `${Bucket}.s3-website.localhost:${new URL(own.aws.endpoint).port}`;
  expect(await get('/old/a')).toMatchObject({ status: 301, headers: { location: `http://${host}/new/a` } });
  expect(await get('/gone')).toMatchObject({ status: 302, headers: { location: 'https://example.com/sorry.html' } });
  await own.put(Bucket, 'moved', '', { WebsiteRedirectLocation: '/docs/' });
  expect(await get('/moved')).toMatchObject({ status: 301, headers: { location: '/docs/' } });
  const all = await site({ RedirectAllRequestsTo: { HostName: 'example.com' } });
  expect(await all.get('/x?y=1')).toMatchObject({ status: 301, headers: { location: 'http://example.com/x?y=1' } });
});

test('no website, no bucket', async () => {
  const Bucket = await own.bucket();
  const none = await own.http('/', { host: `${Bucket}.s3-website.localhost` });
  expect([none.status, none.headers['x-amz-error-code']]).toEqual([404, 'NoSuchWebsiteConfiguration']);
  const nothing = await own.http('/', { host: 'never-made.s3-website.localhost' });
  expect(nothing.headers['x-amz-error-code']).toBe('NoSuchBucket');
  const put = (WebsiteConfiguration: WebsiteConfiguration) =>
    own.s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }));
  await expectRefusal(put({ IndexDocument: { Suffix: 'a/b' } }), 'InvalidArgument');
  await expectRefusal(put({}), 'InvalidArgument', { ArgumentName: 'IndexDocument', ArgumentValue: 'null' });
});
