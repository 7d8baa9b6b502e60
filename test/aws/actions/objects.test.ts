// Objects in and out: whole, in parts, by the folder, deleted, and by a link that anybody can follow.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  copyObject,
  deleteObjects,
  filesIn,
  getFile,
  getFolder,
  keysThere,
  keysUnder,
  makeFolder,
  mistakeInKey,
  putFile,
} from '../../../src/aws/actions/objects.ts';
import { presignedUrl } from '../../../src/aws/actions/presign.ts';
import { openBench, type ActionBench } from './openBench.ts';

let bench: ActionBench;
const bucket = 'files';
const dir = mkdtempSync(join(tmpdir(), 'objects-'));
beforeAll(async () => {
  bench = await openBench();
  await bench.target.send('s3.CreateBucket', { Bucket: bucket });
});
afterAll(() => bench.stop());

test('a file there and back, with its type', async () => {
  const file = join(dir, 'page.html');
  writeFileSync(file, '<p>ü</p>');
  await putFile(bench.target, { file, bucket, key: 'site/page.html' });
  const { ContentType } = await bench.target.send('s3.HeadObject', { Bucket: bucket, Key: 'site/page.html' });
  expect(ContentType).toBe('text/html; charset=utf-8');
  await getFile(bench.target, { file: join(dir, 'back.html'), bucket, key: 'site/page.html' });
  expect(readFileSync(join(dir, 'back.html'), 'utf8')).toBe('<p>ü</p>');
});

test('what is no file does not go up: a device would never end', async () => {
  for (const file of ['/dev/zero', dir])
    await expect(putFile(bench.target, { file, bucket, key: 'never' })).rejects.toThrow(/is no ordinary file/);
  expect(await keysUnder(bench.target, bucket, 'never')).toEqual([]);
});

test('a folder goes with its name; links in it stay behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'folder-'));
  mkdirSync(join(folder, 'in'));
  writeFileSync(join(folder, 'in', 'a.txt'), 'a');
  symlinkSync('/etc/passwd', join(folder, 'in', 'link'));
  const file = join(folder, 'in', 'a.txt');
  expect(await filesIn(folder, 'to/')).toEqual([{ file, key: `to/${basename(folder)}/in/a.txt` }]);
  expect(await filesIn(file, 'to/')).toEqual([{ file, key: 'to/a.txt' }]);
});

test('which of many keys are there already: all are looked at, no more than ten at a time', async () => {
  const keys = Array.from({ length: 95 }, (_, n) => `many/${n}`);
  for (const key of ['many/3', 'many/94']) await makeFolder(bench.target, bucket, key);
  expect(await keysThere(bench.target, bucket, keys)).toEqual(['many/3', 'many/94']);
});

