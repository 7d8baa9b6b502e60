import type { Policy } from '../policy/policy.ts';
import type { Filter } from './filter/filter.ts';
import type { Publication } from './delivery/publication.ts';

/** All that SNS remembers, as plain data: what is computed from it (timers, signatures) lives beside it. */
export interface SnsState {
  readonly topics: Map<string, Topic>;
  readonly subscriptions: Map<string, Subscription>;
  /** Subscription ARNs by the token that confirms them. */
  readonly tokens: Map<string, string>;
  /** Who left by an unsigned link, by the token that brings them back. */
  readonly left: Map<string, Subscription>;
  readonly applications: Map<string, PlatformApplication>;
  readonly endpoints: Map<string, PlatformEndpoint>;
  /** By account and region. */
  readonly sms: Map<string, SmsSettings>;
  /** Deliveries that failed and will be tried again. */
  readonly retries: Map<string, Retry>;
}

export interface Topic {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly fifo: boolean;
  /** As set; what was never set has no entry. */
  readonly attributes: Map<string, string>;
  policy: Policy | undefined;
  readonly tags: Map<string, string>;
  readonly subscriptions: Map<string, Subscription>;
  removedSubscriptions: number;
  dataProtectionPolicy: string;
  sequence: bigint;
  /** By deduplication id, within the five minutes it counts. */
  readonly recent: Map<string, RecentPublication>;
}

export interface RecentPublication {
  readonly messageId: string;
  readonly sequenceNumber: string;
  readonly until: number;
}

export type Protocol =
  'email' | 'email-json' | 'http' | 'https' | 'sqs' | 'lambda' | 'sms' | 'firehose' | 'application';

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly owner: string;
  readonly principal: string;
  pending: boolean;
  token: string;
  /** When an unconfirmed one is dropped. */
  expires: number;
  confirmedByOwner: boolean;
  authenticateOnUnsubscribe: boolean;
  readonly attributes: Map<string, string>;
  filter: Filter | undefined;
}

export interface PlatformApplication {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly attributes: Map<string, string>;
}

export interface PlatformEndpoint {
  readonly arn: string;
  readonly applicationArn: string;
  readonly attributes: Map<string, string>;
}

export interface SmsSettings {
  readonly attributes: Map<string, string>;
  readonly optedOut: Set<string>;
  /** Numbers of the SMS sandbox and whether they are verified. */
  readonly sandboxNumbers: Map<string, { verified: boolean; code: string }>;
}

export interface Retry {
  readonly subscriptionArn: string;
  readonly publication: Publication;
  readonly attempt: number;
  readonly due: number;
}

export function emptyState(): SnsState {
  return {
    topics: new Map(),
    subscriptions: new Map(),
    tokens: new Map(),
    left: new Map(),
    applications: new Map(),
    endpoints: new Map(),
    sms: new Map(),
    retries: new Map(),
  };
}
