// Small helpers of all kinds: "not there" as a value, ARNs and console addresses.
import { AwsFailure } from '../errors.ts';
import type { SendOptions, Target } from '../target.ts';
import type { Look, Tags } from './kind.ts';

/** The answer, or undefined where the service says that there is no such thing. */
export async function unlessMissing<T>(
  send: (options: SendOptions) => Promise<T>,
  look: Look,
  absent: readonly string[],
): Promise<T | undefined> {
  try {
    return await send({ ...sendOptions(look), absent });
  } catch (error) {
    if (error instanceof AwsFailure && absent.includes(error.code)) return undefined;
    throw error;
  }
}

export function sendOptions({ signal }: Look): SendOptions {
  return signal ? { signal } : {};
}

interface Partition {
  readonly name: string;
  readonly console: string;
  /** Of the services' hosts. */
  readonly suffix: string;
}

export function partitionOf(region: string): Partition {
  const suffix = 'amazonaws.com';
  if (region.startsWith('cn-')) return { name: 'aws-cn', console: 'console.amazonaws.cn', suffix: `${suffix}.cn` };
  if (region.startsWith('us-gov-')) return { name: 'aws-us-gov', console: 'console.amazonaws-us-gov.com', suffix };
  return { name: 'aws', console: 'console.aws.amazon.com', suffix };
}

export function arnOf(
  { region, account }: Pick<Target, 'region' | 'account'>,
  service: string,
  resource: string,
): string {
  return `arn:${partitionOf(region).name}:${service}:${region}:${account}:${resource}`;
}

/** Of a service that is the same in all regions. */
export const globalArnOf = (target: Pick<Target, 'region' | 'account'>, service: string, resource: string): string =>
  arnOf(target, service, resource).replace(`:${target.region}:`, '::');

export const globalConsoleUrl = (region: string, path: string): string =>
  `https://${partitionOf(region).console}/${path}`;

export function consoleUrl(region: string, path: string): string {
  return `https://${region}.${partitionOf(region).console}/${path}`;
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Tags as most services take them, and as they answer. */
export const tagList = (tags: Tags): { readonly Key: string; readonly Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

interface ListedTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export const tagsIn = (list: readonly ListedTag[] = []): Tags =>
  Object.fromEntries(list.map(({ Key = '', Value = '' }) => [Key, Value]));

/** `https://sqs.eu-west-1.amazonaws.com/123456789012/ContentQ` -> `ContentQ` */
export const nameInUrl = (url: string): string => url.split('/').at(-1) ?? url;

/** `arn:aws:sqs:eu-west-1:123456789012:ContentQ` -> `ContentQ`; of a subscription, the topic's name. */
export function nameInArn(arn: string): string {
  return arn.split(':')[5] ?? arn;
}

/** For what is tagged at creation by a list, as SNS and IAM take it: what the request says itself comes first. */
export function withTagList(input: object, tags: Tags): object {
  const { Tags = [], ...rest }: { Tags?: object[] } = input;
  return { ...rest, Tags: [...Tags, ...tagList(tags)] };
}
