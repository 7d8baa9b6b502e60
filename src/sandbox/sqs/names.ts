// Queues by name, ARN and URL.
import type { Call } from '../service.ts';
import { AwsError } from '../service.ts';
import { invalidParameter } from './errors.ts';

export interface QueueKey {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/**
 * Up to 80 of letters, digits, hyphens and underscores; a FIFO queue's name ends in `.fifo`, which counts.
 * @throws InvalidParameterValue
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 */
export function checkQueueName(name: string, fifo: boolean): void {
  if (fifo && !/^[\w-]{1,75}\.fifo$/.test(name)) {
    throw invalidParameter(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, ' +
        'must end with .fifo suffix and be 1 to 80 in length.',
    );
  }
  if (!fifo && !/^[\w-]{1,80}$/.test(name)) {
    throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
}

/** `aws`, but in China and the US government's regions. */
const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

export const queueArn = ({ account, region, name }: QueueKey): string =>
  `arn:${partitionOf(region)}:sqs:${region}:${account}:${name}`;

export function parseQueueArn(arn: string): QueueKey | undefined {
  const [, region, account, name] = /^arn:[\w-]+:sqs:([\w-]+):(\d{12}):([\w.-]+)$/.exec(arn) ?? [];
  return region !== undefined && account !== undefined && name !== undefined ? { account, region, name } : undefined;
}

export const queueUrl = (endpoint: string, { account, name }: QueueKey): string => `${endpoint}/${account}/${name}`;

/**
 * Where a queue URL points: any host will do, since learners paste URLs of other ports and of AWS itself; only a region in
 * an AWS host name is heeded. A bare name means the caller's own queue, as on AWS.
 * @throws InvalidAddress for another region's URL, or for what is no queue's URL.
 */
export function parseQueueUrl(url: string, call: Pick<Call, 'account' | 'region'>): QueueKey {
  const slash = url.lastIndexOf('/');
  const name = url.slice(slash + 1);
  if (slash < 0) return { account: call.account, region: call.region, name };
  const account = url.slice(url.lastIndexOf('/', slash - 1) + 1, slash);
  const region = url.includes('amazonaws.com') ? awsRegion(url) : undefined;
  if (!/^\d{12}$/.test(account) || name === '' || (region !== undefined && region !== call.region)) {
    throw new AwsError('InvalidAddress', `The address ${url} is not valid for this endpoint.`);
  }
  return { account, region: call.region, name };
}

/** `sqs.<region>.amazonaws.com`, and the older `<region>.queue.amazonaws.com` and `queue.amazonaws.com`. */
function awsRegion(url: string): string | undefined {
  const host = /^https?:\/\/([^/:]+)/.exec(url)?.[1] ?? '';
  return /^sqs\.([\w-]+)\./.exec(host)?.[1] ?? /^([\w-]+)\.queue\./.exec(host)?.[1];
}
