import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
let Bucket: string;
beforeAll(async () => {
  own = await startS3();
  Bucket = await own.bucket();
});
afterAll(() => own.aws.stop());

const MiB = 1024 * 1024;
const big = Buffer.alloc(5 * MiB, 'a');

async function begin(Key: string): Promise<string> {
  const { UploadId = '' } = await own.s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  return UploadId;
}
async function send(Key: string, UploadId: string, PartNumber: number, Body: Buffer | string): Promise<CompletedPart> {
  const { ETag, ChecksumCRC32 } = await own.s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
  return { PartNumber, ETag, ChecksumCRC32 };
}
const complete = (Key: string, UploadId: string, Parts: CompletedPart[]) =>
  own.s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));

test('parts become one object', async () => {
  const id = await begin('k');
  const parts = [await send('k', id, 2, big), await send('k', id, 5, 'the end')];
  const { ETag } = await complete('k', id, parts);
  expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
  const got = await own.s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range: `bytes=${5 * MiB - 2}-` }));
  expect(await got.Body?.transformToString()).toBe('aathe end');
  const last = await own.s3.send(new GetObjectCommand({ Bucket, Key: 'k', PartNumber: 5 }));
  expect([await last.Body?.transformToString(), last.PartsCount]).toEqual(['the end', 2]);
  await expectRefusal(send('k', id, 1, 'late'), 'NoSuchUpload');
  const attributes = await own.s3.send(
    new GetObjectAttributesCommand({ Bucket, Key: 'k', ObjectAttributes: ['ObjectParts', 'ObjectSize'] }),
  );
  expect([attributes.ObjectParts?.TotalPartsCount, attributes.ObjectSize]).toEqual([2, 5 * MiB + 7]);
});

test('what cannot be completed', async () => {
  const id = await begin('bad');
  const [one, two] = [await send('bad', id, 1, 'small'), await send('bad', id, 2, 'small')];
  await expectRefusal(complete('bad', id, [one, two]), 'EntityTooSmall', {
    ProposedSize: '5',
    MinSizeAllowed: '5242880',
    PartNumber: '1',
  });
  await expectRefusal(complete('bad', id, [two, one]), 'InvalidPartOrder');
  await expectRefusal(complete('bad', id, []), 'InvalidRequest', { message: 'You must specify at least one part' });
  await expectRefusal(complete('bad', id, [{ ...one, ETag: '"x"' }]), 'InvalidPart', { PartNumber: '1', ETag: 'x' });
  await expectRefusal(send('bad', id, 10_001, 'x'), 'InvalidArgument', { ArgumentName: 'partNumber' });
});

test('parts can be copied from objects', async () => {
  await own.put(Bucket, 'source', '0123456789');
  const UploadId = await begin('copied');
  const copy = (CopySourceRange: string) =>
    own.s3.send(
      new UploadPartCopyCommand({
        Bucket,
        Key: 'copied',
        UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/source`,
        CopySourceRange,
      }),
    );
  const { CopyPartResult } = await copy('bytes=2-4');
  await complete('copied', UploadId, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
  const got = await own.s3.send(new GetObjectCommand({ Bucket, Key: 'copied' }));
  expect(await got.Body?.transformToString()).toBe('234');
  await expectRefusal(copy('bytes=0-9'), 'NoSuchUpload');
});

test('uploads under way are listed and can be given up', async () => {
  const id = await begin('under/way');
  await send('under/way', id, 1, 'x');
  const { Parts } = await own.s3.send(new ListPartsCommand({ Bucket, Key: 'under/way', UploadId: id }));
  expect(Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([[1, 1]]);
  const list = async () =>
    (await own.s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'under/' }))).Uploads?.map(({ Key }) => Key);
  expect(await list()).toEqual(['under/way']);
  await own.s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'under/way', UploadId: id }));
  expect(await list()).toBeUndefined();
});
