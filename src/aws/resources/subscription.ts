// SNS subscriptions. Key: topic, protocol and endpoint; SNS keeps one subscription of each, however often one subscribes.
import type { Description, Found, Look, Page, Relation, ResourceKey, ResourceKind } from './kind.ts';
import { consoleUrl, nameInArn, sendOptions, text, unlessMissing } from './lookup.ts';

const missing = ['NotFoundException', 'NotFound', 'ResourceNotFoundException', 'ResourceNotFound'] as const;

/** What SNS lists in place of the ARN until the subscription is confirmed. */
const pending = 'PendingConfirmation';

interface Listed {
  SubscriptionArn?: string | undefined;
  TopicArn?: string | undefined;
  Protocol?: string | undefined;
  Endpoint?: string | undefined;
}

function found({ SubscriptionArn = '', TopicArn = '', Protocol = '', Endpoint = '' }: Listed): Found {
  const key = { topicArn: TopicArn, protocol: Protocol, endpoint: Endpoint };
  const entry = { kind: 'subscription', key, name: nameOf(key), ref: SubscriptionArn } as const;
  return SubscriptionArn.startsWith('arn:') ? { ...entry, arn: SubscriptionArn, output: { SubscriptionArn } } : entry;
}

function nameOf(key: ResourceKey): string {
  const endpoint = key['endpoint'] ?? '';
  return `${nameInArn(key['topicArn'] ?? '')} -> ${endpoint.startsWith('arn:') ? nameInArn(endpoint) : endpoint}`;
}

/** One page of a topic's subscriptions; none where the topic is gone. */
export async function listOfTopic(look: Look, TopicArn: string, next?: string): Promise<Page> {
  const input = next === undefined ? { TopicArn } : { TopicArn, NextToken: next };
  const page = await unlessMissing(
    (options) => look.target.send('sns.ListSubscriptionsByTopic', input, options),
    look,
    missing,
  );
  const token = page?.NextToken;
  return {
    entries: (page?.Subscriptions ?? []).map(found),
    ...(token !== undefined && token !== '' && { next: token }),
  };
}

async function* ofTopic(look: Look, topicArn: string): AsyncGenerator<Found> {
  let next: string | undefined;
  do {
    const page: Page = await listOfTopic(look, topicArn, next);
    yield* page.entries;
    next = page.next;
  } while (next !== undefined);
}

export const subscription: ResourceKind = {
  kind: 'subscription',
  label: 'subscription',
  plural: 'subscriptions',
  goesAfter: [],
  taggable: false,
  costPerHour: 0,

  keyOf(_operation, input) {
    const topicArn = text(input['TopicArn']);
    const protocol = text(input['Protocol']);
    return topicArn === undefined || protocol === undefined
      ? undefined
      : { topicArn, protocol, endpoint: text(input['Endpoint']) ?? '' };
  },

  nameOf,

  /** Subscriptions carry no tags; they end with their topic, which does. */
  withTags: (input) => input,

  async list(look, next) {
    const page = await look.target.send(
      'sns.ListSubscriptions',
      next === undefined ? {} : { NextToken: next },
      sendOptions(look),
    );
    return {
      entries: (page.Subscriptions ?? []).map(found),
      ...(page.NextToken !== undefined && { next: page.NextToken }),
    };
  },

  async find(look, key) {
    for await (const candidate of ofTopic(look, key['topicArn'] ?? '')) {
      if (candidate.key['protocol'] === key['protocol'] && candidate.key['endpoint'] === key['endpoint'])
        return candidate;
    }
    return undefined;
  },

  async describe(look, subscription) {
    if (!subscription.ref.startsWith('arn:')) return { ...subscription, facts: { PendingConfirmation: 'true' } };
    const input = { SubscriptionArn: subscription.ref };
    const answer = await unlessMissing(
      (options) => look.target.send('sns.GetSubscriptionAttributes', input, options),
      look,
      missing,
    );
    return answer && { ...subscription, facts: answer.Attributes ?? {} };
  },

  tags: async () => ({}),
  partOf: (key) => ({ kind: 'topic', key: { name: nameInArn(key['topicArn'] ?? '') } }),
  relations,
  contents: async () => [],

  async remove(look, { ref }) {
    if (ref === pending || !ref.startsWith('arn:')) return { state: 'stays', why: stays };
    const state = await subscription.describe(look, { ...found({ SubscriptionArn: ref }) });
    if (!state) return { state: 'gone' };
    if (state.facts['PendingConfirmation'] === 'true') return { state: 'stays', why: stays };
    await unlessMissing(
      (options) => look.target.send('sns.Unsubscribe', { SubscriptionArn: ref }, options),
      look,
      missing,
    );
    return { state: 'gone' };
  },

  consoleUrl: ({ arn }, region) =>
    arn === undefined ? undefined : consoleUrl(region, `sns/v3/home?region=${region}#/subscription/${arn}`),
};

const stays =
  'It waits for its confirmation, and SNS lets nobody remove it before; it goes with its topic, or by itself after 48 hours.';

function relations({ key }: Description): readonly Relation[] {
  const { topicArn, protocol, endpoint } = key;
  const from = topicArn === undefined ? [] : [{ to: 'topic', arn: topicArn, label: 'subscribes to' } as const];
  return protocol === 'sqs' && endpoint !== undefined
    ? [...from, { to: 'queue', arn: endpoint, label: 'sends to' }]
    : from;
}
