// The two attributes that tie a queue to its dead-letter queue: RedrivePolicy on the source, RedriveAllowPolicy on the target.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
import { invalidAttribute, invalidValue } from './errors.ts';

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  /** 1 to 1000: how often a message may be received before the next receive moves it. */
  readonly maxReceiveCount: number;
}

export interface RedriveAllowPolicy {
  readonly redrivePermission: 'allowAll' | 'denyAll' | 'byQueue';
  readonly sourceQueueArns: readonly string[];
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

/** The form of the policy alone; whether the target is there and willing is asked by `checkTarget`. @throws InvalidParameterValue */
export function parseRedrivePolicy(text: string): RedrivePolicy {
  const policy = parseObject(text);
  if (!policy) throw invalidAttribute('RedrivePolicy', 'Redrive policy is not a valid JSON map.');
  const refuse = (reason: string): Error => invalidValue('RedrivePolicy', text, reason);
  const { deadLetterTargetArn: target, maxReceiveCount: count } = policy;
  for (const name of ['maxReceiveCount', 'deadLetterTargetArn']) {
    if (!(name in policy)) throw refuse(`Redrive policy does not contain mandatory attribute: ${name}.`);
  }
  const most = typeof count === 'string' && /^\d+$/.test(count) ? Number(count) : count;
  if (typeof most !== 'number' || !Number.isInteger(most) || most < 1 || most > 1000) {
    throw refuse(
      `Invalid value for maxReceiveCount: ${String(count)}, valid values are from 1 to 1000 both inclusive.`,
    );
  }
  if (typeof target !== 'string' || target.split(':').length !== 6 || !target.startsWith('arn:')) {
    throw refuse('Dead-letter target ARN should be fully qualified ARN.');
  }
  if (target.split(':')[2] !== 'sqs') {
    throw refuse('Only SQS queues are valid resources for deadLetterTargetArn.');
  }
  if (Object.keys(policy).length > 2) {
    throw refuse('Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].');
  }
  return { deadLetterTargetArn: target, maxReceiveCount: most };
}

const permissions = ['allowAll', 'denyAll', 'byQueue'] as const;
const cannot = "Amazon SQS can't create the redrive allow policy";

/** @throws InvalidAttributeValue, InvalidParameterValue */
export function parseRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  const policy = parseObject(text);
  const unsupported = (): Error =>
    invalidAttribute('RedriveAllowPolicy', `${cannot}, as it’s in an unsupported format.`);
  const refuse = (reason: string): Error => invalidValue('RedriveAllowPolicy', text, `${cannot}. ${reason}`);
  const permission = permissions.find((known) => known === policy?.['redrivePermission']);
  if (!policy || !permission) throw unsupported();
  if (Object.keys(policy).some((key) => key !== 'redrivePermission' && key !== 'sourceQueueArns')) throw unsupported();
  const given = policy['sourceQueueArns'];
  if (given !== undefined && !isTexts(given)) throw unsupported();
  if (given !== undefined && permission !== 'byQueue') {
    throw refuse('To specify one or more source queue ARNs, you must set redrivePermission to byQueue.');
  }
  if (permission === 'byQueue' && !given?.length) {
    throw refuse(
      'When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.',
    );
  }
  if ((given?.length ?? 0) > 10) throw refuse('The maximum number of source queue ARNs you can specify is 10.');
  return { redrivePermission: permission, sourceQueueArns: given ?? [] };
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** Whether a queue may be the dead-letter queue of that source. */
export const allowsSource = (policy: RedriveAllowPolicy | undefined, sourceArn: string): boolean =>
  policy === undefined ||
  policy.redrivePermission === 'allowAll' ||
  (policy.redrivePermission === 'byQueue' && policy.sourceQueueArns.includes(sourceArn));
