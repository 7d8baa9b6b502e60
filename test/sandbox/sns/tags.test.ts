import {
  CreateTopicCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { invalid, openSns, refusal, type OpenSns } from './openSns.ts';

let open: OpenSns;
beforeAll(async () => {
  open = await openSns();
});
afterAll(() => open.aws.stop());

const tags = async (ResourceArn: string) => (await open.sns.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;

it('tags are given, changed and taken', async () => {
  const Tags = [
    { Key: 'k1', Value: 'v1' },
    { Key: 'k2', Value: 'v2' },
  ];
  const { TopicArn = '' } = await open.sns.send(new CreateTopicCommand({ Name: 'tagged', Tags }));
  expect(await tags(TopicArn)).toEqual(Tags);
  await open.sns.send(new UntagResourceCommand({ ResourceArn: TopicArn, TagKeys: ['k1'] }));
  await open.sns.send(new TagResourceCommand({ ResourceArn: TopicArn, Tags: [{ Key: 'k2', Value: 'v2b' }] }));
  expect(await tags(TopicArn)).toEqual([{ Key: 'k2', Value: 'v2b' }]);
});

it('keys differ, and there are 50 at most', async () => {
  const ResourceArn = await open.topic('keys');
  const twice = ['v1', 'v2'].map((Value) => ({ Key: 'k1', Value }));
  expect(await refusal(open.sns.send(new TagResourceCommand({ ResourceArn, Tags: twice })))).toEqual(
    invalid('Duplicated keys are not allowed.'),
  );
  const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
  expect((await refusal(open.sns.send(new TagResourceCommand({ ResourceArn, Tags: many })))).code).toBe(
    'TagLimitExceeded',
  );
});

it('a topic that is not there has none', async () => {
  expect(await refusal(tags('arn:aws:sns:us-east-1:123456789012:nowhere'))).toEqual({
    code: 'ResourceNotFound',
    message: 'Resource does not exist',
    status: 404,
  });
});
