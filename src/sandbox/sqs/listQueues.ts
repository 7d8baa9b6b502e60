// ListQueues and ListDeadLetterSourceQueues, a page at a time.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html
import type {
  ListDeadLetterSourceQueuesRequest,
  ListDeadLetterSourceQueuesResult,
  ListQueuesRequest,
  ListQueuesResult,
} from '@aws-sdk/client-sqs';
import type { Call } from '../service.ts';
import { invalidParameter } from './errors.ts';
import { queueUrl } from './names.ts';
import type { Queue } from './queue.ts';
import { openQueue } from './sqs.ts';
import type { Sqs } from './sqs.ts';

const largestPage = 1000;

/** By name; up to 1,000 and no token where MaxResults is left out. @throws InvalidParameterValue */
export function listQueues(sqs: Sqs, input: ListQueuesRequest, call: Call): ListQueuesResult {
  const prefix = input.QueueNamePrefix ?? '';
  const queues = sqs.queues.list(call.account, call.region).filter(({ name }) => name.startsWith(prefix));
  const { urls, next } = page(queues, input, call);
  return { ...(urls.length > 0 ? { QueueUrls: urls } : {}), ...next };
}

/** Queues whose RedrivePolicy names this one. @throws QueueDoesNotExist, InvalidParameterValue */
export function listDeadLetterSourceQueues(
  sqs: Sqs,
  input: ListDeadLetterSourceQueuesRequest,
  call: Call,
): ListDeadLetterSourceQueuesResult {
  const target = openQueue(sqs, input.QueueUrl ?? '', call, 'ListDeadLetterSourceQueues');
  const { urls, next } = page(sqs.queues.sourcesOf(target), input, call);
  return { queueUrls: urls, ...next };
}

interface Paging {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** The token is the name of the last queue given, so that a page holds also when queues come and go between. */
function page(queues: readonly Queue[], { MaxResults: most, NextToken: token }: Paging, call: Call) {
  if (most !== undefined && !(Number.isInteger(most) && most >= 1 && most <= largestPage)) {
    throw invalidParameter(
      'Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and 1000.',
    );
  }
  const last = token === undefined ? undefined : readToken(token);
  const rest = last === undefined ? queues : queues.filter(({ name }) => name > last);
  const shown = rest.slice(0, most ?? largestPage);
  const end = shown.at(-1);
  const more = most !== undefined && end !== undefined && rest.length > shown.length;
  return {
    urls: shown.map((queue) => queueUrl(call.endpoint, queue)),
    next: more ? { NextToken: Buffer.from(`queue:${end.name}`).toString('base64') } : {},
  };
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('queue:')) throw invalidParameter('Invalid or expired next token.');
  return text.slice('queue:'.length);
}
