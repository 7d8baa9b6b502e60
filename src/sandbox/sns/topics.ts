import type { Call } from '../service.ts';
import { requireTopicArn } from './arn.ts';
import { pageOf } from './pages.ts';
import { invalid, notFound } from './refusals.ts';
import { topicFor } from './sns.ts';
import type { Sns, SnsHandlers } from './sns.ts';
import type { Topic } from './state.ts';
import { readTags } from './tags.ts';
import { describeTopic, setTopicAttribute } from './topicAttributes.ts';
import { dropSubscription } from './dropSubscription.ts';

const maxTopicName = 256;

export const topicHandlers = (sns: Sns) =>
  ({
    CreateTopic({ Name, Attributes = {}, Tags = [], DataProtectionPolicy }, call) {
      const wanted = newTopic(Name, Attributes, call);
      readTags(Tags).forEach((value, key) => wanted.tags.set(key, value));
      if (DataProtectionPolicy !== undefined) wanted.dataProtectionPolicy = DataProtectionPolicy;
      const existing = sns.state.topics.get(wanted.arn);
      if (existing !== undefined) checkSame(existing, wanted, Attributes);
      else sns.state.topics.set(wanted.arn, wanted);
      sns.world.changed();
      return { TopicArn: wanted.arn };
    },
    DeleteTopic({ TopicArn }, call) {
      if (!sns.state.topics.has(requireTopicArn(TopicArn, call))) return; // deleting again is no error
      const topic = topicFor(sns, TopicArn, 'DeleteTopic', call);
      for (const subscription of topic.subscriptions.values()) dropSubscription(sns, subscription);
      sns.state.topics.delete(topic.arn);
      sns.world.changed();
    },
    ListTopics({ NextToken }, { account, region }) {
      const own = [...sns.state.topics.values()].filter(
        (topic) => topic.account === account && topic.region === region,
      );
      const { items, ...more } = pageOf(own, NextToken);
      return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), ...more };
    },
    GetTopicAttributes({ TopicArn }, call) {
      return { Attributes: describeTopic(topicFor(sns, TopicArn, 'GetTopicAttributes', call)) };
    },
    SetTopicAttributes({ TopicArn, AttributeName, AttributeValue = '' }, call) {
      setTopicAttribute(topicFor(sns, TopicArn, 'SetTopicAttributes', call), AttributeName, AttributeValue);
      sns.world.changed();
    },
    GetDataProtectionPolicy({ ResourceArn }, call) {
      const topic = topicFor(sns, ResourceArn, 'GetDataProtectionPolicy', call, 'ResourceArn');
      return { DataProtectionPolicy: topic.dataProtectionPolicy };
    },
    PutDataProtectionPolicy({ ResourceArn, DataProtectionPolicy }, call) {
      const topic = topicFor(sns, ResourceArn, 'PutDataProtectionPolicy', call, 'ResourceArn');
      if (!isJsonObject(DataProtectionPolicy)) throw invalid('DataProtectionPolicy');
      topic.dataProtectionPolicy = DataProtectionPolicy;
      sns.world.changed();
    },
  }) satisfies SnsHandlers;

function newTopic(name: string, attributes: Readonly<Record<string, string>>, call: Call): Topic {
  const { FifoTopic, ...rest } = attributes;
  const fifo = FifoTopic?.toLowerCase() === 'true';
  const pattern = fifo ? /^[A-Za-z0-9_-]+\.fifo$/ : /^[A-Za-z0-9_-]+$/;
  if (!pattern.test(name) || name.length > maxTopicName) throw invalid('Topic Name');
  const topic: Topic = {
    arn: `arn:aws:sns:${call.region}:${call.account}:${name}`,
    name,
    account: call.account,
    region: call.region,
    fifo,
    attributes: new Map(),
    policy: undefined,
    tags: new Map(),
    subscriptions: new Map(),
    removedSubscriptions: 0,
    dataProtectionPolicy: '',
    sequence: 10_000_000_000_000_000_000n,
    recent: new Map(),
  };
  for (const [key, value] of Object.entries(rest)) setTopicAttribute(topic, key, value, true);
  return topic;
}

/** Creating a topic again is fine as long as nothing is asked for that it does not have. */
function checkSame(existing: Topic, wanted: Topic, given: Readonly<Record<string, string>>): void {
  const has = describeTopic(existing);
  const asked = describeTopic(wanted);
  const differs = Object.keys(given).some((name) => has[name] !== asked[name]);
  if (differs) throw invalid('Attributes Reason: Topic already exists with different attributes');
  for (const [key, value] of wanted.tags)
    if (existing.tags.get(key) !== value) throw invalid('Tags Reason: Topic already exists with different tags');
}

function isJsonObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null;
  } catch {
    return false;
  }
}

export function requireTopic(sns: Sns, arn: string): Topic {
  const topic = sns.state.topics.get(arn);
  if (topic === undefined) throw notFound('Topic');
  return topic;
}
