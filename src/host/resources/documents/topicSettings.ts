import { arnOf, unlessMissing } from '../../../aws/resources/lookup.ts';
import { attributeText, editableOf, readOnlyOf } from './attributeValues.ts';
import { missingOf } from './queueUrl.ts';
import type { Rule, Rules } from './rules.ts';
import type { SettingsGroup, SettingsKind } from './settingsKind.ts';

const feedback = ['Application', 'Firehose', 'HTTP', 'Lambda', 'SQS'].flatMap((protocol): [string, Rule][] => [
  [`${protocol}SuccessFeedbackRoleArn`, { kind: 'text', what: `The role that logs deliveries by ${protocol}.` }],
  [
    `${protocol}SuccessFeedbackSampleRate`,
    { kind: 'number', min: 0, max: 100, unit: '%', what: 'How many of them are logged.' },
  ],
  [`${protocol}FailureFeedbackRoleArn`, { kind: 'text', what: `The role that logs failed deliveries by ${protocol}.` }],
]);

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
const rules: Rules = {
  DisplayName: { kind: 'text', longest: 100, what: 'The sender of mails and text messages.' },
  DeliveryPolicy: { kind: 'object', removable: true, what: 'How deliveries over HTTP are tried again.' },
  KmsMasterKeyId: { kind: 'text', removable: true, what: 'Encryption with this KMS key.' },
  SignatureVersion: { kind: 'choice', of: ['1', '2'], what: 'How messages are signed: 1 with SHA1, 2 with SHA256.' },
  TracingConfig: { kind: 'choice', of: ['Active', 'PassThrough'], what: 'Tracing with X-Ray.' },
  ContentBasedDeduplication: { kind: 'flag', what: 'FIFO: messages of the same body are the same message.' },
  FifoThroughputScope: {
    kind: 'choice',
    of: ['Topic', 'MessageGroup'],
    what: 'FIFO: what the throughput is limited by.',
  },
  ArchivePolicy: { kind: 'object', what: 'FIFO: for how many days messages are kept to be replayed.' },
  ...Object.fromEntries(feedback),
};

export const topicSettings: SettingsKind = {
  rules,
  async read(target, name) {
    const TopicArn = arnOf(target, 'sns', name);
    const answer = await unlessMissing(
      (options) => target.send('sns.GetTopicAttributes', { TopicArn }, options),
      { target },
      missingOf.topic,
    );
    if (answer === undefined) return undefined;
    const attributes = answer.Attributes ?? {};
    return { editable: editableOf(attributes, rules), readOnly: readOnlyOf(attributes, rules) };
  },
  groups: Object.keys(rules).map((AttributeName): SettingsGroup => ({
    members: [AttributeName],
    write: (target, name, { [AttributeName]: value = null }) =>
      target.send('sns.SetTopicAttributes', {
        TopicArn: arnOf(target, 'sns', name),
        AttributeName,
        AttributeValue: attributeText(value),
      }),
  })),
};
