// SNS topics. Key: the name.
import type { Found, ResourceKind } from './kind.ts';
import {
  arnOf,
  consoleUrl,
  nameInArn,
  sendOptions,
  tagList,
  tagsIn,
  text,
  unlessMissing,
  withTagList,
} from './lookup.ts';

function found(arn: string): Found {
  const name = nameInArn(arn);
  return { kind: 'topic', key: { name }, name, arn, ref: arn, output: { TopicArn: arn } };
}

export const topic: ResourceKind = {
  kind: 'topic',
  label: 'topic',
  plural: 'topics',
  goesAfter: ['subscription'],
  taggable: true,
  costPerHour: 0,

  keyOf(_operation, input) {
    const name = text(input['Name']);
    return name === undefined ? undefined : { name };
  },

  nameOf: (key) => key['name'] ?? '',

  withTags: withTagList,

  async list(look, next) {
    const page = await look.target.send(
      'sns.ListTopics',
      next === undefined ? {} : { NextToken: next },
      sendOptions(look),
    );
    const entries = (page.Topics ?? []).flatMap(({ TopicArn }) => (TopicArn === undefined ? [] : [found(TopicArn)]));
    return { entries, ...(page.NextToken !== undefined && { next: page.NextToken }) };
  },

  async find(look, key) {
    const TopicArn = arnOf(look.target, 'sns', key['name'] ?? '');
    const answer = await unlessMissing(
      (options) => look.target.send('sns.GetTopicAttributes', { TopicArn }, options),
      look,
      missing,
    );
    return answer && found(TopicArn);
  },

  async describe(look, topic) {
    const answer = await unlessMissing(
      (options) => look.target.send('sns.GetTopicAttributes', { TopicArn: topic.ref }, options),
      look,
      missing,
    );
    return answer && { ...topic, facts: answer.Attributes ?? {} };
  },

  async tags(look, { ref }) {
    const answer = await unlessMissing(
      (options) => look.target.send('sns.ListTagsForResource', { ResourceArn: ref }, options),
      look,
      missing,
    );
    return tagsIn(answer?.Tags);
  },

  async tag(look, { ref }, tags) {
    await look.target.send('sns.TagResource', { ResourceArn: ref, Tags: tagList(tags) }, sendOptions(look));
  },

  relations: () => [],
  contents: async () => [],

  async remove(look, { ref }) {
    await unlessMissing((options) => look.target.send('sns.DeleteTopic', { TopicArn: ref }, options), look, missing);
    return { state: 'gone' };
  },

  consoleUrl: ({ arn }, region) =>
    arn === undefined ? undefined : consoleUrl(region, `sns/v3/home?region=${region}#/topic/${arn}`),
};

/** By the SDK's name and by the wire's. */
const missing = ['NotFoundException', 'NotFound', 'ResourceNotFoundException', 'ResourceNotFound'] as const;
