import { createHash, createHmac } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:http2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox } from './start.ts';
import { testServices } from './wire/testServices.ts';

let aws: TestSandbox;
beforeAll(async () => {
  aws = await startTestSandbox({
    services: testServices({
      sqs: { CreateQueue: () => ({ QueueUrl: 'q' }) },
      s3: {
        PutObject: async (input) => {
          for await (const part of input.Body as AsyncIterable<Buffer>) void part;
          return {};
        },
        GetObject: (_input, { caller }) => ({ Body: caller.kind }),
      },
    }),
  });
});
afterAll(() => aws.stop());

/** A request with any headers: fetch refuses to set some of these. */
const send = (
  path: string,
  headers: Record<string, string>,
  method = 'GET',
  body = '',
  endpoint = aws.endpoint,
): Promise<{ status: number; text: string; headers: IncomingHttpHeaders }> =>
  new Promise((done, failed) => {
    const sent = httpRequest(endpoint + path, { method, headers }, (response) => {
      let text = '';
      response
        .on('data', (chunk: Buffer) => (text += chunk.toString()))
        .on('end', () => done({ status: response.statusCode ?? 0, text, headers: response.headers }));
    });
    sent.on('error', failed).end(body);
  });

describe('names of this machine', () => {
  const { port } = new URL('http://127.0.0.1:4566');
  it.each([
    '127.0.0.1',
    `127.0.0.1:${port}`,
    'localhost:1',
    '[::1]:4566',
    'bucket.localhost',
    'b.s3.localhost:4566',
    'b.s3.eu-west-1.amazonaws.com',
    's3.amazonaws.com',
  ])('%s is answered', async (host) => {
    expect((await send('/_sandbox/health', { host })).status).toBe(200);
  });
  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'b.s3.evil.example',
    'evil-localhost',
    'b.s3.amazonaws.com.evil.example',
    '10.0.0.1',
    'ec2-1-2-3-4.compute-1.amazonaws.com',
  ])('%s is refused', async (host) => {
    expect((await send('/_sandbox/health', { host })).status).toBe(403);
  });
});

it.each([
  { authority: 'localhost', host: 'evil.example' },
  { authority: 'evil.example', host: 'localhost' },
])('over HTTP/2 both names count: $authority, $host', async ({ authority, host }) => {
  const session = connect(aws.endpoint);
  const status = await new Promise((done, failed) => {
    session.on('error', failed);
    session
      .request({ ':path': '/_sandbox/health', ':authority': authority, host })
      .on('response', (head) => done(head[':status']))
      .on('error', failed)
      .end();
  });
  session.destroy();
  expect(status).toBe(403);
});

it('takes no time over a name, however it is made', async () => {
  const began = performance.now();
  for (const host of [`s3${'-'.repeat(58)}.amazonaws.co`, `s3${'-a'.repeat(40)}.evil.example`, 's3.'.repeat(5000)])
    expect((await send('/_sandbox/health', { host })).status).toBe(403);
  expect(performance.now() - began).toBeLessThan(1000);
});

it('says what is wrong with a path', async () => {
  const answer = await send('/_sandbox/mailbox/%', {}, 'DELETE');
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('% is not encoded')]);
});

