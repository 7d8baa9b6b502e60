import { parseStreamArn } from './arn.ts';
import { atLeastOne, insist, matching, within } from './constraints.ts';
import { resourceFor } from './consumers.ts';
import { arnPattern, streamFor } from './kinesis.ts';
import type { Kinesis, KinesisHandlers } from './kinesis.ts';
import { most, readTags } from './readTags.ts';

export const tagHandlers = (kinesis: Kinesis) =>
  ({
    AddTagsToStream({ Tags, ...names }, call) {
      const stream = streamFor(kinesis, names, 'AddTagsToStream', call);
      insist(atLeastOne(Object.keys(Tags).length, 'tags'));
      readTags(Tags, stream).forEach((value, key) => stream.tags.set(key, value));
      kinesis.world.changed();
    },
    RemoveTagsFromStream({ TagKeys, ...names }, call) {
      insist(atLeastOne(TagKeys.length, 'tagKeys'));
      const stream = streamFor(kinesis, names, 'RemoveTagsFromStream', call);
      for (const key of TagKeys) stream.tags.delete(key);
      kinesis.world.changed();
    },
    ListTagsForStream({ ExclusiveStartTagKey = '', Limit = most, ...names }, call) {
      insist(within(Limit, 'limit', 1, most));
      const stream = streamFor(kinesis, names, 'ListTagsForStream', call);
      const tags = sorted(stream.tags).filter(({ Key }) => Key > ExclusiveStartTagKey);
      return { Tags: tags.slice(0, Limit), HasMoreTags: tags.length > Limit };
    },
    TagResource({ ResourceARN, Tags }, call) {
      insist(matching(ResourceARN, 'resourceARN', arnPattern), atLeastOne(Object.keys(Tags).length, 'tags'));
      const { tags } = resourceFor(kinesis, ResourceARN, 'TagResource', call);
      const { stream: name = '', account = '' } = parseStreamArn(ResourceARN) ?? {};
      readTags(Tags, { name, account, tags }).forEach((value, key) => tags.set(key, value));
      kinesis.world.changed();
    },
    UntagResource({ ResourceARN, TagKeys }, call) {
      insist(matching(ResourceARN, 'resourceARN', arnPattern), atLeastOne(TagKeys.length, 'tagKeys'));
      const { tags } = resourceFor(kinesis, ResourceARN, 'UntagResource', call);
      for (const key of TagKeys) tags.delete(key);
      kinesis.world.changed();
    },
    ListTagsForResource({ ResourceARN }, call) {
      insist(matching(ResourceARN, 'resourceARN', arnPattern));
      return { Tags: sorted(resourceFor(kinesis, ResourceARN, 'ListTagsForResource', call).tags) };
    },
  }) satisfies KinesisHandlers;

const sorted = (tags: ReadonlyMap<string, string>) =>
  [...tags].map(([Key, Value]) => ({ Key, Value })).toSorted((a, b) => (a.Key < b.Key ? -1 : 1));
