import { AwsError } from '../service.ts';

/** SNS's refusals, worded as AWS words them. */
export const invalid = (what: string) => new AwsError('InvalidParameterException', `Invalid parameter: ${what}`);
export const refusal = (message: string) => new AwsError('InvalidParameterException', message);
export const badValue = (message: string) => new AwsError('InvalidParameterValueException', message);
export const notFound = (what: string) => new AwsError('NotFoundException', `${what} does not exist`);
export const missing = (path: string) =>
  new AwsError(
    'ValidationError',
    `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`,
    { status: 400 },
  );
