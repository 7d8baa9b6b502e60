// Names that AWS refuses are said before the call: the rules here are held to what the sandbox's services say.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mistakeInName, withFifo, type NamedKind } from '../../../src/aws/actions/names.ts';
import { openBench, type ActionBench } from './openBench.ts';

let bench: ActionBench;
beforeAll(async () => void (bench = await openBench()));
afterAll(() => bench.stop());

const good: Readonly<Record<NamedKind, readonly string[]>> = {
  queue: ['Q', 'a-b_C9', 'x'.repeat(80)],
  topic: ['T', 'a-b_C9', 'x'.repeat(256)],
  stream: ['s', 'a.b-c_D', 'x'.repeat(128)],
  bucket: ['abc', 'a.b-c.d', '1'.repeat(63), 'my-bucket.example.com'],
};
const bad: Readonly<Record<NamedKind, readonly string[]>> = {
  queue: ['', 'a b', 'ä', 'a.b', 'x'.repeat(81), 'Q.fifo'],
  topic: ['', 'a b', 'ö', 'a.b', 'x'.repeat(257), 'T.fifo'],
  stream: ['', 'a b', 'a/b', 'x'.repeat(129)],
  bucket: [
    '',
    'ab',
    'x'.repeat(64),
    'Abc',
    'a_b',
    '-abc',
    'abc-',
    'a..b',
    '192.168.5.4',
    'xn--abc',
    'sthree-abc',
    'abc-s3alias',
    'abc--ol-s3',
  ],
};

async function isTaken(kind: NamedKind, name: string): Promise<boolean> {
  const { target } = bench;
  const creates = {
    queue: () => target.send('sqs.CreateQueue', { QueueName: name }),
    topic: () => target.send('sns.CreateTopic', { Name: name }),
    stream: () => target.send('kinesis.CreateStream', { StreamName: name, ShardCount: 1 }),
    bucket: () => target.send('s3.CreateBucket', { Bucket: name }),
  };
  return creates[kind]().then(
    () => true,
    () => false,
  );
}

describe.each(['queue', 'topic', 'stream', 'bucket'] as const)('a %s', (kind) => {
  test.each(good[kind])('may be called %s', async (name) => {
    expect(mistakeInName(kind, name)).toBeUndefined();
    expect(await isTaken(kind, name)).toBe(true);
  });

  test.each(bad[kind])('may not be called "%s", and the rule is said', async (name) => {
    expect(mistakeInName(kind, name)).toMatch(/^[A-Z].*\.$/);
    if (!name.endsWith('.fifo')) expect(await isTaken(kind, name)).toBe(false);
  });
});

test('FIFO: the ending is added once, and counts', () => {
  expect(withFifo('Orders', true)).toBe('Orders.fifo');
  expect(withFifo('Orders.fifo', true)).toBe('Orders.fifo');
  expect(mistakeInName('queue', 'Orders.fifo', true)).toBeUndefined();
  expect(mistakeInName('queue', `${'x'.repeat(76)}.fifo`, true)).toContain('81');
  expect(mistakeInName('queue', '.fifo', true)).toContain('needs a name');
});
