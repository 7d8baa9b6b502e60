// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisdatastreams.html
import { readToken } from '../../kinesis/token.ts';
import { textOf, type Asks, type Input, type Place } from './ask.ts';

const everywhere = new Set(['ListStreams', 'DescribeLimits', 'DescribeAccountSettings', 'UpdateAccountSettings']);

export const kinesisAsks: Asks = (operation, input, place) => [
  { action: `kinesis:${operation}`, resource: everywhere.has(operation) ? '*' : resourceOf(input, place) },
];

/** Iterators and pages' tokens say which stream they are of. */
function resourceOf(input: Input, { account, region }: Place): string {
  const arn = textOf(input, 'ConsumerARN') ?? textOf(input, 'StreamARN') ?? textOf(input, 'ResourceARN');
  if (arn !== undefined) return arn;
  const name = textOf(input, 'StreamName');
  if (name !== undefined) return `arn:aws:kinesis:${region}:${account}:stream/${name}`;
  const token = textOf(input, 'ShardIterator') ?? textOf(input, 'NextToken') ?? '';
  return readToken(token)?.['arn'] ?? `arn:aws:kinesis:${region}:${account}:stream/*`;
}