describe('a large file', () => {
  const file = join(dir, 'large.bin');
  beforeAll(() => writeFileSync(file, Buffer.alloc(20 * 1024 * 1024, 7)));

  test('goes up in parts', async () => {
    const told: number[] = [];
    await putFile(bench.target, { file, bucket, key: 'large.bin' }, { onBytes: (bytes) => told.push(bytes) });
    expect(told.length).toBe(3);
    const { ContentLength, ETag } = await bench.target.send('s3.HeadObject', { Bucket: bucket, Key: 'large.bin' });
    expect(ContentLength).toBe(20 * 1024 * 1024);
    expect(ETag).toMatch(/-3"$/);
  });

  test('stopped half way: no object, and no parts that cost', async () => {
    const stop = new AbortController();
    const put = putFile(
      bench.target,
      { file, bucket, key: 'half' },
      { signal: stop.signal, onBytes: () => stop.abort() },
    );
    await expect(put).rejects.toThrow();
    const { Uploads = [] } = await bench.target.send('s3.ListMultipartUploads', { Bucket: bucket });
    expect(Uploads).toEqual([]);
    expect(await keysUnder(bench.target, bucket, 'half')).toEqual([]);
  });

  test('a download that is stopped leaves nothing behind', async () => {
    const stop = new AbortController();
    const to = mkdtempSync(join(tmpdir(), 'stopped-'));
    const onBytes = () => stop.abort();
    const get = getFile(
      bench.target,
      { file: join(to, 'x'), bucket, key: 'large.bin' },
      { signal: stop.signal, onBytes },
    );
    await expect(get).rejects.toThrow();
    expect(readdirSync(to)).toEqual([]);
  });
});

test('a folder of hostile keys is written below the chosen one, all of it, and what was changed is told', async () => {
  const keys = [
    'f/../../../escape',
    'f//double',
    'f/plain.txt',
    'f/con.txt',
    'f/a\nb',
    'f/A.txt',
    'f/a.txt',
    'f/🙂',
    'f/dir/',
    'f/p_.part',
    'f/p|',
  ];
  for (const Key of keys) await bench.target.send('s3.PutObject', { Bucket: bucket, Key, Body: Key });
  const parent = mkdtempSync(join(tmpdir(), 'download-'));
  const { files, renamed } = await getFolder(bench.target, { folder: join(parent, 'f'), bucket, prefix: 'f/' });
  expect(files).toBe(10);
  expect(readdirSync(parent)).toEqual(['f']);
  const written = readdirSync(join(parent, 'f'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  expect(written.toSorted()).toEqual(keys.filter((key) => !key.endsWith('/')).toSorted());
  expect(renamed.map(({ key }) => key).toSorted()).toEqual(
    ['f/../../../escape', 'f//double', 'f/con.txt', 'f/a\nb', 'f/a.txt', 'f/p|'].toSorted(),
  );
  await expect(getFolder(bench.target, { folder: join(parent, 'f'), bucket, prefix: 'f/' })).rejects.toThrow(/EEXIST/);
});

test('deleted by the thousand, control characters in keys included', async () => {
  await makeFolder(bench.target, bucket, 'gone/');
  for (const Key of ['gone/a', 'gone/line\nbreak', 'gone/\u0001', 'gone/&<>"'])
    await bench.target.send('s3.PutObject', { Bucket: bucket, Key, Body: Buffer.alloc(0) });
  const keys = (await keysUnder(bench.target, bucket, 'gone/')).map(({ key }) => key);
  expect(keys).toHaveLength(5);
  expect(await deleteObjects(bench.target, bucket, keys)).toEqual({ deleted: 5, refused: [] });
  expect(await keysUnder(bench.target, bucket, 'gone/')).toEqual([]);
});

test('copied within AWS, whatever the key holds', async () => {
  await bench.target.send('s3.PutObject', { Bucket: bucket, Key: 'c/ü +&?.txt', Body: 'copied' });
  await copyObject(bench.target, { bucket, key: 'c/ü +&?.txt' }, { bucket, key: 'c/copy' });
  await getFile(bench.target, { file: join(dir, 'copy'), bucket, key: 'c/copy' });
  expect(readFileSync(join(dir, 'copy'), 'utf8')).toBe('copied');
});

test('keys that S3 refuses', () => {
  expect(mistakeInKey('a')).toBeUndefined();
  expect(mistakeInKey('')).toMatch(/\S/);
  expect(mistakeInKey('ü'.repeat(513))).toContain('1026');
});

describe('a presigned URL', () => {
  test('gives the object without credentials, whatever its key, and to nobody who changed it', async () => {
    const key = "odd/ü +&?#'()*!.txt";
    await bench.target.send('s3.PutObject', { Bucket: bucket, Key: key, Body: 'for all' });
    const url = await bench.target.presign({ bucket, key }, 3600);
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([200, 'for all']);
    expect((await fetch(url.replace('odd', 'even'))).status).toBe(403);
    expect((await fetch(url.replace('3600', '7200'))).status).toBe(403);
  });

  test('lasts as long in a sandbox whose clock was moved on', async () => {
    await bench.target.send('s3.PutObject', { Bucket: bucket, Key: 'later', Body: 'still' });
    await bench.target.wait(7_200_000);
    const url = await bench.target.presign({ bucket, key: 'later' }, 3600);
    expect((await fetch(url)).status).toBe(200);
    await bench.target.wait(3_601_000);
    expect((await fetch(url)).status).toBe(403);
  });

  test('on AWS: the bucket is in the host, but for one with dots', () => {
    const wish = {
      endpoint: undefined,
      region: 'eu-west-1',
      key: 'a b',
      seconds: 60,
      credentials: { accessKeyId: 'A', secretAccessKey: 'S', sessionToken: 'T/=' },
      now: new Date(0),
    };
    expect(presignedUrl({ ...wish, bucket: 'shop' })).toMatch(
      /^https:\/\/shop\.s3\.eu-west-1\.amazonaws\.com\/a%20b\?/,
    );
    expect(presignedUrl({ ...wish, bucket: 'a.b' })).toMatch(/^https:\/\/s3\.eu-west-1\.amazonaws\.com\/a\.b\/a%20b\?/);
    expect(presignedUrl({ ...wish, bucket: 'shop' })).toContain('X-Amz-Security-Token=T%2F%3D');
  });
});
