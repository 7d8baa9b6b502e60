import { unlessMissing } from '../../../aws/resources/lookup.ts';
import { attributeText, editableOf, readOnlyOf } from './attributeValues.ts';
import { missingOf, queueUrl } from './queueUrl.ts';
import type { Rules } from './rules.ts';
import type { SettingsKind } from './settingsKind.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const rules: Rules = {
  VisibilityTimeout: {
    kind: 'number',
    min: 0,
    max: 43_200,
    unit: 'seconds',
    what: 'How long a received message stays hidden.',
  },
  MessageRetentionPeriod: {
    kind: 'number',
    min: 60,
    max: 1_209_600,
    unit: 'seconds',
    what: 'How long a message is kept.',
  },
  DelaySeconds: { kind: 'number', min: 0, max: 900, unit: 'seconds', what: 'How long a new message stays hidden.' },
  ReceiveMessageWaitTimeSeconds: {
    kind: 'number',
    min: 0,
    max: 20,
    unit: 'seconds',
    what: 'How long a receive waits for a message.',
  },
  MaximumMessageSize: { kind: 'number', min: 1024, max: 1_048_576, unit: 'bytes', what: 'The largest message taken.' },
  RedrivePolicy: {
    kind: 'object',
    removable: true,
    what: 'Where messages go that were received too often: deadLetterTargetArn, maxReceiveCount.',
  },
  RedriveAllowPolicy: {
    kind: 'object',
    removable: true,
    what: 'Which queues may use this one as their dead-letter queue: redrivePermission, sourceQueueArns.',
  },
  SqsManagedSseEnabled: { kind: 'flag', what: "Encryption with SQS's own keys." },
  KmsMasterKeyId: { kind: 'text', removable: true, what: 'Encryption with this KMS key.' },
  KmsDataKeyReusePeriodSeconds: {
    kind: 'number',
    min: 60,
    max: 86_400,
    unit: 'seconds',
    what: 'How long a data key is used again.',
  },
  ContentBasedDeduplication: { kind: 'flag', what: 'FIFO: messages of the same body are the same message.' },
  DeduplicationScope: { kind: 'choice', of: ['messageGroup', 'queue'], what: 'FIFO: where messages are the same.' },
  FifoThroughputLimit: {
    kind: 'choice',
    of: ['perQueue', 'perMessageGroupId'],
    what: 'FIFO: what the throughput is limited by.',
  },
};

export const queueSettings: SettingsKind = {
  rules,
  async read(target, name) {
    const QueueUrl = await queueUrl(target, name);
    if (QueueUrl === undefined) return undefined;
    const input = { QueueUrl, AttributeNames: ['All' as const] };
    const answer = await unlessMissing(
      (options) => target.send('sqs.GetQueueAttributes', input, options),
      { target },
      missingOf.queue,
    );
    if (answer === undefined) return undefined;
    const attributes = answer.Attributes ?? {};
    return { editable: editableOf(attributes, rules), readOnly: { QueueUrl, ...readOnlyOf(attributes, rules) } };
  },
  groups: [
    {
      members: Object.keys(rules),
      write: async (target, name, changes) =>
        target.send('sqs.SetQueueAttributes', {
          QueueUrl: await queueUrl(target, name),
          Attributes: Object.fromEntries(Object.entries(changes).map(([each, value]) => [each, attributeText(value)])),
        }),
    },
  ],
};
