import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestQueue, TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

const tag = ({ url }: TestQueue, Tags: Record<string, string>) => aws.sqs.tagQueue({ QueueUrl: url, Tags });
const tagsOf = async ({ url }: TestQueue) => (await aws.sqs.listQueueTags({ QueueUrl: url })).Tags;

test('tags are added, overwritten, taken away; case matters', async () => {
  const queue = await aws.create();
  expect(await tagsOf(queue)).toBeUndefined();
  await tag(queue, { tag1: 'value1', Tag1: 'other', tag3: '' });
  await tag(queue, { tag1: 'VALUE1', tag4: 'v' });
  expect(await tagsOf(queue)).toEqual({ tag1: 'VALUE1', Tag1: 'other', tag3: '', tag4: 'v' });
  await aws.sqs.untagQueue({ QueueUrl: queue.url, TagKeys: ['tag1', 'tag3', 'none'] });
  expect(await tagsOf(queue)).toEqual({ Tag1: 'other', tag4: 'v' });
});

test('what cannot be a tag', async () => {
  const queue = await aws.create();
  for (const tags of [{ '': 'v' }, { ['k'.repeat(129)]: 'v' }, { k: 'v'.repeat(257) }, { 'aws:k': 'v' }]) {
    expect(await refusalOf(tag(queue, tags))).toMatchObject({ code: 'InvalidParameterValue' });
  }
  expect(await refusalOf(tag(queue, {}))).toMatchObject({ message: 'The request must contain the parameter Tags.' });
  expect(await tagsOf(queue)).toBeUndefined();
});

test('fifty are the most', async () => {
  const queue = await aws.create();
  await tag(queue, Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 'v'])));
  await tag(queue, { k0: 'again' });
  expect(await refusalOf(tag(queue, { one: 'more' }))).toMatchObject({
    message: `Too many tags added for queue ${queue.name}.`,
  });
});
