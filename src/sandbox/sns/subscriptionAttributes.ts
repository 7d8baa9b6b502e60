import { parseArn } from './arn.ts';
import { effectiveSubscriptionPolicy, normalizeSubscriptionPolicy } from './delivery/deliveryPolicy.ts';
import { compileFilter } from './filter/compileFilter.ts';
import type { FilterScope } from './filter/compileFilter.ts';
import { jsonSyntaxProblem } from './filter/jsonSyntax.ts';
import { invalid } from './refusals.ts';
import type { Subscription, Topic } from './state.ts';

const settable = new Set([
  'RawMessageDelivery',
  'FilterPolicy',
  'FilterPolicyScope',
  'RedrivePolicy',
  'DeliveryPolicy',
  'SubscriptionRoleArn',
  'ReplayPolicy',
]);

/** Sets one attribute, or refuses. `prefix` is put before AWS's message where it comes from Subscribe. */
export function setSubscriptionAttribute(
  subscription: Subscription,
  topic: Pick<Topic, 'fifo'>,
  name: string,
  value: string,
  prefix = '',
): void {
  if (!settable.has(name)) throw invalid('AttributeName');
  switch (name) {
    case 'RawMessageDelivery':
      return setRaw(subscription, value, prefix);
    case 'FilterPolicy':
      return setFilter(subscription, value, prefix);
    case 'FilterPolicyScope':
      return setScope(subscription, value, prefix);
    case 'RedrivePolicy':
      return setRedrive(subscription, topic, value, prefix);
    case 'DeliveryPolicy':
      return setOrClear(subscription, name, value, normalizeSubscriptionPolicy);
    default:
      return setOrClear(subscription, name, value, (text) => text);
  }
}

function setRaw({ attributes }: Subscription, value: string, prefix: string): void {
  const lower = value.toLowerCase();
  if (lower !== 'true' && lower !== 'false')
    throw invalid(`${prefix}RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
  attributes.set('RawMessageDelivery', lower);
}

export function scopeOf({ attributes }: Subscription): FilterScope {
  return attributes.get('FilterPolicyScope') === 'MessageBody' ? 'MessageBody' : 'MessageAttributes';
}

function setFilter(subscription: Subscription, value: string, prefix: string): void {
  if (value === '' || /^\s*\{\s*\}\s*$/.test(value)) {
    subscription.attributes.delete('FilterPolicy');
    subscription.filter = undefined;
    return;
  }
  const { filter, problem } = compileFilter(value, scopeOf(subscription));
  if (filter === undefined) throw invalid(prefix + problem);
  subscription.attributes.set('FilterPolicy', value);
  subscription.filter = filter;
}

function setScope(subscription: Subscription, value: string, prefix: string): void {
  if (value !== 'MessageBody' && value !== 'MessageAttributes')
    throw invalid(
      `${prefix}FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
    );
  const policy = subscription.attributes.get('FilterPolicy');
  const compiled = policy === undefined ? undefined : compileFilter(policy, value);
  if (compiled?.problem !== undefined) throw invalid(prefix + compiled.problem);
  subscription.attributes.set('FilterPolicyScope', value);
}

function setRedrive(subscription: Subscription, topic: Pick<Topic, 'fifo'>, value: string, prefix: string): void {
  if (value !== '' && value !== '{}') {
    const syntax = jsonSyntaxProblem(value);
    if (syntax !== undefined) throw invalid(`${prefix}RedrivePolicy: ${syntax}`);
    const target = deadLetterTarget(value);
    if (target === undefined || parseArn(target)?.service !== 'sqs')
      throw invalid(`${prefix}RedrivePolicy: deadLetterTargetArn is an invalid arn`);
    if (topic.fifo && subscription.endpoint.endsWith('.fifo') && !target.endsWith('.fifo'))
      throw invalid(`${prefix}RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.`);
  }
  setOrClear(subscription, 'RedrivePolicy', value, (text) => text);
}

/** The queue that a redrive policy names. */
export function deadLetterTarget(redrivePolicy: string | undefined): string | undefined {
  if (redrivePolicy === undefined) return undefined;
  const parsed: unknown = JSON.parse(redrivePolicy);
  const target =
    typeof parsed === 'object' && parsed !== null && 'deadLetterTargetArn' in parsed && parsed.deadLetterTargetArn;
  return typeof target === 'string' ? target : undefined;
}

function setOrClear({ attributes }: Subscription, name: string, value: string, form: (text: string) => string): void {
  if (value === '' || value === '{}') attributes.delete(name);
  else attributes.set(name, form(value));
}

/** What GetSubscriptionAttributes answers. */
export function describeSubscription(subscription: Subscription, topic: Topic | undefined): Record<string, string> {
  const { FilterPolicyScope, ...set } = Object.fromEntries(subscription.attributes);
  const http = subscription.protocol === 'http' || subscription.protocol === 'https';
  return {
    SubscriptionPrincipal: subscription.principal,
    Owner: subscription.owner,
    RawMessageDelivery: 'false',
    ...set,
    // The scope shows only together with a policy.
    ...(set['FilterPolicy'] === undefined ? {} : { FilterPolicyScope: FilterPolicyScope ?? 'MessageAttributes' }),
    ...(http ? { EffectiveDeliveryPolicy: JSON.stringify(effectiveSubscriptionPolicy(subscription, topic)) } : {}),
    TopicArn: subscription.topicArn,
    Endpoint: subscription.endpoint,
    Protocol: subscription.protocol,
    PendingConfirmation: String(subscription.pending),
    ConfirmationWasAuthenticated: String(subscription.confirmedByOwner),
    SubscriptionArn: subscription.arn,
  };
}
