import { SplitShardCommand } from '@aws-sdk/client-kinesis';
import { expect, it } from 'vitest';
import { portOf } from '../../../src/sandbox/hosting.ts';
import { first, openKinesis } from './openKinesis.ts';

it('other services put records and read them, shard by shard', async () => {
  const open = await openKinesis();
  const arn = await open.stream('s');
  const port = await portOf(open.aws.sandbox.hosting, 'kinesis');
  const put = (text: string, streamArn = arn) => port.put(streamArn, { data: Buffer.from(text), partitionKey: 'a' });
  expect(put('one')).toMatchObject({ ok: true, shardId: first });
  const latest = port.position(arn, first, 'LATEST') ?? '';
  put('two');
  const read = (position = '', shard = first) => {
    const found = port.records(arn, shard, position);
    return found && { texts: found.records.map(({ data }) => Buffer.from(data).toString()), next: found.next };
  };
  const start = port.position(arn, first, 'TRIM_HORIZON');
  expect(read(start)?.texts).toEqual(['one', 'two']);
  expect(read(latest)?.texts).toEqual(['two']);
  expect(read(read(start)?.next)?.texts).toEqual([]);
  expect((await open.read(await open.iterator('s'))).texts).toEqual(['one', 'two']);

  const NewStartingHashKey = String(1n << 127n);
  await open.kinesis.send(new SplitShardCommand({ StreamName: 's', ShardToSplit: first, NewStartingHashKey }));
  await open.aws.advance('3s');
  expect(read(start)).toEqual({ texts: ['one', 'two'], next: undefined });
  expect(port.shards(arn)).toEqual([
    { id: first, parents: [], open: false },
    { id: 'shardId-000000000001', parents: [first], open: true },
    { id: 'shardId-000000000002', parents: [first], open: true },
  ]);
  expect(put('x', `${arn}no`)).toMatchObject({ ok: false, reason: 'no-such-stream' });
  expect(port.records(arn, 'shardId-000000000009', '0')).toBeUndefined();
  await open.aws.stop();
});
