import { parseArn } from './arn.ts';
import { invalid, refusal } from './refusals.ts';
import type { Protocol, SnsState, Topic } from './state.ts';

const protocols: readonly Protocol[] = [
  'email',
  'email-json',
  'http',
  'https',
  'sqs',
  'lambda',
  'sms',
  'firehose',
  'application',
];

export function requireProtocol(text: string): Protocol {
  const protocol = protocols.find((known) => known === text);
  if (protocol === undefined) throw invalid(`Amazon SNS does not support this protocol string: ${text}`);
  return protocol;
}

/** Refuses an endpoint that is not of its protocol, or that this topic cannot have. */
export function checkEndpoint(protocol: Protocol, endpoint: string, state: SnsState): void {
  switch (protocol) {
    case 'http':
    case 'https':
      if (!endpoint.startsWith(`${protocol}://`)) throw invalid('Endpoint must match the specified protocol');
      if (!URL.canParse(endpoint)) throw invalid('Endpoint');
      return;
    case 'email':
    case 'email-json':
      if (!/^[^\s@]+@[^\s@]+$/.test(endpoint)) throw invalid('Email address');
      return;
    case 'sms':
      if (!isPhoneNumber(endpoint)) throw refusal(`Invalid SMS endpoint: ${endpoint}`);
      return;
    case 'sqs':
      if (!isArnOf('sqs', endpoint)) throw invalid('SQS endpoint ARN');
      return;
    case 'lambda':
      if (!isArnOf('lambda', endpoint)) throw invalid('Lambda endpoint ARN');
      return;
    case 'firehose':
      if (!isArnOf('firehose', endpoint)) throw invalid('Firehose endpoint ARN');
      return;
    case 'application':
      if (!state.endpoints.has(endpoint)) throw invalid('ApplicationEndpoint ARN');
  }
}

/** FIFO topics deliver to queues only, and FIFO queues take from FIFO topics only. */
export function checkPairing(topic: Pick<Topic, 'fifo'>, protocol: Protocol, endpoint: string): void {
  if (!topic.fifo && protocol === 'sqs' && endpoint.endsWith('.fifo'))
    throw invalid('Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics');
  if (topic.fifo && protocol !== 'sqs') throw invalid(`Invalid protocol type: ${protocol}`);
}

const isArnOf = (service: string, text: string) => parseArn(text)?.service === service;

/** Digits with an optional plus before and single separators between. */
export const isPhoneNumber = (text: string) => /^\+?\d+([-./ ]?\d+)*$/.test(text) && /^\D*(\d\D*){6,15}$/.test(text);

/** As publishing wants it. */
export const isE164 = (text: string) => /^\+\d{1,15}$/.test(text);
