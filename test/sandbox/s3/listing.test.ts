import { ListObjectsCommand, ListObjectsV2Command, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
let Bucket: string;
const keys = ['a', 'b/1', 'b/2', 'b/sub/3', 'c', 'd/', 'd/4', 'é', '\u{ff61}', '😀'];

beforeAll(async () => {
  own = await startS3();
  Bucket = await own.bucket();
  for (const key of keys.toReversed()) await own.put(Bucket, key);
});
afterAll(() => own.aws.stop());

const list = async (more: object = {}) => {
  const page = await own.s3.send(new ListObjectsV2Command({ Bucket, ...more }));
  const found = [
    ...(page.CommonPrefixes ?? []).map(({ Prefix }) => `${Prefix}*`),
    ...(page.Contents ?? []).map(({ Key }) => Key),
  ];
  return { page, found };
};

test('keys come in the order of their bytes', async () => {
  expect((await list()).found).toEqual(keys);
});

test('folders are common prefixes', async () => {
  expect((await list({ Delimiter: '/' })).found).toEqual(['b/*', 'd/*', 'a', 'c', 'é', '\u{ff61}', '😀']);
  expect((await list({ Delimiter: '/', Prefix: 'b/' })).found).toEqual(['b/sub/*', 'b/1', 'b/2']);
  expect((await list({ Delimiter: '/', Prefix: 'd/' })).found).toEqual(['d/', 'd/4']);
});

test('pages of any length give all, once', async () => {
  for (const MaxKeys of [1, 2, 3, 7]) {
    for (const Delimiter of [undefined, '/']) {
      const found: (string | undefined)[] = [];
      let ContinuationToken: string | undefined;
      do {
        const { page, found: more } = await list({ MaxKeys, Delimiter, ContinuationToken });
        expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
        found.push(...more);
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      expect(found.toSorted()).toEqual((await list({ Delimiter })).found.toSorted());
    }
  }
  expect((await list({ MaxKeys: 0 })).page).toMatchObject({ KeyCount: 0, IsTruncated: false });
});

test('start-after, and tokens of other making', async () => {
  expect((await list({ StartAfter: 'c' })).found[0]).toBe('d/');
  await expectRefusal(list({ ContinuationToken: 'abc' }), 'InvalidArgument', {
    message: 'The continuation token provided is incorrect',
  });
});

test('names can come URL-encoded', async () => {
  const { page } = await list({ Prefix: '😀', EncodingType: 'url' });
  expect([page.Contents?.[0]?.Key, page.Prefix, page.EncodingType]).toEqual(['%F0%9F%98%80', '%F0%9F%98%80', 'url']);
  await expectRefusal(list({ EncodingType: 'other' }), 'InvalidArgument', { ArgumentName: 'encoding-type' });
});

test('the first version has markers', async () => {
  const page = await own.s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 2 }));
  expect([page.IsTruncated, page.NextMarker]).toEqual([true, 'b/']);
  const next = await own.s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: page.NextMarker }));
  expect(next.Contents?.[0]).toMatchObject({ Key: 'c', Size: 5, StorageClass: 'STANDARD' });
});

test('the SDK finds its way through the pages', async () => {
  const found: (string | undefined)[] = [];
  for await (const page of paginateListObjectsV2({ client: own.s3, pageSize: 3 }, { Bucket })) {
    found.push(...(page.Contents ?? []).map(({ Key }) => Key));
  }
  expect(found).toEqual(keys);
});
