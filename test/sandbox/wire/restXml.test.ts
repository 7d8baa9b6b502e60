import { Agent } from 'node:http';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../src/sandbox/service.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';
import { testServices } from './testServices.ts';

let aws: TestSandbox;
let s3: S3Client;
let seen: Record<string, unknown>[] = [];
const note = (operation: string, input: object): void => void seen.push({ operation, ...input });
const text = async (body: unknown): Promise<string> => {
  let all = '';
  for await (const part of body as AsyncIterable<Buffer>) all += part.toString('utf8');
  return all;
};
const modified = new Date('2026-01-02T03:04:05Z');

beforeAll(async () => {
  aws = await startTestSandbox({
    services: testServices({
      s3: {
        ListBuckets: () => ({ Buckets: [{ Name: 'a&b', CreationDate: modified }], Owner: { ID: 'me' } }),
        CreateBucket(input) {
          note('CreateBucket', input);
          return { Location: `/${input.Bucket}` };
        },
        async PutObject(input) {
          note('PutObject', { ...input, Body: await text(input.Body) });
          return { ETag: '"tag"' };
        },
        GetObject(input) {
          note('GetObject', input);
          if (input.Key === 'none')
            throw new AwsError('NoSuchKey', 'The specified key does not exist.', {
              status: 404,
              fields: { Key: 'none' },
            });
          return {
            Body: Readable.from([Buffer.from('hello '), Buffer.from('you')]),
            ContentLength: 9,
            ContentType: 'text/x',
            LastModified: modified,
            Metadata: { colour: 'red' },
            ETag: '"t"',
          };
        },
        HeadObject(input) {
          if (input.Key === 'none') throw new AwsError('NotFound', '', { status: 404 });
          return { ContentLength: 12, LastModified: modified };
        },
        ListObjectsV2(input) {
          note('ListObjectsV2', input);
          return {
            Name: input.Bucket,
            KeyCount: 2,
            IsTruncated: false,
            Contents: [{ Key: 'x <1>', Size: 3, LastModified: modified }, { Key: 'y' }],
            CommonPrefixes: [{ Prefix: 'p/' }],
          };
        },
        DeleteObjects(input) {
          note('DeleteObjects', input);
          return { Deleted: input.Delete.Objects?.map(({ Key }) => ({ Key })) };
        },
        CompleteMultipartUpload(input) {
          note('CompleteMultipartUpload', input);
          return { Location: 'here', ETag: '"all"' };
        },
        async UploadPart(input) {
          note('UploadPart', { ...input, Body: await text(input.Body) });
          return { ETag: '"part"' };
        },
        ListParts(input) {
          note('ListParts', input);
          return { Parts: [{ PartNumber: 1, Size: 5 }] };
        },
        CopyObject(input) {
          note('CopyObject', input);
          return { CopyObjectResult: { ETag: '"copy"', LastModified: modified } };
        },
        GetBucketLocation: () => ({ LocationConstraint: 'eu-west-1' }),
        PutBucketPolicy: (input) => note('PutBucketPolicy', input),
        PutBucketTagging: (input) => note('PutBucketTagging', input),
      },
    }),
  });
  s3 = new S3Client({ ...aws.settings(), forcePathStyle: true });
  // The schemas of a big service take a while to be compiled for the test.
  await aws.sandbox.hosting.load('s3');
}, 60_000);
afterAll(async () => {
  s3.destroy();
  await aws.stop();
});
beforeEach(() => {
  seen = [];
});

const key = 'folder/ä + (x)/~a*b';

it('answers a list with dates and escaped text', async () => {
  const { Buckets, Owner } = await s3.send(new ListBucketsCommand({}));
  expect({ Buckets, Owner }).toEqual({ Buckets: [{ Name: 'a&b', CreationDate: modified }], Owner: { ID: 'me' } });
});

it('tells the bucket of a path and of a host', async () => {
  await s3.send(
    new CreateBucketCommand({ Bucket: 'by-path', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  );
  const byHost = new S3Client({
    ...aws.settings({ endpoint: aws.endpoint.replace('127.0.0.1', 's3.localhost') }),
    requestHandler: {
      httpAgent: new Agent({ lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) }),
    },
  });
  await byHost.send(new CreateBucketCommand({ Bucket: 'by-host' }));
  byHost.destroy();
  expect(seen).toEqual([
    { operation: 'CreateBucket', Bucket: 'by-path', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } },
    { operation: 'CreateBucket', Bucket: 'by-host' },
  ]);
});

