// Objects as documents: every byte back, all that belongs to them kept, nobody's change lost.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pathOf } from '../../../src/host/resources/documents/address.ts';
import { StoreBench } from './openStore.ts';

const Bucket = 'papers';
let bench: StoreBench;
beforeAll(async () => {
  bench = await StoreBench.start();
  await bench.target.send('s3.CreateBucket', { Bucket });
});
afterAll(() => bench.stop());

const path = (key: string): string =>
  pathOf({ which: 'object', account: bench.sandbox.account, region: bench.sandbox.region, name: Bucket, key });

test('type, metadata and tags stay when the text is saved', async () => {
  await bench.target.send('s3.PutObject', {
    Bucket,
    Key: 'a.json',
    Body: '{}',
    ContentType: 'application/json',
    CacheControl: 'no-store',
    Metadata: { who: 'me' },
    Tagging: 'team=blue%20%2B%20red',
  });
  expect(await bench.text(path('a.json'))).toBe('{}');
  await bench.save(path('a.json'), '{"a":1}');
  expect(await bench.text(path('a.json'))).toBe('{"a":1}');
  const head = await bench.target.send('s3.HeadObject', { Bucket, Key: 'a.json' });
  expect(head).toMatchObject({ ContentType: 'application/json', CacheControl: 'no-store', Metadata: { who: 'me' } });
  const { TagSet } = await bench.target.send('s3.GetObjectTagging', { Bucket, Key: 'a.json' });
  expect(TagSet).toEqual([{ Key: 'team', Value: 'blue + red' }]);
});

test('a change of somebody else is not overwritten before it was seen', async () => {
  await bench.target.send('s3.PutObject', { Bucket, Key: 'b.txt', Body: 'one' });
  expect(await bench.text(path('b.txt'))).toBe('one');
  const before = await bench.mtime(path('b.txt'));
  await bench.target.send('s3.PutObject', { Bucket, Key: 'b.txt', Body: 'two' });
  await expect(bench.save(path('b.txt'), 'ours')).rejects.toMatchObject({
    kind: 'changed',
    what: 'Somebody else has changed it meanwhile.',
  });
  expect(await bench.mtime(path('b.txt'))).toBeGreaterThan(before);
  await bench.save(path('b.txt'), 'ours');
  expect(await bench.text(path('b.txt'))).toBe('ours');
});

test('one that was deleted meanwhile is made anew, unless somebody else has', async () => {
  await bench.target.send('s3.PutObject', { Bucket, Key: 'c.txt', Body: 'one' });
  await bench.text(path('c.txt'));
  await bench.target.send('s3.DeleteObject', { Bucket, Key: 'c.txt' });
  await expect(bench.mtime(path('c.txt'))).rejects.toMatchObject({ kind: 'missing' });
  await bench.save(path('c.txt'), 'again');
  expect(await bench.text(path('c.txt'))).toBe('again');
});

test('binary bytes, odd keys and nothing at all', async () => {
  const Body = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  for (const Key of ['bytes', 'a//b', '../up', 'naïve/😀.txt', 'line\nbreak', '100%']) {
    await bench.target.send('s3.PutObject', { Bucket, Key, Body });
    expect([...(await bench.store.read(path(Key)))]).toEqual([...Body]);
  }
  await bench.target.send('s3.PutObject', { Bucket, Key: 'empty', Body: '' });
  expect(await bench.text(path('empty'))).toBe('');
});

test('one too large for an editor is not fetched', async () => {
  await bench.target.send('s3.PutObject', { Bucket, Key: 'large', Body: new Uint8Array(20 * 1024 * 1024 + 1) });
  const calls: string[] = [];
  const end = bench.target.onCall(({ operation }) => calls.push(operation));
  await expect(bench.store.read(path('large'))).rejects.toMatchObject({
    what: 'It has 20.1 MiB; the editor opens up to 20 MiB of an object.',
    advice: 'Download it instead.',
  });
  end();
  expect(calls).toEqual(['s3.HeadObject']);
});
