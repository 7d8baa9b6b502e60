// A bucket of 20,000 objects stays usable: read a page at a time and only when asked, and what is sought is found at once.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Node } from '../../../src/host/resources/node.ts';
import { fillBucket } from '../../bench/fill.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';
import { openModel, type OpenModel } from './openModel.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const many = 20_000;
let sandbox: TestSandbox;
let open: OpenModel;
let bucket: Node;

beforeAll(async () => {
  sandbox = await startTestSandbox({ anyCredentials: true });
  await fillBucket(sandbox, 'photos', many);
  open = await openModel(sandbox);
  const [found] = await open.unfold(open.group('bucket'));
  if (!found) throw new Error('The bucket is not listed.');
  bucket = found;
});
afterAll(async () => {
  open.target.dispose();
  await sandbox.stop();
});

interface Calls {
  readonly calls: readonly { readonly n: number; readonly operation: string }[];
}

/** How many requests the sandbox has had. */
async function requests(): Promise<number> {
  const { calls } = (await sandbox.admin('calls?after=0')) as Calls;
  return calls.at(-1)?.n ?? 0;
}

const objects = () => open.model.children(bucket).filter(({ what }) => what.is === 'object');
const rest = () => open.model.children(bucket).find(({ what }) => what.is === 'message');

async function more(): Promise<void> {
  const node = rest();
  if (!node) throw new Error('There is no more.');
  open.model.more(node);
  const reading = () => (rest() === undefined ? '' : open.model.row(rest() ?? node).label);
  await vi.waitFor(() => expect(reading()).not.toMatch(/^Reading/), { timeout: 20_000, interval: 5 });
}

test('unfolded, it costs one request, however much is in it', async () => {
  const before = await requests();
  await open.unfold(bucket);
  expect(objects()).toHaveLength(1000);
  expect(open.texts(bucket).at(-1)).toBe('More objects | 1,000 shown');
  expect((await requests()) - before).toBe(1);
});

test('what begins so is found by one request, with the other pages unread', async () => {
  if (bucket.what.is !== 'resource') throw new Error('It is no bucket.');
  const before = await requests();
  const found = open.model.search(bucket, bucket.what.found, 'photo-01998');
  expect(open.model.children(bucket)[0]).toBe(found);
  await open.unfold(found);
  expect(open.model.children(found)).toHaveLength(10);
  expect((await requests()) - before).toBe(1);
  expect(objects()).toHaveLength(1000);
});

test('every page is there for the asking, each by one request, in the order of keys', async () => {
  const before = await requests();
  const drawn = () => open.drawn.filter((node) => node === bucket).length;
  const drawnBefore = drawn();
  while (rest()) await more();
  expect((await requests()) - before).toBe(many / 1000 - 1);
  // Each press reads as much again, so all rows are drawn anew five times: 2, 4, 8, 16 and 20 thousand.
  expect(drawn() - drawnBefore).toBe(5);
  const labels = objects().map((node) => open.model.row(node).label);
  expect(labels).toHaveLength(many);
  expect(labels).toEqual(labels.toSorted());
});
