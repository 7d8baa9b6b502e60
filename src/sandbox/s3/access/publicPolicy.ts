// Whether a policy lets "the public" in, as Block Public Access means it: some statement allows anybody, and no condition binds it to
// fixed values of who asks or from where.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
import { parsePolicy } from '../../policy/parsePolicy.ts';
import type { Condition, Statement } from '../../policy/policy.ts';

const binding = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:userid',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

export function isPublicPolicy(text: string): boolean {
  const { policy } = parsePolicy(text, 'open');
  return policy?.statements.some(isPublic) ?? false;
}

const isPublic = ({ effect, principals, conditions }: Statement): boolean =>
  effect === 'Allow' && principals !== undefined && (principals.anyone || principals.not) && !conditions.some(binds);

const binds = ({ operator, key, values }: Condition): boolean =>
  binding.has(key.toLowerCase()) &&
  /^(ForAnyValue:|ForAllValues:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|IpAddress)$/i.test(operator) &&
  values.length > 0 &&
  values.every((value) => isFixed(key.toLowerCase(), value));

const isFixed = (key: string, value: string): boolean => {
  if (key === 'aws:sourceip') return !/^(0\.0\.0\.0|::)\/[0-7]$/.test(value);
  if (key === 'aws:sourcearn' || key === 'aws:principalarn') {
    // A wildcard is fine beyond the part that says whose it is; S3's own ARNs say nobody's.
    const account = value.split(':')[4] ?? '';
    return account !== '' ? !/[*?]/.test(account) : /^arn:[^*?:]+:s3:::[^*?]/.test(value);
  }
  return !/[*?]|\$\{/.test(value);
};
