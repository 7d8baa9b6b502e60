// What the view remembers: names that were added by hand, and which lab made what; and how a name is read.
import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Found } from '../../../src/aws/resources/kind.ts';
import type { TargetFacts } from '../../../src/aws/target.ts';
import { keyInArn } from '../../../src/host/resources/arnKey.ts';
import { KeptNames } from '../../../src/host/resources/keptNames.ts';
import { keyText } from '../../../src/host/resources/keyText.ts';
import { LabMarks } from '../../../src/host/resources/labMarks.ts';

const facts: TargetFacts = { kind: 'aws', label: 'AWS', account: '123456789012', region: 'eu-west-1' };
const arn = 'arn:aws:sqs:eu-west-1:123456789012:Orders';
const orders: Found = {
  kind: 'queue',
  key: { name: 'Orders' },
  name: 'Orders',
  arn,
  ref: 'https://q/123456789012/Orders',
};

describe('names added by hand', () => {
  const memory = () => {
    const kept = new Map<string, unknown>();
    return {
      get: (key: string) => kept.get(key),
      update: (key: string, value: string | undefined) => kept.set(key, value),
    };
  };

  test('are kept for their target only, once each, until they are gone', () => {
    const store = memory();
    let at: TargetFacts | undefined = facts;
    const names = new KeptNames(store, () => at);
    names.add(orders);
    names.add(orders);
    expect(new KeptNames(store, () => facts).of('queue')).toEqual([orders]);
    expect(names.of('topic')).toEqual([]);
    at = { ...facts, region: 'us-east-1' };
    expect(names.of('queue')).toEqual([]);
    at = undefined;
    expect(names.of('queue')).toEqual([]);
    at = facts;
    names.remove(orders);
    expect(names.of('queue')).toEqual([]);
  });

  test('memory that holds something else is no harm', () => {
    for (const text of ['{', '[]', 'null', '{"aws|123456789012|eu-west-1|": [{"kind": 3}, null]}']) {
      const names = new KeptNames({ get: () => text, update: () => undefined }, () => facts);
      expect(names.of('queue')).toEqual([]);
    }
  });
});

test('what an unfinished session made on this target carries its lab’s title', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'aws-labs-marks-'));
  mkdirSync(join(dataDir, 'sessions'));
  const journal = (id: string, target: TargetFacts, ...entries: object[]) => {
    const file = join(dataDir, 'sessions', `${id}.jsonl`);
    const opened = { t: 'open', version: 1, session: id, lab: 'sns-sqs', target, at: '2026-01-01T00:00:00Z' };
    writeFileSync(file, '');
    for (const entry of [opened, ...entries]) appendFileSync(file, `${JSON.stringify(entry)}\n`);
  };
  const intent = (n: number, name: string) => ({ t: 'intent', n, step: 's', kind: 'queue', key: { name }, name });
  const made = (n: number, name: string) => ({ t: 'made', n, ref: 'r', arn: arn.replace('Orders', name), output: {} });
  journal('one', facts, intent(1, 'Orders'), made(1, 'Orders'), intent(2, 'Gone'), made(2, 'Gone'), {
    t: 'removed',
    n: 2,
  });
  journal('two', { ...facts, region: 'us-east-1' }, intent(1, 'Other'), made(1, 'Other'));
  journal('three', facts, intent(1, 'Closed'), made(1, 'Closed'), { t: 'closed', at: '2026-01-02T00:00:00Z' });
  const marks = new LabMarks({ dataDir: () => dataDir, titleOf: async () => 'SNS & SQS' });
  await marks.read(facts);
  const named = (name: string): Found => ({ ...orders, name, key: { name }, arn: arn.replace('Orders', name) });
  expect(['Orders', 'Gone', 'Other', 'Closed'].map((name) => marks.of(named(name)))).toEqual([
    'SNS & SQS',
    undefined,
    undefined,
    undefined,
  ]);
  marks.clear();
  expect(marks.of(orders)).toBeUndefined();
});

test('a name, a URL, an ARN', () => {
  const read = (group: 'queue' | 'bucket' | 'stream' | 'instance' | 'topic', text: string) =>
    keyInArn(group, text, facts);
  expect(read('queue', 'Orders').key).toEqual({ name: 'Orders' });
  expect(read('queue', orders.ref).key).toEqual({ name: 'Orders' });
  expect(read('queue', arn).key).toEqual({ name: 'Orders' });
  expect(read('bucket', 'arn:aws:s3:::reports').key).toEqual({ name: 'reports' });
  expect(read('stream', 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks').key).toEqual({ name: 'clicks' });
  expect(read('instance', 'i-0123').key).toEqual({ id: 'i-0123' });
  expect(read('topic', arn).mistake).toBe('That ARN is of sqs, not of sns.');
  expect(read('queue', arn.replace('eu-west-1', 'us-east-1')).mistake).toBe(
    'That is in us-east-1. Switch the region first.',
  );
  expect(read('queue', arn.replace('123456789012', '210987654321')).mistake).toContain('account 210987654321');
  expect(read('queue', 'arn:aws:sqs:eu-west-1').mistake).toBe('That ARN has no name.');
});

test('keys can be read, whatever is in them', () => {
  expect(keyText('a\tb\u0000c\u0007')).toBe('a‹TAB›b‹NUL›c‹U+0007›');
  expect(keyText('\u200bzero\u2028')).toBe('‹U+200B›zero‹U+2028›');
  expect(keyText('👩‍👧 ❤️ ünïcode')).toBe('👩‍👧 ❤️ ünïcode');
  expect(keyText(' x ')).toBe('‹SP›x‹SP›');
});
