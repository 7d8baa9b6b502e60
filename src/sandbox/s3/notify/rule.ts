// A notification configuration as a list of rules, whatever kind of destination they have.
import type {
  Event,
  LambdaFunctionConfiguration,
  NotificationConfiguration,
  NotificationConfigurationFilter,
  QueueConfiguration,
  TopicConfiguration,
} from '@aws-sdk/client-s3';

export interface Rule {
  readonly kind: 'Queue' | 'Topic' | 'CloudFunction';
  readonly id: string;
  readonly arn: string;
  readonly events: readonly Event[];
  readonly prefix: string;
  readonly suffix: string;
  readonly filter: NotificationConfigurationFilter | undefined;
}

type Kept = QueueConfiguration | TopicConfiguration | LambdaFunctionConfiguration;

export function rulesOf(configuration: NotificationConfiguration): Rule[] {
  const { TopicConfigurations: topics = [], QueueConfigurations: queues = [] } = configuration;
  const functions = configuration.LambdaFunctionConfigurations ?? [];
  return [
    ...topics.map((one) => ruleOf('Topic', one.TopicArn, one)),
    ...queues.map((one) => ruleOf('Queue', one.QueueArn, one)),
    ...functions.map((one) => ruleOf('CloudFunction', one.LambdaFunctionArn, one)),
  ];
}

function ruleOf(kind: Rule['kind'], arn: string | undefined, { Id: id, Events: events, Filter: filter }: Kept): Rule {
  const value = (name: string): string =>
    filter?.Key?.FilterRules?.find((rule) => rule.Name?.toLowerCase() === name)?.Value ?? '';
  const [prefix, suffix] = [value('prefix'), value('suffix')];
  return { kind, id: id ?? '', arn: arn ?? '', events: events ?? [], prefix, suffix, filter };
}
