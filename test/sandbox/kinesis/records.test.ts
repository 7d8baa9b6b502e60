import { PutRecordsCommand, PutRecordCommand, IncreaseStreamRetentionPeriodCommand } from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { first, openKinesis, refusal, type OpenKinesis } from './openKinesis.ts';

let open: OpenKinesis;
beforeAll(async () => {
  open = await openKinesis();
});
afterAll(() => open.aws.stop());

it('sequence numbers have 56 digits and grow', async () => {
  await open.stream('q');
  const numbers: string[] = [];
  for (const text of ['a', 'b', 'c']) {
    numbers.push((await open.put('q', text)).sequence);
    await open.aws.advance('10s');
  }
  for (const number of numbers) expect(number).toMatch(/^\d{56}$/);
  expect(numbers.toSorted()).toEqual(numbers);
});

it('PutRecords gives a result for each', async () => {
  await open.stream('many', { ShardCount: 2 });
  const Records = [
    { Data: Buffer.from('1'), PartitionKey: 'a' },
    { Data: Buffer.from('2'), PartitionKey: 'b' },
    { Data: Buffer.from('3'), PartitionKey: 'a', ExplicitHashKey: String((1n << 128n) - 1n) },
  ];
  const answer = await open.kinesis.send(new PutRecordsCommand({ StreamName: 'many', Records }));
  expect(answer.FailedRecordCount).toBe(0);
  expect(answer.Records?.map(({ ShardId }) => ShardId?.at(-1))).toEqual(['0', '1', '1']);
  expect((await open.read(await open.iterator('many', { ShardId: 'shardId-000000000001' }))).texts).toEqual(['2', '3']);
  const tooMany = Array.from({ length: 501 }, () => ({ Data: Buffer.from('1'), PartitionKey: 'a' }));
  expect(
    await refusal(open.kinesis.send(new PutRecordsCommand({ StreamName: 'many', Records: tooMany }))),
  ).toMatchObject({
    code: 'ValidationException',
    message:
      "1 validation error detected: Value at 'records' failed to satisfy constraint: Member must have length less than or equal to 500",
  });
});

it('what is too large, or without a place, is refused', async () => {
  await open.stream('limits');
  const put = (input: object) =>
    open.kinesis.send(
      new PutRecordCommand({ StreamName: 'limits', Data: Buffer.from('x'), PartitionKey: 'k', ...input }),
    );
  await put({ Data: Buffer.alloc(1_048_575) });
  expect(await refusal(put({ Data: Buffer.alloc(1_048_576) }))).toMatchObject({
    code: 'ValidationException',
    message:
      "1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to 1048576",
  });
  expect(await refusal(put({ ExplicitHashKey: String(1n << 128n) }))).toMatchObject({
    code: 'InvalidArgumentException',
    message: `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${1n << 128n}`,
  });
  expect(await refusal(put({ PartitionKey: 'k'.repeat(257) }))).toMatchObject({ code: 'ValidationException' });
  expect(await refusal(put({ DryRun: true }))).toMatchObject({ code: 'DryRunOperationException' });
  expect(await refusal(open.put('nowhere', 'x'))).toMatchObject({
    message: 'Stream nowhere under account 123456789012 not found.',
  });
});

it('is read from any place, in pages that say how far behind they are', async () => {
  await open.stream('r');
  const a = await open.put('r', 'a');
  await open.aws.advance('1m');
  const { now } = (await open.aws.admin('clock')) as { now: string };
  await open.put('r', 'b');
  const latest = await open.iterator('r', { ShardIteratorType: 'LATEST' });
  await open.put('r', 'c');
  const page = await open.read(await open.iterator('r'), 1);
  expect(page.texts).toEqual(['a']);
  expect(page.behind).toBeGreaterThanOrEqual(60_000);
  expect(await open.read(page.next)).toMatchObject({ texts: ['b', 'c'], behind: 0 });
  expect((await open.read(latest)).texts).toEqual(['c']);
  const from = async (more: Parameters<OpenKinesis['iterator']>[1]) =>
    (await open.read(await open.iterator('r', more))).texts;
  const StartingSequenceNumber = a.sequence;
  expect(await from({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual(['a', 'b', 'c']);
  expect(await from({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual(['b', 'c']);
  expect(await from({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(now) })).toEqual(['b', 'c']);
});

it('iterators live five minutes, and only for what is there', async () => {
  await open.stream('i');
  const iterator = await open.iterator('i');
  await open.aws.advance('4m');
  const { next } = await open.read(iterator);
  await open.aws.advance('2m');
  expect((await open.read(next)).texts).toEqual([]);
  const expired = await refusal(open.read(iterator));
  expect(expired.code).toBe('ExpiredIteratorException');
  expect(expired.message).toMatch(
    /^Iterator expired\. The iterator was created at time \w{3} \w{3} \d\d [\d:]{8} UTC \d{4} while right now it is .* tolerated delay of 300000 milliseconds\.$/,
  );
  const refused = (more: Parameters<OpenKinesis['iterator']>[1]) => refusal(open.iterator('i', more));
  expect(await refused({ ShardId: 'x' })).toMatchObject({
    message: 'Could not find shard x in stream i under account 123456789012.',
  });
  expect(await refused({ StreamName: 'gone' })).toMatchObject({
    message: `Shard ${first} in stream gone under account 123456789012 does not exist`,
  });
  expect(await refused({ ShardIteratorType: 'AT_SEQUENCE_NUMBER' })).toMatchObject({
    code: 'InvalidArgumentException',
    message:
      'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or ' +
      'LATEST and no StartingSequenceNumber. Request specified AT_SEQUENCE_NUMBER and no StartingSequenceNumber.',
  });
  expect(await refused({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: '7' })).toMatchObject({
    code: 'InvalidArgumentException',
  });
  expect(await refused({ ShardIteratorType: 'AT_TIMESTAMP' })).toMatchObject({ code: 'InvalidArgumentException' });
});

it('records are kept as long as the stream says', async () => {
  await open.stream('old');
  await open.put('old', 'one');
  await open.aws.advance('23h');
  await open.put('old', 'two');
  await open.aws.advance('2h');
  expect((await open.read(await open.iterator('old'))).texts).toEqual(['two']);
  await open.kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName: 'old', RetentionPeriodHours: 48 }));
  expect((await open.read(await open.iterator('old'))).texts).toEqual(['two']);
  await open.aws.advance('30h');
  expect((await open.read(await open.iterator('old'))).texts).toEqual(['two']);
});
