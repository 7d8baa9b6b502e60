// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
import { textOf, type Asks, type Input, type Place } from './ask.ts';

/** An operation on a batch is its single operation's action. */
export const sqsAsks: Asks = (operation, input, place) => {
  const action = `sqs:${operation.replace(/Batch$/, '').toLowerCase()}`;
  return [{ action, resource: queueOf(input, place) }];
};

function queueOf(input: Input, { account, region }: Place): string {
  const arn = (owner: string, name: string) => `arn:aws:sqs:${region}:${owner}:${name}`;
  const [, owner, name] = /(?:^|\/)(\d{12})\/([^/]+)\/?$/.exec(textOf(input, 'QueueUrl') ?? '') ?? [];
  if (owner !== undefined && name !== undefined) return arn(owner, name);
  const named = textOf(input, 'QueueName') ?? textOf(input, 'QueueUrl');
  if (named !== undefined) return arn(textOf(input, 'QueueOwnerAWSAccountId') ?? account, named);
  return textOf(input, 'SourceArn') ?? arn(account, '*');
}
