// A queue's own policy, as an attribute.
import { parsePolicy } from '../policy/parsePolicy.ts';
import { AwsError } from '../service.ts';
import { invalidAttribute } from './errors.ts';

const mostStatements = 20;

/**
 * A policy's text without spaces between, once it is one that SQS takes.
 * @throws InvalidAttributeValue; OverLimit for more than 20 statements
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 */
export function readPolicy(text: string): string {
  const { policy } = parsePolicy(text, 'resource');
  if (policy === undefined) throw invalidAttribute('Policy');
  const count = policy.statements.length;
  if (count > mostStatements) {
    throw new AwsError(
      'OverLimit',
      `${count} statements were found in the submitted policy, max allowed is ${mostStatements}`,
    );
  }
  return JSON.stringify(JSON.parse(text));
}
