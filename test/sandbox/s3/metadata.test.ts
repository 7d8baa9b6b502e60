// Metadata beyond ASCII goes in and out as words of RFC 2047, as recorded from AWS.
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startS3, type S3Sandbox } from './startS3.ts';

let own: S3Sandbox;
let Bucket: string;
beforeAll(async () => {
  own = await startS3({ anyCredentials: true });
  Bucket = await own.bucket();
});
afterAll(() => own.aws.stop());

const metadata = async (Key: string) => (await own.s3.send(new HeadObjectCommand({ Bucket, Key }))).Metadata;
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

test.each([
  ['=?UTF-8?Q?actually-ascii?=', 'actually-ascii'],
  ['=?UTF-8?B?YWJj?=', 'abc'],
  ['=?utf-8?b?YWJj?= =?utf-8?q?d=20e?=', 'abcd e'],
  ['=?UTF-8?B?=GGG?=', '=?UTF-8?B?=GGG?='],
  [punctuation, punctuation],
  ['=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=', '=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?='],
  [
    '=?utf-8?b?dGVzdF/igJRfZmlsZSVFMiU4MCU5NF/DqV8yPy5wZGY=?=',
    '=?UTF-8?Q?test=5F=E2=80=94=5Ffile%E2%80%94=5F=C3=A9=5F2=3F.pdf?=',
  ],
  ['=?utf-8?b?AAECAw==?=', '=?UTF-8?B?AAECAw==?='],
  ['=?utf-8?b?77+977+977+9?=', '=?UTF-8?B?77+977+977+9?='],
])('%s is given back as %s', async (note, shown) => {
  await own.put(Bucket, 'noted', 'x', { Metadata: { note } });
  expect(await metadata('noted')).toEqual({ note: shown });
});

test('UTF-8 in headers is understood, and what else is said of an object comes back as its bytes', async () => {
  const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x',
    'x-amz-date': '20260101T000000Z',
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-amz-meta-note': utf8('a—b'),
    'content-disposition': utf8('attachment; filename="—é.pdf"'),
  };
  expect((await own.http(`/${Bucket}/raw`, { method: 'PUT', headers })).status).toBe(200);
  expect(await metadata('raw')).toEqual({ note: '=?UTF-8?Q?a=E2=80=94b?=' });
  const got = await own.s3.send(new GetObjectCommand({ Bucket, Key: 'raw' }));
  expect(got.ContentDisposition).toBe(utf8('attachment; filename="—é.pdf"'));
});
