// Uploads by an HTML form, as browsers and boto3's generate_presigned_post send them.
import { createHmac } from 'node:crypto';
import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
let Bucket: string;
beforeAll(async () => {
  own = await startS3();
  Bucket = await own.bucket();
});
afterAll(() => own.aws.stop());

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Form fields with a policy signed as AWS documents it. */
function signed(
  fields: Record<string, string>,
  conditions: readonly unknown[],
  now = Date.now(),
): Record<string, string> {
  const { accessKeyId, secretAccessKey } = own.aws.credentials;
  const time = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const credential = `${accessKeyId}/${time.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const ofSignature = { 'x-amz-algorithm': 'AWS4-HMAC-SHA256', 'x-amz-credential': credential, 'x-amz-date': time };
  const said = [
    { bucket: Bucket },
    ...Object.entries(ofSignature).map(([name, value]) => ({ [name]: value })),
    ...conditions,
  ];
  const expiration = new Date(now + 60_000).toISOString();
  const policy = Buffer.from(JSON.stringify({ expiration, conditions: said })).toString('base64');
  const key = [time.slice(0, 8), 'us-east-1', 's3', 'aws4_request'].reduce<Buffer | string>(
    (last, part) => hmac(last, part),
    `AWS4${secretAccessKey}`,
  );
  return { ...fields, ...ofSignature, policy, 'x-amz-signature': hmac(key, policy).toString('hex') };
}

async function post(fields: Record<string, string>, text = 'hello', headers: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([text], { type: 'text/plain' }), 'my file.txt');
  const response = await fetch(`${own.aws.endpoint}/${Bucket}`, {
    method: 'POST',
    body: form,
    headers,
    redirect: 'manual',
  });
  return { status: response.status, body: await response.text(), headers: response.headers };
}

const object = async (Key: string) => {
  const got = await own.s3.send(new GetObjectCommand({ Bucket, Key }));
  return { ...got, text: await got.Body?.transformToString() };
};

test('a signed form uploads a file', async () => {
  const done = await post(signed({ key: 'up/${filename}' }, [['starts-with', '$key', 'up/']]));
  expect([done.status, done.body, done.headers.get('etag')]).toEqual([204, '', '"5d41402abc4b2a76b9719d911017c592"']);
  expect(done.headers.get('location')).toBe(`${own.aws.endpoint}/${Bucket}/up/my%20file.txt`);
  expect(await object('up/my file.txt')).toMatchObject({ text: 'hello', ContentType: 'binary/octet-stream' });
});

test('fields say what the object is', async () => {
  const tagging = '<Tagging><TagSet><Tag><Key>a</Key><Value>b c</Value></Tag></TagSet></Tagging>';
  const fields = {
    key: 'k',
    'Content-Type': 'text/html',
    'x-amz-meta-who': 'Ann',
    tagging,
    success_action_status: '201',
  };
  const conditions = Object.keys(fields).map((name) => ['starts-with', `$${name}`, '']);
  const done = await post(signed(fields, conditions), '');
  expect([done.status, done.body]).toEqual([
    201,
    expect.stringContaining(
      `<Bucket>${Bucket}</Bucket><Key>k</Key><ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag></PostResponse>`,
    ),
  ]);
  expect(await object('k')).toMatchObject({ text: '', ContentType: 'text/html', Metadata: { who: 'Ann' } });
  const { TagSet } = await own.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }));
  expect(TagSet).toEqual([{ Key: 'a', Value: 'b c' }]);
});

test('events call it a post', async () => {
  const sqs = own.aws.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'posts' }));
  const QueueArn = `arn:aws:sqs:us-east-1:${own.aws.account}:posts`;
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: QueueArn,
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const wanted = { QueueConfigurations: [{ QueueArn, Events: ['s3:ObjectCreated:Post' as const] }] };
  await own.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: wanted }));
  await own.put(Bucket, 'put');
  await post(signed({ key: 'posted' }, [{ key: 'posted' }]));
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  const records = Messages.flatMap(({ Body = '' }) => (JSON.parse(Body) as { Records?: unknown[] }).Records ?? []);
  expect(records).toMatchObject([{ eventName: 'ObjectCreated:Post', s3: { object: { key: 'posted', size: 5 } } }]);
});

test('a form may ask to be sent on', async () => {
  const fields = { key: 'r', success_action_redirect: 'http://example.com/done?x=1' };
  const done = await post(
    signed(fields, [{ key: 'r' }, ['eq', '$success_action_redirect', fields.success_action_redirect]]),
  );
  expect([done.status, done.headers.get('location')]).toEqual([
    303,
    `http://example.com/done?x=1&bucket=${Bucket}&key=r&etag=%225d41402abc4b2a76b9719d911017c592%22`,
  ]);
});

