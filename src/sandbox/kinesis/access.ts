import { evaluate } from '../policy/evaluate.ts';
import { AwsError } from '../service.ts';
import type { Call } from '../service.ts';

/**
 * Whether the caller may do this with a stream or consumer. Its own account may unless the resource's policy denies it (what roles may
 * was asked before); everybody else needs to be allowed by that policy.
 */
export function authorize(
  arn: string,
  policy: string | undefined,
  operation: string,
  { caller }: Call,
  now: number,
): void {
  const own = caller.account === arn.split(':')[4];
  if (own && policy === undefined) return;
  const action = `kinesis:${operation}`;
  const decision = evaluate(policy, {
    principal:
      caller.kind === 'anonymous' ? { kind: 'anonymous' } : { kind: 'aws', account: caller.account, arn: caller.arn },
    action,
    resource: arn,
    now,
    context: {
      'aws:SecureTransport': 'true',
      'aws:SourceIp': '127.0.0.1',
      'aws:PrincipalAccount': caller.account,
      'aws:PrincipalArn': caller.arn,
      'aws:userid': caller.userId,
    },
  });
  if (decision === 'allow' || (own && decision === 'none')) return;
  const why =
    decision === 'deny'
      ? 'with an explicit deny in a resource-based policy'
      : `because no resource-based policy allows the ${action} action`;
  throw new AwsError(
    'AccessDeniedException',
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${arn} ${why}`,
  );
}
