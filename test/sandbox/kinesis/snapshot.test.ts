import { deserialize, serialize } from 'node:v8';
import { CreateStreamCommand, ListStreamsCommand, RegisterStreamConsumerCommand } from '@aws-sdk/client-kinesis';
import { expect, it } from 'vitest';
import type { SavedState } from '../../../src/sandbox/sandbox.ts';
import { openKinesis, type OpenKinesis } from './openKinesis.ts';

/** As if the process had ended and begun again. */
async function restart(open: OpenKinesis): Promise<OpenKinesis> {
  const { credentials } = open.aws;
  const saved = deserialize(serialize(open.aws.sandbox.save())) as SavedState;
  await open.aws.stop();
  return openKinesis({ saved, credentials });
}

it('streams, records, iterators and what is under way are kept', async () => {
  let open = await openKinesis();
  const StreamARN = await open.stream('s', { ShardCount: 1, Tags: { k: 'v' } });
  await open.kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'c' }));
  const { sequence } = await open.put('s', 'one');
  const iterator = await open.iterator('s');
  await open.kinesis.send(new CreateStreamCommand({ StreamName: 'soon', ShardCount: 1 }));
  const state = await open.aws.admin('state');

  open = await restart(open);
  expect(await open.aws.admin('state')).toEqual(state);
  expect((await open.put('s', 'two')).sequence > sequence).toBe(true);
  expect((await open.read(iterator)).texts).toEqual(['one', 'two']);
  await open.aws.advance('3s');
  expect(await open.status('soon')).toBe('ACTIVE');
  await open.aws.stop();
});

it('a reset leaves nothing', async () => {
  const open = await openKinesis();
  await open.stream('s');
  await open.aws.admin('reset', {});
  expect(await open.aws.admin('state')).toEqual({ resources: [] });
  expect((await open.kinesis.send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
  await open.aws.stop();
});
