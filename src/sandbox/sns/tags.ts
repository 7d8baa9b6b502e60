import { AwsError } from '../service.ts';
import type { Call } from '../service.ts';
import { authorize } from './access.ts';
import { requireTopicArn } from './arn.ts';
import { invalid } from './refusals.ts';
import type { Sns, SnsHandlers } from './sns.ts';
import type { Topic } from './state.ts';

const most = 50;

interface GivenTag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

export const tagHandlers = (sns: Sns) =>
  ({
    TagResource({ ResourceArn, Tags }, call) {
      const topic = taggable(sns, ResourceArn, 'TagResource', call);
      const tags = new Map([...topic.tags, ...readTags(Tags)]);
      if (tags.size > most) throw tooMany();
      tags.forEach((value, key) => topic.tags.set(key, value));
      sns.world.changed();
      return {};
    },
    UntagResource({ ResourceArn, TagKeys }, call) {
      const topic = taggable(sns, ResourceArn, 'UntagResource', call);
      for (const key of TagKeys) topic.tags.delete(key);
      sns.world.changed();
      return {};
    },
    ListTagsForResource({ ResourceArn }, call) {
      const topic = taggable(sns, ResourceArn, 'ListTagsForResource', call);
      return { Tags: [...topic.tags].map(([Key, Value]) => ({ Key, Value })) };
    },
  }) satisfies SnsHandlers;

/** Tagging words a missing topic differently from all else. */
function taggable(sns: Sns, arn: string, action: string, call: Call): Topic {
  const topic = sns.state.topics.get(requireTopicArn(arn, call, 'ResourceArn'));
  if (topic === undefined) throw new AwsError('ResourceNotFoundException', 'Resource does not exist');
  authorize(topic, action, call, sns.world.clock.now());
  return topic;
}

export function readTags(given: readonly GivenTag[]): Map<string, string> {
  const tags = new Map<string, string>();
  for (const { Key = '', Value = '' } of given) {
    if (tags.has(Key)) throw invalid('Duplicated keys are not allowed.');
    if (!/^(?!aws:).{1,128}$/su.test(Key) || Value.length > 256) throw invalid('Tags');
    tags.set(Key, Value);
  }
  if (tags.size > most) throw tooMany();
  return tags;
}

const tooMany = () =>
  new AwsError('TagLimitExceededException', 'Could not complete request: tag quota of per resource exceeded');
