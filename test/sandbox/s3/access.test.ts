import {
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
beforeAll(async () => {
  own = await startS3({ anyCredentials: true });
});
afterAll(() => own.aws.stop());

const policy = (Bucket: string, statement: object) =>
  own.s3.send(
    new PutBucketPolicyCommand({
      Bucket,
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Resource: `arn:aws:s3:::${Bucket}/*`, ...statement }],
      }),
    }),
  );
const stranger = () => own.client({ credentials: { accessKeyId: '222222222222', secretAccessKey: 'x' } });

test('public policies are refused while the block stands, and say so', async () => {
  const Bucket = await own.bucket();
  await expectRefusal(policy(Bucket, { Principal: '*', Action: 's3:GetObject' }), 'AccessDenied', {
    message: expect.stringMatching(
      /because public policies are prevented by the BlockPublicPolicy setting in S3 Block/,
    ),
  });
  await policy(Bucket, {
    Principal: '*',
    Action: 's3:GetObject',
    Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
  });
  await own.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  await policy(Bucket, { Principal: '*', Action: 's3:GetObject' });
  const { PolicyStatus } = await own.s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
  expect(PolicyStatus).toEqual({ IsPublic: true });
});

test('anybody may do what the policy says, and nothing else; RestrictPublicBuckets takes it back', async () => {
  const Bucket = await own.bucket();
  await own.put(Bucket, 'k');
  await own.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  await policy(Bucket, { Principal: '*', Action: 's3:GetObject' });
  const http = (path: string, method = 'GET') => own.http(path, { method, host: `${Bucket}.s3.localhost` });
  expect(await http('/k')).toMatchObject({ status: 200, body: 'hello' });
  expect((await http('/none')).status).toBe(403);
  expect((await http('/')).body).toContain('<Code>AccessDenied</Code><Message>Access Denied</Message>');
  expect((await http('/k', 'DELETE')).status).toBe(403);
  const block = { RestrictPublicBuckets: true };
  await own.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: block }));
  expect((await http('/k')).status).toBe(403);
});

test('another account needs the policy; the own one is stopped by a deny', async () => {
  const Bucket = await own.bucket();
  await own.put(Bucket, 'k');
  const read = () => stranger().send(new GetObjectCommand({ Bucket, Key: 'k' }));
  await expectRefusal(read(), 'AccessDenied', { message: 'Access Denied' });
  await policy(Bucket, { Principal: { AWS: '222222222222' }, Action: 's3:GetObject' });
  expect(await (await read()).Body?.transformToString()).toBe('hello');
  await policy(Bucket, { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject' });
  await expectRefusal(own.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' })), 'AccessDenied', {
    message: expect.stringMatching(/s3:DeleteObject on resource: ".*\/k" with an explicit deny/),
  });
});

test('policies that are none are refused in S3’s own words', async () => {
  const Bucket = await own.bucket();
  const put = (Policy: string) => own.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  await expectRefusal(put('x'), 'MalformedPolicy', {
    message: "Policies must be valid JSON and the first byte must be '{'",
  });
  await expectRefusal(put('{}'), 'MalformedPolicy', { message: 'Missing required field Statement' });
  const elsewhere = { Principal: { AWS: '222222222222' }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::other/*' };
  await expectRefusal(policy(Bucket, elsewhere), 'MalformedPolicy', { message: 'Policy has invalid resource' });
  await expectRefusal(policy(Bucket, { Principal: { AWS: '222222222222' }, Action: 'sqs:*' }), 'MalformedPolicy', {
    message: 'Policy has invalid action',
  });
  const guest = { Principal: { AWS: '222222222222' } };
  await expectRefusal(policy(Bucket, { ...guest, Action: 's3:ReadObject' }), 'MalformedPolicy', {
    message: 'Policy has invalid action',
  });
  const Condition = { StringEquals: { foo: 'x' } };
  await expectRefusal(policy(Bucket, { ...guest, Action: 's3:GetObject', Condition }), 'MalformedPolicy', {
    message: 'Policy has an invalid condition key',
  });
  const nobody = `arn:aws:iam::${own.aws.account}:role/nobody`;
  await expectRefusal(policy(Bucket, { Principal: { AWS: nobody }, Action: 's3:GetObject' }), 'MalformedPolicy', {
    message: 'Invalid principal in policy',
    Detail: `"AWS" : "${nobody}"`,
  });
});

test('access lists are off, unless the bucket is told otherwise', async () => {
  const Bucket = await own.bucket();
  const open = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL: 'public-read' });
  await expectRefusal(own.s3.send(open), 'AccessControlListNotSupported', {
    message: 'The bucket does not allow ACLs',
  });
  const Rules = [{ ObjectOwnership: 'ObjectWriter' as const }];
  await own.s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
  await expectRefusal(own.s3.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' })), 'AccessDenied');
  await own.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  await own.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL: 'public-read' }));
  expect((await own.http(`/${Bucket}/k`)).body).toBe('x');
});

test('policies see what a request asks for, and how its object is tagged', async () => {
  const Bucket = await own.bucket();
  const deny = (Condition: object, more: object = {}) => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Condition,
    ...more,
  });
  await policy(Bucket, deny({ StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } }));
  await expectRefusal(own.put(Bucket, 'plain'), 'AccessDenied');
  await own.put(Bucket, 'coded', 'x', { ServerSideEncryption: 'aws:kms' });
  await policy(Bucket, deny({ StringEquals: { 's3:RequestObjectTag/secret': 'yes' } }));
  await expectRefusal(own.put(Bucket, 'k', 'x', { Tagging: 'secret=yes' }), 'AccessDenied');
  await own.put(Bucket, 'k', 'x', { Tagging: 'secret=no' });
  await policy(Bucket, deny({ StringEquals: { 's3:ExistingObjectTag/secret': 'no' } }, { Action: 's3:GetObject' }));
  await expectRefusal(own.s3.send(new GetObjectCommand({ Bucket, Key: 'k' })), 'AccessDenied');
  await own.s3.send(new GetObjectCommand({ Bucket, Key: 'coded' }));
  const Resource = `arn:aws:s3:::${Bucket}`;
  await policy(Bucket, deny({ StringNotLike: { 's3:prefix': 'home/*' } }, { Action: 's3:ListBucket', Resource }));
  await expectRefusal(own.s3.send(new ListObjectsV2Command({ Bucket })), 'AccessDenied');
  await own.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'home/ann' }));
});