it('answers URLs of any lifetime', async () => {
  const claim = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${aws.credentials.accessKeyId}/20260101/us-east-1/s3/aws4_request&X-Amz-Date=20260101T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=0`;
  for (const expires of ['-1e300', 'soon', '1e300', ''])
    expect((await send(`/b/k?${claim}&X-Amz-Expires=${expires}`, {})).status).toBe(403);
});

describe('web pages', () => {
  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
  ])('are refused: %j', async (headers) => {
    expect((await send('/_sandbox/reset', headers, 'POST')).status).toBe(403);
    expect((await send('/', headers)).status).toBe(403);
  });

  it('cannot post a form to the sandbox itself', async () => {
    expect((await send('/_sandbox/clock', { 'content-type': 'text/plain' }, 'POST', '{"advance":"1s"}')).status).toBe(
      415,
    );
  });

  it.each([
    { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
    { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
  ])('that the sandbox serves do not reach its own requests: %j', async (headers) => {
    expect((await send('/_sandbox/mailbox', headers)).status).toBe(403);
    expect((await send('/b/k', headers)).status).toBe(200);
  });

  it('do not reach its own requests through the names of websites', async () => {
    const sites = await startTestSandbox();
    const headers = { host: 'any.s3-website.localhost', origin: 'https://evil.example' };
    expect((await send('/_sandbox/reset', headers, 'POST', '', sites.endpoint)).status).toBe(403);
    expect((await send('/_sandbox/state', headers, 'GET', '', sites.endpoint)).status).toBe(403);
    await sites.stop();
  });

  it('cannot make an operation of a link, even where no signature is checked', async () => {
    const open = await startTestSandbox({ anyCredentials: true });
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const forged =
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a/20260101/us-east-1/sqs/aws4_request&X-Amz-Date=20260101T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=0';
    const create = '/?Action=CreateQueue&QueueName=q&Version=2012-11-05';
    for (const path of [create, `${create}&${forged}`]) {
      for (const headers of [link, { ...link, 'sec-fetch-site': 'same-origin' }])
        expect((await send(path, headers, 'GET', '', open.endpoint)).status).toBe(403);
    }
    expect(await open.admin('state')).toEqual({ resources: [] });
    expect((await send(create, {}, 'GET', '', open.endpoint)).status).toBe(200);
    await open.stop();
  });

  it('may link to it', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await send('/_sandbox/health', headers)).status).toBe(200);
  });
});

describe('signatures', () => {
  const other = (credentials: Partial<TestSandbox['credentials']>): STSClient =>
    aws.client(STSClient, { credentials: { ...aws.credentials, ...credentials } });
  const who = new GetCallerIdentityCommand({});

  it('of a foreign key', async () => {
    await expect(other({ accessKeyId: 'AKIAFOREIGN' }).send(who)).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
      $metadata: { httpStatusCode: 403 },
    });
    const sqs = aws.client(SQSClient, { credentials: { accessKeyId: 'AKIAFOREIGN', secretAccessKey: 'x' } });
    await expect(sqs.send(new CreateQueueCommand({ QueueName: 'q' }))).rejects.toMatchObject({
      Code: 'InvalidClientTokenId',
    });
  });

  it('by a wrong secret', async () => {
    await expect(other({ secretAccessKey: 'wrong' }).send(who)).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      message: expect.stringMatching(/^The request signature we calculated does not match/),
    });
    const sqs = aws.client(SQSClient, { credentials: { ...aws.credentials, secretAccessKey: 'x' } });
    await expect(sqs.send(new CreateQueueCommand({ QueueName: 'q' }))).rejects.toMatchObject({
      Code: 'SignatureDoesNotMatch',
    });
  });

  it('with a token that was never given', async () => {
    await expect(other({ sessionToken: 'forged' }).send(who)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });

  const signed = (change: { date?: string; body?: string; header?: string; sentBody?: string } = {}) => {
    const { accessKeyId, secretAccessKey } = aws.credentials;
    const date = change.date ?? new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
    const body = change.body ?? 'Action=GetCallerIdentity&Version=2011-06-15';
    const host = new URL(aws.endpoint).host;
    const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
    const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
    const scope = `${date.slice(0, 8)}/us-east-1/sts/aws4_request`;
    const canonical = `POST\n/\n\nhost:${host}\nx-amz-date:${date}\n\nhost;x-amz-date\n${sha(body)}`;
    const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
    const signature = hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha(canonical)}`).toString('hex');
    const authorization =
      change.header ??
      `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`;
    const headers = { host, 'x-amz-date': date, authorization, 'content-type': 'application/x-www-form-urlencoded' };
    return send('/', headers, 'POST', change.sentBody ?? body);
  };

  it('made by hand', async () => {
    expect((await signed()).status).toBe(200);
  });
  it('of another body', async () => {
    expect((await signed({ sentBody: 'Action=GetCallerIdentity&Version=2011-06-15&' })).text).toContain(
      '<Code>SignatureDoesNotMatch</Code>',
    );
  });
  it('of an hour ago', async () => {
    const date = new Date(Date.now() - 3_600_000).toISOString().replace(/[-:]|\.\d{3}/g, '');
    expect((await signed({ date })).text).toMatch(/<Code>SignatureDoesNotMatch<\/Code><Message>Signature expired: /);
  });
  it('that are incomplete', async () => {
    expect((await signed({ header: 'AWS4-HMAC-SHA256 Credential=x' })).text).toContain(
      '<Code>IncompleteSignature</Code>',
    );
    expect((await signed({ header: 'Basic x' })).text).toContain('<Code>IncompleteSignature</Code>');
  });
  it('that are not there', async () => {
    const { status, text } = await send(
      '/',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'POST',
      'Action=GetCallerIdentity&Version=2011-06-15',
    );
    expect([status, text]).toEqual([403, expect.stringContaining('<Code>MissingAuthenticationToken</Code>')]);
    const json = await send(
      '/',
      { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.CreateQueue' },
      'POST',
      '{}',
    );
    expect([json.status, json.text]).toEqual([400, expect.stringContaining('MissingAuthenticationTokenException')]);
  });
  it('still fit when the clock of the sandbox was moved on', async () => {
    await aws.advance('2d');
    expect((await signed()).status).toBe(200);
  });
});

describe('S3', () => {
  it('takes an object with the wrong hash for none', async () => {
    const { accessKeyId, secretAccessKey } = aws.credentials;
    const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
    const scope = `${date.slice(0, 8)}/us-east-1/s3/aws4_request`;
    const host = new URL(aws.endpoint).host;
    const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
    const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
    const names = 'host;x-amz-content-sha256;x-amz-date';
    const canonical = `PUT\n/b/k\n\nhost:${host}\nx-amz-content-sha256:${sha('one')}\nx-amz-date:${date}\n\n${names}\n${sha('one')}`;
    const signature = hmac(
      scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`),
      `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha(canonical)}`,
    ).toString('hex');
    const headers = {
      host,
      'x-amz-date': date,
      'x-amz-content-sha256': sha('one'),
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    };
    expect((await send('/b/k', headers, 'PUT', 'one')).status).toBe(200);
    expect((await send('/b/k', headers, 'PUT', 'two')).text).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
  });
  it('leaves requests without signature to its policies', async () => {
    expect((await send('/b/k', {})).text).toBe('anonymous');
  });
});
