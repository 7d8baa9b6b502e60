import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  type ChecksumAlgorithm,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { combine } from '../../../src/sandbox/s3/checksum/combine.ts';
import { summing, type Algorithm } from '../../../src/sandbox/s3/checksum/checksums.ts';
import { expectRefusal, startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
let Bucket: string;
beforeAll(async () => {
  own = await startS3();
  Bucket = await own.bucket();
});
afterAll(() => own.aws.stop());

const sumOf = (algorithm: Algorithm, text: string): string => {
  const sum = summing(algorithm);
  sum.update(Buffer.from(text));
  return sum.value();
};

test('each algorithm gives its known value', () => {
  const values = (['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const).map((one) => sumOf(one, '123456789'));
  expect(values).toEqual([
    'y/Q5Jg==',
    '4waSgw==',
    'rosUhgp5mIg=',
    '98O8HYCOBHMq32eZZczDTKeuNEE=',
    'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=',
  ]);
});

test('the checksum of two pieces comes out of theirs', () => {
  for (const algorithm of ['CRC32', 'CRC32C', 'CRC64NVME'] as const) {
    const pieces = ['12345', '6789', ''].map((text) => ({ value: sumOf(algorithm, text), size: text.length }));
    expect(combine(algorithm, pieces)).toBe(sumOf(algorithm, '123456789'));
  }
});

test('what the client sends, in a header or behind the body, is verified and told on request', async () => {
  for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] satisfies ChecksumAlgorithm[]) {
    await own.put(Bucket, ChecksumAlgorithm, '123456789', { ChecksumAlgorithm });
    const head = await own.s3.send(new HeadObjectCommand({ Bucket, Key: ChecksumAlgorithm, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ [`Checksum${ChecksumAlgorithm}`]: sumOf(ChecksumAlgorithm, '123456789') });
  }
  const plain = await own.s3.send(new HeadObjectCommand({ Bucket, Key: 'SHA256' }));
  expect(plain.ChecksumSHA256).toBeUndefined();
  await expectRefusal(own.put(Bucket, 'k', 'x', { ChecksumSHA256: sumOf('SHA256', 'y') }), 'BadDigest', {
    message: 'The SHA256 you specified did not match the calculated checksum.',
  });
  await expectRefusal(own.put(Bucket, 'k', 'x', { ChecksumCRC32: 'AAA' }), 'InvalidRequest');
});

test('nobody said a checksum: S3 makes one itself', async () => {
  const settings = {
    ...own.aws.settings(),
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  } as const;
  const silent = new S3Client(settings);
  const written = await silent.send(new PutObjectCommand({ Bucket, Key: 'silent', Body: '123456789' }));
  silent.destroy();
  expect(written).toMatchObject({ ChecksumCRC64NVME: 'rosUhgp5mIg=', ChecksumType: 'FULL_OBJECT' });
});

const md5 = (text: string): string => createHash('md5').update(text).digest('base64');

test('Content-MD5', async () => {
  await expectRefusal(own.put(Bucket, 'k', 'x', { ContentMD5: md5('y') }), 'BadDigest', {
    message: 'The Content-MD5 you specified did not match what we received.',
  });
  await expectRefusal(own.put(Bucket, 'k', 'x', { ContentMD5: 'no' }), 'InvalidDigest');
  await expectRefusal(own.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' })), 'NotFound');
});

test.each(['COMPOSITE', 'FULL_OBJECT'] as const)('of a multipart upload: %s', async (ChecksumType) => {
  const ChecksumAlgorithm = 'CRC32';
  const Key = ChecksumType;
  const { UploadId } = await own.s3.send(
    new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm, ChecksumType }),
  );
  const texts = ['a'.repeat(5 * 1024 * 1024), 'b'];
  const Parts = [];
  for (const [index, Body] of texts.entries()) {
    const sent = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: index + 1, Body, ChecksumAlgorithm });
    const { ETag, ChecksumCRC32 } = await own.s3.send(sent);
    Parts.push({ ETag, ChecksumCRC32, PartNumber: index + 1 });
  }
  const done = await own.s3.send(
    new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
  );
  const whole = sumOf('CRC32', texts.join(''));
  expect(done.ChecksumCRC32).toEqual(ChecksumType === 'FULL_OBJECT' ? whole : expect.stringMatching(/==-2$/));
});
