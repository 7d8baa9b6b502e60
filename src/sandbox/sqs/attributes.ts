// The attributes of a queue that can be set: a table of their values, ranges and defaults, and what they mean once set.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
import { AwsError } from '../service.ts';
import { invalidAttribute, unknownAttribute } from './errors.ts';
import { largestMessage, longestDelaySeconds, longestVisibility, longestWaitSeconds } from './limits.ts';
import { readPolicy } from './queuePolicy.ts';
import { parseRedriveAllowPolicy, parseRedrivePolicy } from './redrivePolicy.ts';

type Rule = { readonly initial?: string; readonly fifo?: true } & (
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  /** Its own form; '' takes it away. */
  | { readonly kind: 'text'; readonly normal: (text: string) => string }
);

/** Seconds, but MaximumMessageSize in bytes. Without `initial`: not there until set. */
export const attributeRules: ReadonlyMap<string, Rule> = new Map(
  Object.entries<Rule>({
    DelaySeconds: { kind: 'number', min: 0, max: longestDelaySeconds, initial: '0' },
    MaximumMessageSize: { kind: 'number', min: 1024, max: largestMessage, initial: String(largestMessage) },
    MessageRetentionPeriod: { kind: 'number', min: 60, max: 1_209_600, initial: '345600' },
    ReceiveMessageWaitTimeSeconds: { kind: 'number', min: 0, max: longestWaitSeconds, initial: '0' },
    VisibilityTimeout: { kind: 'number', min: 0, max: longestVisibility, initial: '30' },
    Policy: { kind: 'text', normal: readPolicy },
    RedrivePolicy: { kind: 'text', normal: (text) => JSON.stringify(parseRedrivePolicy(text)) },
    RedriveAllowPolicy: { kind: 'text', normal: normalAllowPolicy },
    KmsMasterKeyId: { kind: 'text', normal: (text) => text },
    KmsDataKeyReusePeriodSeconds: { kind: 'number', min: 60, max: 86_400 },
    SqsManagedSseEnabled: { kind: 'flag', initial: 'true' },
    FifoQueue: { kind: 'flag', initial: 'true', fifo: true },
    ContentBasedDeduplication: { kind: 'flag', initial: 'false', fifo: true },
    DeduplicationScope: { kind: 'choice', of: ['messageGroup', 'queue'], initial: 'queue', fifo: true },
    FifoThroughputLimit: { kind: 'choice', of: ['perQueue', 'perMessageGroupId'], initial: 'perQueue', fifo: true },
  }),
);

function normalAllowPolicy(text: string): string {
  const { redrivePermission, sourceQueueArns } = parseRedriveAllowPolicy(text);
  return JSON.stringify({ redrivePermission, ...(sourceQueueArns.length > 0 ? { sourceQueueArns } : {}) });
}

export type Given = Readonly<Partial<Record<string, string>>>;
/** Attributes as stored: in their normal form, those that are set. */
export type Values = Readonly<Record<string, string>>;

export const initialValues = (fifo: boolean): Values =>
  Object.fromEntries(
    [...attributeRules].flatMap(([name, { initial, fifo: fifoOnly }]) =>
      initial === undefined || (fifoOnly && !fifo) ? [] : [[name, initial]],
    ),
  );

/**
 * Attributes as a request gives them, checked one by one and brought into their normal form.
 * @throws InvalidAttributeName, InvalidAttributeValue, and InvalidParameterValue for redrive policies
 */
export function readGiven(given: Given, fifo: boolean): Values {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const rule = attributeRules.get(name);
    if (!rule) throw unknownAttribute(name);
    if (rule.fifo && !fifo) throw notStandard(name);
    if (value !== undefined) values[name] = normal(name, rule, value);
  }
  return values;
}

/** AWS has two ways of saying that an attribute is for FIFO queues. */
const notStandard = (name: string): AwsError =>
  name === 'DeduplicationScope' || name === 'FifoThroughputLimit'
    ? new AwsError('InvalidAttributeName', `You can specify the ${name} only when FifoQueue is set to true.`)
    : unknownAttribute(name);

function normal(name: string, rule: Rule, value: string): string {
  switch (rule.kind) {
    case 'number': {
      const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
      if (!(number >= rule.min && number <= rule.max)) throw invalidAttribute(name);
      return String(number);
    }
    case 'flag': {
      const flag = value.toLowerCase();
      if (flag !== 'true' && flag !== 'false') throw invalidAttribute(name);
      return flag;
    }
    case 'choice':
      if (!rule.of.includes(value)) throw invalidAttribute(name);
      return value;
    case 'text':
      return value === '' ? '' : rule.normal(value);
  }
}

/**
 * Stored values with new ones over them.
 * @throws where what results cannot be: two ways of encryption, or throughput by group with deduplication by queue
 */
export function mergeValues(before: Values, given: Values): Values {
  const encryptedBy = given['KmsMasterKeyId'];
  if (encryptedBy && given['SqsManagedSseEnabled'] === 'true') {
    throw new AwsError(
      'InvalidAttributeName',
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
  const after: Record<string, string> = { ...before, ...given };
  if (encryptedBy) after['SqsManagedSseEnabled'] = 'false';
  if (given['SqsManagedSseEnabled'] === 'true') after['KmsMasterKeyId'] = '';
  if (after['FifoThroughputLimit'] === 'perMessageGroupId' && after['DeduplicationScope'] !== 'messageGroup') {
    throw invalidAttribute(
      'FifoThroughputLimit',
      'The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.',
    );
  }
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== ''));
}
