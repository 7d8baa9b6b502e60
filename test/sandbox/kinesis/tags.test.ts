import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  ListTagsForResourceCommand,
  ListTagsForStreamCommand,
  RemoveTagsFromStreamCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKinesis, refusal, type OpenKinesis } from './openKinesis.ts';

let open: OpenKinesis;
beforeAll(async () => {
  open = await openKinesis();
});
afterAll(() => open.aws.stop());

const add = (StreamName: string, Tags: Record<string, string>) =>
  open.kinesis.send(new AddTagsToStreamCommand({ StreamName, Tags }));

it('are added, listed by key in pages, and removed', async () => {
  const StreamName = 's';
  await open.kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1, Tags: { made: 'so' } }));
  await open.aws.advance('3s');
  await add(StreamName, { b: '2', a: '1', c: '' });
  const list = (more = {}) => open.kinesis.send(new ListTagsForStreamCommand({ StreamName, ...more }));
  const page = await list({ Limit: 2 });
  expect(page).toMatchObject({
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
    HasMoreTags: true,
  });
  expect((await list({ ExclusiveStartTagKey: 'b' })).Tags).toEqual([
    { Key: 'c', Value: '' },
    { Key: 'made', Value: 'so' },
  ]);
  await open.kinesis.send(new RemoveTagsFromStreamCommand({ StreamName, TagKeys: ['a', 'made', 'none'] }));
  expect((await list()).Tags?.map(({ Key }) => Key)).toEqual(['b', 'c']);
});

it('are of a resource by its ARN', async () => {
  const ResourceARN = await open.stream('r');
  await open.kinesis.send(new TagResourceCommand({ ResourceARN, Tags: { a: '1', b: '2' } }));
  await open.kinesis.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['a'] }));
  const { Tags } = await open.kinesis.send(new ListTagsForResourceCommand({ ResourceARN }));
  expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
});

it('are fifty, of allowed characters', async () => {
  await open.stream('t');
  const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 'v']));
  await add('t', fifty);
  await add('t', { k1: 'other' });
  expect(await refusal(add('t', { more: 'v' }))).toMatchObject({ code: 'InvalidArgumentException' });
  expect(await refusal(add('t', { 'k*': 'v' }))).toMatchObject({
    code: 'InvalidArgumentException',
    message:
      'Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.',
  });
  expect(await refusal(add('t', {}))).toMatchObject({ code: 'ValidationException' });
});
