import { evaluate } from '../policy/evaluate.ts';
import type { Decision } from '../policy/evaluate.ts';
import type { Acting } from '../ports.ts';
import { AwsError } from '../service.ts';
import type { Call } from '../service.ts';
import { defaultPolicy } from './topicAttributes.ts';
import type { Topic } from './state.ts';

/**
 * Whether the caller may do this with the topic. Its own account may unless the policy denies it;
 * everybody else needs to be allowed by the policy.
 */
export function authorize(topic: Topic, action: string, { caller }: Call, now: number): void {
  const own = caller.account === topic.account && caller.kind !== 'anonymous';
  if (own && topic.policy === undefined) return; // AWS's default denies nothing
  const decision = evaluate(topic.policy ?? defaultPolicy(topic.arn, topic.account), {
    principal:
      caller.kind === 'anonymous' ? { kind: 'anonymous' } : { kind: 'aws', account: caller.account, arn: caller.arn },
    action: `SNS:${action}`,
    resource: topic.arn,
    now,
    context: {
      ...circumstances,
      'aws:SourceOwner': caller.account,
      'aws:PrincipalAccount': caller.account,
      'aws:PrincipalArn': caller.arn,
      'aws:userid': caller.userId,
    },
  });
  if (decision === 'allow' || (own && decision === 'none')) return;
  const why =
    decision === 'deny'
      ? 'with an explicit deny in a resource-based policy'
      : `because no resource-based policy allows the SNS:${action} action`;
  throw new AwsError(
    'AuthorizationErrorException',
    `User: ${caller.arn} is not authorized to perform: SNS:${action} on resource: ${topic.arn} ${why}`,
  );
}

/** What the topic's policy says to a service that wants to publish, such as S3 for a bucket. */
export function decideForService(topic: Topic, as: Acting, now: number): Decision {
  return evaluate(topic.policy ?? defaultPolicy(topic.arn, topic.account), {
    principal: { kind: 'service', name: as.service },
    action: 'SNS:Publish',
    resource: topic.arn,
    now,
    context: { ...circumstances, 'aws:SourceArn': as.sourceArn, 'aws:SourceAccount': as.sourceAccount },
  });
}

const circumstances = { 'aws:SecureTransport': 'true', 'aws:SourceIp': '127.0.0.1' };
