import type { Call } from '../service.ts';
import { invalid } from './refusals.ts';

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, account, ...rest] = text.split(':');
  if (prefix !== 'arn' || rest.length === 0) return undefined;
  return {
    partition: partition ?? '',
    service: service ?? '',
    region: region ?? '',
    account: account ?? '',
    resource: rest.join(':'),
  };
}

/** Refuses what is no ARN, naming the parameter it came in. */
export function requireArn(parameter: string, text: string | undefined): Arn {
  const parts = (text ?? '').split(':').length;
  if (parts < 6) throw invalid(`${parameter} Reason: An ARN must have at least 6 elements, not ${parts}`);
  const arn = parseArn(text ?? '');
  if (arn === undefined) throw invalid(`${parameter} Reason: An ARN must begin with "arn:"`);
  return arn;
}

/** A topic is reached in its own region only. */
export function requireTopicArn(text: string | undefined, call: Pick<Call, 'region'>, parameter = 'TopicArn'): string {
  const arn = requireArn(parameter, text);
  if (arn.service !== 'sns' || arn.region !== call.region) throw invalid(parameter);
  return text ?? '';
}