test.each([
  [
    'a field that no condition allows',
    { key: 'k', acl: 'private' },
    [{ key: 'k' }],
    403,
    'Invalid according to Policy: Extra input fields: acl',
  ],
  [
    'another key',
    { key: 'k2' },
    [{ key: 'k' }],
    403,
    'Invalid according to Policy: Policy Condition failed: ["eq", "$key", "k"]',
  ],
  [
    'too long a file',
    { key: 'k' },
    [{ key: 'k' }, ['content-length-range', 0, 3]],
    400,
    'Your proposed upload exceeds the maximum allowed size',
  ],
  [
    'too short a file',
    { key: 'k' },
    [{ key: 'k' }, ['content-length-range', 9, 99]],
    400,
    'Your proposed upload is smaller than the minimum allowed size',
  ],
  [
    'a range that is none',
    { key: 'k' },
    [{ key: 'k' }, ['content-length-range', 'test', 9]],
    403,
    'Invalid according to Policy: Policy Condition failed: ["content-length-range", "test", "9"]',
  ],
  [
    'a field without its dollar sign',
    { key: 'k' },
    [['eq', 'key', 'k']],
    403,
    'Invalid according to Policy: Policy Condition failed: ["eq", "key", "k"]',
  ],
  [
    'tags that are no XML',
    { key: 'k', tagging: 'a=b' },
    [{ key: 'k' }, ['starts-with', '$tagging', '']],
    400,
    'The XML you provided was not well-formed or did not validate against our published schema',
  ],
])('the policy refuses %s', async (_what, fields, conditions, status, message) => {
  const done = await post(signed(fields as unknown as Record<string, string>, conditions));
  expect([done.status, done.body.replaceAll('&quot;', '"')]).toEqual([
    status,
    expect.stringContaining(`<Message>${message}</Message>`),
  ]);
});

test('forged, expired and incomplete forms are refused', async () => {
  const good = signed({ key: 'k' }, [{ key: 'k' }]);
  const forged = await post({ ...good, 'x-amz-signature': '0'.repeat(64) });
  expect([forged.status, forged.body]).toEqual([403, expect.stringContaining('<Code>SignatureDoesNotMatch</Code>')]);
  expect(forged.body).toContain(`<StringToSign>${good['policy']}</StringToSign>`);
  const old = await post(signed({ key: 'k' }, [{ key: 'k' }], Date.now() - 120_000));
  expect([old.status, old.body]).toEqual([
    403,
    expect.stringContaining('<Message>Invalid according to Policy: Policy expired.</Message>'),
  ]);
  const keyless = await post({});
  expect([keyless.status, keyless.body]).toEqual([400, expect.stringContaining('<ArgumentName>key</ArgumentName>')]);
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  const torn = await own.http(`/${Bucket}`, {
    method: 'POST',
    headers,
    body: '--x\r\nContent-Disposition: form-data; name="key"\r\n\r\nk',
  });
  expect([torn.status, torn.body]).toEqual([400, expect.stringContaining('<Code>MalformedPOSTRequest</Code>')]);
});

test.each([
  ['x-amz-algorithm', 400, "<Message>Bucket POST must contain a field named 'X-Amz-Algorithm'.  If it"],
  ['x-amz-signature', 400, "<Message>Bucket POST must contain a field named 'X-Amz-Signature'.  If it"],
  ['x-amz-', 403, '<Code>AccessDenied</Code><Message>Access Denied</Message>'],
])('a policy without %s is refused', async (lacking, status, text) => {
  const fields = Object.entries(signed({ key: 'k' }, [{ key: 'k' }])).filter(([name]) => !name.startsWith(lacking));
  const done = await post(Object.fromEntries(fields));
  expect([done.status, done.body.replaceAll('&apos;', "'")]).toEqual([status, expect.stringContaining(text)]);
});

test('a file without a name leaves ${filename} as it is', async () => {
  const fields = signed({ key: 'as-${filename}' }, [['starts-with', '$key', 'as-']]);
  const parts = Object.entries({ ...fields, file: 'x' }).map(
    ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  const { status } = await own.http(`/${Bucket}`, { method: 'POST', headers, body: `${parts.join('')}--x--` });
  expect(status).toBe(204);
  const got = await own.s3.send(new GetObjectCommand({ Bucket, Key: 'as-${filename}' }));
  expect(got.ContentLength).toBe(1);
});

test('an unsigned form is let in by the bucket’s policy only', async () => {
  expect(await post({ key: 'anybody' })).toMatchObject({ status: 403 });
  expect(await post({ key: 'anybody' }, 'x', { origin: 'http://evil.example' })).toMatchObject({ status: 403 });
  await own.s3.send(
    new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicPolicy: false } }),
  );
  const statement = {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${Bucket}/anybody`,
  };
  await own.s3.send(
    new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) }),
  );
  expect(await post({ key: 'anybody' })).toMatchObject({ status: 204 });
  expect(await post({ key: 'other' })).toMatchObject({ status: 403 });
});
