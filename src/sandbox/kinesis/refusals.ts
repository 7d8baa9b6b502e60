import { AwsError } from '../service.ts';

/** Kinesis's refusals, worded as AWS words them. */
export const invalid = (message: string) => new AwsError('InvalidArgumentException', message);
export const notFound = (message: string) => new AwsError('ResourceNotFoundException', message);
export const inUse = (message: string) => new AwsError('ResourceInUseException', message);
export const limitExceeded = (message: string) => new AwsError('LimitExceededException', message);
export const notValid = (message: string) => new AwsError('ValidationException', message);

export const noStream = (name: string, account: string) =>
  notFound(`Stream ${name} under account ${account} not found.`);
export const noShard = (shard: string, stream: string, account: string) =>
  notFound(`Shard ${shard} in stream ${stream} under account ${account} does not exist`);
export const noSuchShard = (shard: string, stream: string, account: string) =>
  notFound(`Could not find shard ${shard} in stream ${stream} under account ${account}.`);
export const notActive = (name: string, account: string, status: string) =>
  inUse(`Stream ${name} under account ${account} not ACTIVE, instead in state ${status}`);
export const onDemand = (name: string, account: string) =>
  notValid(`Request is invalid. Stream ${name} under account ${account} is in On-Demand mode.`);
/** The request would have been done. */
export const dryRun = () =>
  new AwsError('DryRunOperationException', 'Request would have succeeded, but DryRun flag is set.');
