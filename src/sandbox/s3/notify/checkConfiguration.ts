// What AWS refuses in a notification configuration before it looks at the destinations; and the form in which it keeps the rest.
import type { FilterRule, NotificationConfiguration, NotificationConfigurationFilter } from '@aws-sdk/client-s3';
import type { Bucket } from '../bucket.ts';
import { invalidArgument, malformedXml, refuse } from '../errors.ts';
import { isEventName, overlap } from './eventNames.ts';
import { rulesOf, type Rule } from './rule.ts';

const services = { Queue: 'sqs', Topic: 'sns', CloudFunction: 'lambda' } as const;

/** @throws InvalidArgument, MalformedXML */
export function checkConfiguration(configuration: NotificationConfiguration, bucket: Bucket): readonly Rule[] {
  const rules = rulesOf(configuration);
  for (const rule of rules) checkRule(rule, bucket);
  if (new Set(rules.map(({ id }) => id).filter(Boolean)).size < rules.filter(({ id }) => id !== '').length) {
    throw refuse('InvalidArgument', 'Same ID used for multiple configurations. IDs must be unique');
  }
  rules.forEach((rule, index) => rules.slice(0, index).forEach((other) => checkOverlap(rule, other)));
  return rules;
}

function checkRule({ kind, arn, events, filter }: Rule, { region }: Bucket): void {
  if (events.length === 0) throw malformedXml();
  const [, , service, at] = arn.split(':');
  if (service !== services[kind] || arn.split(':').length < 6) {
    throw invalidArgument('The ARN could not be parsed', kind, arn);
  }
  if (at !== region) {
    const message = 'The notification destination service region is not valid for the bucket location constraint';
    throw invalidArgument(message, kind, arn);
  }
  if (!events.every(isEventName))
    throw refuse('InvalidArgument', 'A specified event is not supported for notifications.');
  checkFilter(filter?.Key?.FilterRules ?? []);
}

function checkFilter(rules: readonly FilterRule[]): void {
  const seen = new Set<string>();
  for (const { Name: name, Value: value } of rules) {
    if (name === undefined || value === undefined) throw malformedXml();
    const lower = name.toLowerCase();
    if (lower !== 'prefix' && lower !== 'suffix') {
      throw invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', name);
    }
    if (seen.has(lower)) {
      throw invalidArgument(`Cannot specify more than one ${lower} rule in a filter.`, 'FilterRule.Name', lower);
    }
    if (Buffer.byteLength(value) > 1024) {
      const message = 'Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation';
      throw invalidArgument(message, 'FilterRule.Value', value);
    }
    seen.add(lower);
  }
}

/** Two rules must never both tell of the same thing. */
function checkOverlap(a: Rule, b: Rule): void {
  if (!a.events.some((one) => b.events.some((other) => overlap(one, other)))) return;
  const prefixes = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
  const suffixes = a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix);
  if (!prefixes || !suffixes) return;
  const filtered = [a.prefix, a.suffix, b.prefix, b.suffix].some(Boolean);
  throw refuse(
    'InvalidArgument',
    filtered
      ? 'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.'
      : 'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
  );
}

interface Kept {
  readonly Id?: string | undefined;
  readonly Filter?: NotificationConfigurationFilter | undefined;
}

/** With ids for all, and filters named as AWS names them. */
export function keptConfiguration(given: NotificationConfiguration, id: () => string): NotificationConfiguration {
  const keep = <Configuration extends Kept>(one: Configuration): Configuration => ({
    ...one,
    Id: one.Id || id(),
    ...(one.Filter?.Key?.FilterRules?.length && { Filter: named(one.Filter.Key.FilterRules) }),
  });
  const { TopicConfigurations: topics, QueueConfigurations: queues, LambdaFunctionConfigurations: functions } = given;
  return {
    ...(topics?.length && { TopicConfigurations: topics.map(keep) }),
    ...(queues?.length && { QueueConfigurations: queues.map(keep) }),
    ...(functions?.length && { LambdaFunctionConfigurations: functions.map(keep) }),
    ...(given.EventBridgeConfiguration && { EventBridgeConfiguration: {} }),
  };
}

const named = (rules: readonly FilterRule[]): NotificationConfigurationFilter => ({
  Key: {
    FilterRules: rules.map(({ Name, Value = '' }) => ({
      // Kept with a capital, though the SDK's type has the names in small letters.
      Name: (Name?.toLowerCase() === 'prefix' ? 'Prefix' : 'Suffix') as 'prefix',
      Value,
    })),
  },
});
