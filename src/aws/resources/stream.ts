// Kinesis data streams. Key: the name.
import type { Found, ResourceKind } from './kind.ts';
import { arnOf, consoleUrl, sendOptions, tagsIn, text, unlessMissing } from './lookup.ts';
import type { Target } from '../target.ts';

const missing = ['ResourceNotFoundException'] as const;

function found(name: string, target: Target, arn = arnOf(target, 'kinesis', `stream/${name}`)): Found {
  return { kind: 'stream', key: { name }, name, arn, ref: name, output: {} };
}

export const stream: ResourceKind = {
  kind: 'stream',
  label: 'stream',
  plural: 'streams',
  goesAfter: [],
  taggable: true,
  /** US dollars of one provisioned shard in us-east-1. Source: https://aws.amazon.com/kinesis/data-streams/pricing/ */
  costPerHour: 0.015,

  keyOf(_operation, input) {
    const name = text(input['StreamName']);
    return name === undefined ? undefined : { name };
  },

  nameOf: (key) => key['name'] ?? '',

  withTags: (input, tags) => {
    const given: { Tags?: Readonly<Record<string, string>> } = input;
    return { ...input, Tags: { ...given.Tags, ...tags } };
  },

  async list(look, next) {
    const input = { Limit: 100, ...(next !== undefined && { NextToken: next }) };
    const page = await look.target.send('kinesis.ListStreams', input, sendOptions(look));
    const entries = (page.StreamSummaries ?? []).map(({ StreamName = '', StreamARN, StreamStatus, ...rest }) => ({
      ...found(StreamName, look.target, StreamARN),
      facts: { StreamStatus, ...rest },
    }));
    return { entries, ...(page.NextToken !== undefined && { next: page.NextToken }) };
  },

  async find(look, key) {
    const StreamName = key['name'] ?? '';
    const answer = await unlessMissing(
      (options) => look.target.send('kinesis.DescribeStreamSummary', { StreamName }, options),
      look,
      missing,
    );
    return answer && found(StreamName, look.target, answer.StreamDescriptionSummary?.StreamARN);
  },

  async describe(look, stream_) {
    const answer = await unlessMissing(
      (options) => look.target.send('kinesis.DescribeStreamSummary', { StreamName: stream_.ref }, options),
      look,
      missing,
    );
    return answer && { ...stream_, facts: { ...answer.StreamDescriptionSummary } };
  },

  async tags(look, { ref }) {
    const answer = await unlessMissing(
      (options) => look.target.send('kinesis.ListTagsForStream', { StreamName: ref }, options),
      look,
      missing,
    );
    return tagsIn(answer?.Tags);
  },

  async tag(look, { ref }, tags) {
    await look.target.send('kinesis.AddTagsToStream', { StreamName: ref, Tags: { ...tags } }, sendOptions(look));
  },

  relations: () => [],
  contents: async () => [],

  async remove(look, { ref }) {
    const input = { StreamName: ref, EnforceConsumerDeletion: true };
    await unlessMissing((options) => look.target.send('kinesis.DeleteStream', input, options), look, missing);
    return { state: 'gone' };
  },

  consoleUrl: ({ name }, region) =>
    consoleUrl(region, `kinesis/home?region=${region}#/streams/details/${encodeURIComponent(name)}/monitoring`),
};