describe('objects', () => {
  it('come in as streams with their headers', async () => {
    const { ETag } = await s3.send(
      new PutObjectCommand({
        Bucket: 'b',
        Key: key,
        Body: 'hällo',
        ContentType: 'text/plain',
        Metadata: { Colour: 'red', shape: 'round' },
        Expires: modified,
      }),
    );
    expect(ETag).toBe('"tag"');
    expect(seen[0]).toMatchObject({
      operation: 'PutObject',
      Bucket: 'b',
      Key: key,
      Body: 'hällo',
      ContentType: 'text/plain',
      Metadata: { colour: 'red', shape: 'round' },
      ContentLength: 6,
    });
    expect(seen[0]?.['ContentEncoding']).toBeUndefined();
  });

  it('come in as AWS chunks', async () => {
    const big = 'x'.repeat(200_000);
    await s3.send(
      new PutObjectCommand({
        Bucket: 'b',
        Key: 'k',
        Body: Readable.from([Buffer.from(big)]),
        ContentLength: big.length,
        ContentEncoding: 'gzip',
      }),
    );
    expect(seen[0]).toMatchObject({ Body: big, ContentEncoding: 'gzip', ContentLength: big.length });
  });

  it('go out as streams with their headers', async () => {
    const got = await s3.send(new GetObjectCommand({ Bucket: 'b', Key: key, Range: 'bytes=0-8' }));
    expect(await got.Body?.transformToString()).toBe('hello you');
    expect(got).toMatchObject({
      ContentType: 'text/x',
      LastModified: modified,
      Metadata: { colour: 'red' },
      ContentLength: 9,
      ETag: '"t"',
    });
    expect(seen[0]).toMatchObject({ Key: key, Range: 'bytes=0-8' });
  });

  it('have only a head where that is asked for', async () => {
    expect(await s3.send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' }))).toMatchObject({
      ContentLength: 12,
      LastModified: modified,
    });
    await expect(s3.send(new HeadObjectCommand({ Bucket: 'b', Key: 'none' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('are refused by name, with the fields of the error', async () => {
    await expect(s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
      message: 'The specified key does not exist.',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('operations at the same path', () => {
  it('are told apart by query, headers and what they need', async () => {
    await s3.send(new ListObjectsV2Command({ Bucket: 'b', Prefix: 'p', MaxKeys: 5 }));
    await s3.send(new UploadPartCommand({ Bucket: 'b', Key: 'k', UploadId: 'u', PartNumber: 2, Body: 'part' }));
    await s3.send(new CopyObjectCommand({ Bucket: 'b', Key: 'k', CopySource: 'b/other' }));
    await s3.send(new ListPartsCommand({ Bucket: 'b', Key: 'k', UploadId: 'u' }));
    expect(seen).toMatchObject([
      { operation: 'ListObjectsV2', Prefix: 'p', MaxKeys: 5 },
      { operation: 'UploadPart', UploadId: 'u', PartNumber: 2, Body: 'part' },
      { operation: 'CopyObject', CopySource: 'b/other', Key: 'k' },
      { operation: 'ListParts', UploadId: 'u' },
    ]);
  });

  it('answer with their own documents', async () => {
    const list = await s3.send(new ListObjectsV2Command({ Bucket: 'b' }));
    expect(list.Contents).toMatchObject([{ Key: 'x <1>', Size: 3, LastModified: modified }, { Key: 'y' }]);
    expect(list).toMatchObject({ CommonPrefixes: [{ Prefix: 'p/' }], IsTruncated: false, KeyCount: 2 });
    const copy = await s3.send(new CopyObjectCommand({ Bucket: 'b', Key: 'k', CopySource: 'b/o' }));
    expect(copy.CopyObjectResult).toMatchObject({ ETag: '"copy"', LastModified: modified });
    expect((await s3.send(new GetBucketLocationCommand({ Bucket: 'b' }))).LocationConstraint).toBe('eu-west-1');
  });
});

describe('documents', () => {
  it('come in by their shape', async () => {
    const sent = await s3.send(
      new DeleteObjectsCommand({ Bucket: 'b', Delete: { Quiet: false, Objects: [{ Key: 'a<b' }, { Key: 'c' }] } }),
    );
    expect(sent.Deleted).toEqual([{ Key: 'a<b' }, { Key: 'c' }]);
    await s3.send(
      new CompleteMultipartUploadCommand({
        Bucket: 'b',
        Key: 'k',
        UploadId: 'u',
        MultipartUpload: {
          Parts: [
            { PartNumber: 1, ETag: '"1"' },
            { PartNumber: 2, ETag: '"2"' },
          ],
        },
      }),
    );
    await s3.send(new PutBucketTaggingCommand({ Bucket: 'b', Tagging: { TagSet: [{ Key: 'k', Value: 'v' }] } }));
    await s3.send(new PutBucketPolicyCommand({ Bucket: 'b', Policy: '{"Statement":[]}' }));
    expect(seen).toMatchObject([
      { Delete: { Quiet: false, Objects: [{ Key: 'a<b' }, { Key: 'c' }] } },
      {
        UploadId: 'u',
        MultipartUpload: {
          Parts: [
            { PartNumber: 1, ETag: '"1"' },
            { PartNumber: 2, ETag: '"2"' },
          ],
        },
      },
      { Tagging: { TagSet: [{ Key: 'k', Value: 'v' }] } },
      { Policy: '{"Statement":[]}' },
    ]);
  });

  it('that are no XML are refused', async () => {
    for (const body of ['<Tagging>', 'no', '<!DOCTYPE x><a/>', '<Tagging>&unknown;</Tagging>']) {
      const response = await fetch(`${aws.endpoint}/b?tagging`, { method: 'PUT', body });
      expect([response.status, await response.text()]).toEqual([
        400,
        expect.stringContaining('<Code>MalformedXML</Code>'),
      ]);
    }
  });
});

it('has no operation for other methods', async () => {
  const response = await fetch(`${aws.endpoint}/b?tagging`, { method: 'PATCH' });
  expect([response.status, await response.text()]).toEqual([
    405,
    expect.stringContaining('<Code>MethodNotAllowed</Code>'),
  ]);
});
