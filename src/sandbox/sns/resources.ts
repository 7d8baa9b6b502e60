import type { ResourceFact } from '../service.ts';
import { parseArn } from './arn.ts';
import type { SnsState } from './state.ts';

/** What there is, for comparing before and after. */
export function resourcesOf(state: SnsState): readonly ResourceFact[] {
  const topics = [...state.topics.values()].map((topic) => ({
    ...place('topic', topic.arn),
    name: topic.name,
    attributes: Object.fromEntries(topic.attributes),
    tags: Object.fromEntries(topic.tags),
  }));
  const subscriptions = [...state.subscriptions.values()].map((subscription) => ({
    ...place('subscription', subscription.arn),
    topicArn: subscription.topicArn,
    protocol: subscription.protocol,
    endpoint: subscription.endpoint,
    state: subscription.pending ? 'pending' : 'confirmed',
    attributes: Object.fromEntries(subscription.attributes),
  }));
  const applications = [...state.applications.values()].map(({ arn, attributes }) => ({
    ...place('platformApplication', arn),
    attributes: Object.fromEntries(attributes),
  }));
  const endpoints = [...state.endpoints.values()].map(({ arn, attributes }) => ({
    ...place('platformEndpoint', arn),
    attributes: Object.fromEntries(attributes),
  }));
  return [...topics, ...subscriptions, ...applications, ...endpoints];
}

function place(type: string, arn: string) {
  const { account = '', region = '' } = parseArn(arn) ?? {};
  return { service: 'sns', type, arn, account, region };
}
