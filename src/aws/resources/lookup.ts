// Small helpers of all kinds: "not there" as a value, ARNs and console addresses.
import { AwsFailure } from '../errors.ts';
import type { SendOptions, Target } from '../target.ts';
import type { Look } from './kind.ts';

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

export function partitionOf(region: string): { readonly name: string; readonly console: string } {
  if (region.startsWith('cn-')) return { name: 'aws-cn', console: 'console.amazonaws.cn' };
  if (region.startsWith('us-gov-')) return { name: 'aws-us-gov', console: 'console.amazonaws-us-gov.com' };
  return { name: 'aws', console: 'console.aws.amazon.com' };
}

export function arnOf(
  { region, account }: Pick<Target, 'region' | 'account'>,
  service: string,
  resource: string,
): string {
  return `arn:${partitionOf(region).name}:${service}:${region}:${account}:${resource}`;
}

export function consoleUrl(region: string, path: string): string {
  return `https://${region}.${partitionOf(region).console}/${path}`;
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `arn:aws:sqs:eu-west-1:123456789012:ContentQ` -> `ContentQ`; of a subscription, the topic's name. */
export function nameInArn(arn: string): string {
  return arn.split(':')[5] ?? arn;
}
