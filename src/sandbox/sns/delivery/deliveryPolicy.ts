import { invalid } from '../refusals.ts';
import type { Subscription, Topic } from '../state.ts';

export interface RetryPolicy {
  readonly minDelayTarget: number;
  readonly maxDelayTarget: number;
  readonly numRetries: number;
  readonly numMaxDelayRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly backoffFunction: 'linear' | 'arithmetic' | 'geometric' | 'exponential';
}

interface RequestPolicy {
  readonly headerContentType: string;
}

interface TopicPolicy {
  readonly http?: {
    readonly defaultHealthyRetryPolicy?: Partial<RetryPolicy> | null;
    readonly defaultThrottlePolicy?: unknown;
    readonly defaultRequestPolicy?: RequestPolicy;
    readonly disableSubscriptionOverrides?: boolean;
  };
}

interface SubscriptionPolicy {
  readonly healthyRetryPolicy?: Partial<RetryPolicy> | null;
  readonly sicklyRetryPolicy?: unknown;
  readonly throttlePolicy?: unknown;
  readonly requestPolicy?: RequestPolicy | null;
  readonly guaranteed?: boolean;
}

const defaultRetry: RetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: 'linear',
};
const defaultRequest: RequestPolicy = { headerContentType: 'text/plain; charset=UTF-8' };

/** A topic's policy as it is kept: AWS adds what decides about overrides. */
export function normalizeTopicPolicy(text: string): string {
  const { http = {}, ...rest } = parse<TopicPolicy>(text);
  checkRetry({ ...defaultRetry, ...http.defaultHealthyRetryPolicy });
  const { defaultHealthyRetryPolicy, ...others } = http;
  const healthy = defaultHealthyRetryPolicy ? { defaultHealthyRetryPolicy } : {};
  return JSON.stringify({ ...rest, http: { ...healthy, disableSubscriptionOverrides: false, ...others } });
}

export function effectiveTopicPolicy(topic: Topic): string {
  const { http = {} } = topicPolicy(topic);
  return JSON.stringify({
    http: {
      defaultHealthyRetryPolicy: { ...defaultRetry, ...http.defaultHealthyRetryPolicy },
      disableSubscriptionOverrides: http.disableSubscriptionOverrides ?? false,
      ...(http.defaultThrottlePolicy === undefined ? {} : { defaultThrottlePolicy: http.defaultThrottlePolicy }),
      defaultRequestPolicy: http.defaultRequestPolicy ?? defaultRequest,
    },
  });
}

export function normalizeSubscriptionPolicy(text: string): string {
  const policy = parse<SubscriptionPolicy>(text);
  const healthyRetryPolicy = policy.healthyRetryPolicy ? { ...defaultRetry, ...policy.healthyRetryPolicy } : null;
  if (healthyRetryPolicy !== null) checkRetry(healthyRetryPolicy);
  return JSON.stringify({
    healthyRetryPolicy,
    sicklyRetryPolicy: policy.sicklyRetryPolicy ?? null,
    throttlePolicy: policy.throttlePolicy ?? null,
    requestPolicy: policy.requestPolicy ?? null,
    guaranteed: policy.guaranteed ?? false,
  });
}

/** What counts for a subscription: its own policy over its topic's, unless the topic forbids that. */
export function effectiveSubscriptionPolicy(subscription: Subscription, topic: Topic | undefined) {
  const { http = {} } = topic === undefined ? {} : topicPolicy(topic);
  const text = subscription.attributes.get('DeliveryPolicy');
  const own = text === undefined || http.disableSubscriptionOverrides ? {} : parse<SubscriptionPolicy>(text);
  return {
    healthyRetryPolicy: { ...defaultRetry, ...http.defaultHealthyRetryPolicy, ...own.healthyRetryPolicy },
    sicklyRetryPolicy: own.sicklyRetryPolicy ?? null,
    throttlePolicy: own.throttlePolicy ?? http.defaultThrottlePolicy ?? null,
    requestPolicy: own.requestPolicy ?? http.defaultRequestPolicy ?? defaultRequest,
    guaranteed: own.guaranteed ?? false,
  };
}

function topicPolicy(topic: Topic): TopicPolicy {
  const text = topic.attributes.get('DeliveryPolicy');
  return text === undefined ? {} : parse<TopicPolicy>(text);
}

function parse<Shape extends object>(text: string): Shape {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Shape; // its numbers are checked
  } catch {
    // refused below
  }
  throw invalid('DeliveryPolicy: failed to parse JSON.');
}

function checkRetry(policy: RetryPolicy): void {
  const phases = policy.numNoDelayRetries + policy.numMinDelayRetries + policy.numMaxDelayRetries;
  if (policy.minDelayTarget > policy.maxDelayTarget)
    throw invalid('DeliveryPolicy: healthyRetryPolicy.minDelayTarget must be less than or equal to maxDelayTarget');
  if (!(policy.minDelayTarget >= 1) || !(policy.maxDelayTarget <= 3600))
    throw invalid('DeliveryPolicy: healthyRetryPolicy delays must be between 1 and 3600');
  if (!(policy.numRetries >= 0 && policy.numRetries <= 100))
    throw invalid('DeliveryPolicy: healthyRetryPolicy.numRetries must be between 0 and 100');
  if (phases > policy.numRetries)
    throw invalid(
      'DeliveryPolicy: healthyRetryPolicy.numRetries must be greater than or equal to the total of the phases',
    );
}
