import { createHash, createHmac } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
let Bucket: string;
beforeAll(async () => {
  own = await startS3();
  Bucket = await own.bucket();
  await own.put(Bucket, 'k é.txt', 'secret');
});
afterAll(() => own.aws.stop());

const port = () => new URL(own.aws.endpoint).port;
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** As AWS documents it, with nothing of the sandbox. */
function presign(
  method: string,
  path: string,
  host: string,
  seconds: number,
  more: readonly (readonly [string, string])[] = [],
): string {
  const { accessKeyId, secretAccessKey } = own.aws.credentials;
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const query = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${accessKeyId}/${scope}`],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(seconds)],
    ['X-Amz-SignedHeaders', 'host'],
    ...more,
  ]
    .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
    .map(([name = '', value = '']) => `${name}=${encode(value)}`);
  const canonical = [method, path, query.join('&'), `host:${host}:${port()}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const [day = '', ...rest] = scope.split('/');
  const key = rest.reduce((last, part) => hmac(last, part), hmac(`AWS4${secretAccessKey}`, day));
  return `${path}?${query.join('&')}&X-Amz-Signature=${hmac(key, text).toString('hex')}`;
}

/** The older way, which the AWS CLI still presigns with. */
function presignOld(path: string, expires: number): string {
  const { accessKeyId, secretAccessKey } = own.aws.credentials;
  const signature = createHmac('sha1', secretAccessKey).update(`GET\n\n\n${expires}\n${path}`).digest('base64');
  return `${path}?AWSAccessKeyId=${accessKeyId}&Signature=${encode(signature)}&Expires=${expires}`;
}

test('a URL lets anybody read or write until it expires', async () => {
  const path = `/${Bucket}/k%20%C3%A9.txt`;
  expect(await own.http(presign('GET', path, 'localhost', 60))).toMatchObject({ status: 200, body: 'secret' });
  const virtual = presign('GET', '/k%20%C3%A9.txt', `${Bucket}.s3.localhost`, 60);
  expect((await own.http(virtual, { host: `${Bucket}.s3.localhost` })).body).toBe('secret');
  const put = await own.http(presign('PUT', `/${Bucket}/new`, 'localhost', 60), { method: 'PUT', body: 'posted' });
  expect(put.status).toBe(200);
  const got = await own.s3.send(new GetObjectCommand({ Bucket, Key: 'new' }));
  expect(await got.Body?.transformToString()).toBe('posted');
});

test('an altered URL is refused', async () => {
  const url = presign('GET', `/${Bucket}/new`, 'localhost', 60);
  const altered = await own.http(url.replace('/new?', '/other?'));
  expect([altered.status, altered.body]).toEqual([403, expect.stringContaining('<Code>SignatureDoesNotMatch</Code>')]);
  const { accessKeyId } = own.aws.credentials;
  expect(altered.body).toContain(`<AWSAccessKeyId>${accessKeyId}</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256\n`);
  expect(altered.body).toContain('<StringToSignBytes>41 57 53 34 2d 48 4d');
  expect(altered.body).toContain(`<CanonicalRequest>GET\n/${Bucket}/other\nX-Amz-Algorithm=`);
});

test('what the URL says beside its signature counts as headers', async () => {
  const more = [
    ['If-None-Match', '*'],
    ['x-amz-meta-colour', 'röd'],
  ] as const;
  const url = presign('PUT', `/${Bucket}/said`, 'localhost', 60, more);
  const put = () => own.http(url, { method: 'PUT', body: 'x' });
  expect((await put()).status).toBe(200);
  expect(await put()).toMatchObject({ status: 412, body: expect.stringContaining('<Code>PreconditionFailed</Code>') });
  const got = await own.s3.send(new GetObjectCommand({ Bucket, Key: 'said' }));
  expect(got.Metadata).toEqual({ colour: '=?UTF-8?Q?r=C3=B6d?=' });
});

test('headers that nobody signed are refused by name', async () => {
  const url = presign('PUT', `/${Bucket}/more`, 'localhost', 60);
  const headers = { 'x-amz-acl': 'public-read', 'x-amz-meta-a': 'b', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  const { status, body } = await own.http(url, { method: 'PUT', headers });
  expect(status).toBe(403);
  expect(body).toContain(
    '<Code>AccessDenied</Code><Message>There were headers present in the request which were not signed</Message>' +
      '<HeadersNotSigned>x-amz-acl, x-amz-meta-a</HeadersNotSigned>',
  );
});

test.each([
  [/&X-Amz-Date=[^&]*/, '', 400, 'AuthorizationQueryParametersError', 'Query-string authentication version 4 requires'],
  [/%2F/g, '%252F', 400, 'AuthorizationQueryParametersError', 'Error parsing the X-Amz-Credential parameter'],
  [/\?.*/, '?AWSAccessKeyId=A', 403, 'AccessDenied', 'Query-string authentication requires the Signature, Expires and'],
])('a URL with %s as %j is refused', async (part, instead, status, code, message) => {
  const answer = await own.http(presign('GET', `/${Bucket}/new`, 'localhost', 60).replace(part, instead));
  expect(answer.status).toBe(status);
  expect(answer.body).toContain(`<Code>${code}</Code><Message>${message}`);
});

test('the older signature does, too', async () => {
  const path = `/${Bucket}/k%20%C3%A9.txt`;
  const expires = Math.floor(Date.now() / 1000) + 60;
  expect(await own.http(presignOld(path, expires))).toMatchObject({ status: 200, body: 'secret' });
  expect((await own.http(presignOld(path, expires).replace(String(expires), String(expires + 1)))).status).toBe(403);
});

test('the sandbox’s clock lets URLs expire', async () => {
  const path = `/${Bucket}/k%20%C3%A9.txt`;
  const urls = [presign('GET', path, 'localhost', 60), presignOld(path, Math.floor(Date.now() / 1000) + 60)];
  await own.aws.advance('2m');
  for (const url of urls) {
    const { status, body } = await own.http(url);
    expect([status, body]).toEqual([403, expect.stringContaining('<Message>Request has expired</Message>')]);
    expect(body).toMatch(/<Expires>[^<]+<\/Expires><ServerTime>/);
  }
});
