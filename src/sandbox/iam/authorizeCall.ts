// Whether a role's session or a user may do what it asks: its identity policies, and within the account also the resource's own policy.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
import { evaluate, type Decision, type PolicyRequest } from '../policy/evaluate.ts';
import type { Policy } from '../policy/policy.ts';
import type { IamPort } from '../ports.ts';
import { AwsError, type Call, type Caller } from '../service.ts';
import type { Ask, Asks } from './asks/ask.ts';
import { cognitoAsks } from './asks/cognito.ts';
import { ec2Asks } from './asks/ec2.ts';
import { iamAsks } from './asks/iam.ts';
import { kinesisAsks } from './asks/kinesis.ts';
import { s3Asks } from './asks/s3.ts';
import { snsAsks } from './asks/sns.ts';
import { sqsAsks } from './asks/sqs.ts';
import { stsAsks } from './asks/sts.ts';
import { circumstances } from './circumstances.ts';
import type { Iam } from './iam.ts';
import { holderOf, judgeIdentity } from './permissions.ts';
import { findRole } from './trust.ts';

type PolicyText = string | Policy | undefined;

/** By service; the operations of a service that is not here are free for every role. */
const asksBy = (iam: Iam): Readonly<Record<string, Asks>> => ({
  'cognito-idp': cognitoAsks,
  ec2: ec2Asks(iam),
  iam: iamAsks(iam),
  kinesis: kinesisAsks,
  s3: s3Asks,
  sns: snsAsks,
  sqs: sqsAsks,
  sts: stsAsks,
});

/** Codes other than AccessDenied. */
const codes: Readonly<Record<string, string>> = {
  'cognito-idp': 'AccessDeniedException',
  ec2: 'UnauthorizedOperation',
  kinesis: 'AccessDeniedException',
  sns: 'AuthorizationErrorException',
};

export function createAuthorizeCall(iam: Iam): IamPort['authorizeCall'] {
  const asks = asksBy(iam);
  return (call, service, operation, input, policyOf, conditionsOf) => {
    for (const asked of asks[service]?.(operation, input, call) ?? []) {
      const ask = { ...asked, context: { ...conditionsOf?.(asked.resource), ...asked.context } };
      const policy = service === 'sts' ? findRole(iam, ask.resource)?.trust : policyOf(ask.resource);
      const reason = refusalOf(iam, call, ask, policy);
      if (reason !== undefined) throw refusedBy(call, service, ask, reason);
    }
  };
}

/** Why not; undefined where the caller may. */
function refusalOf(iam: Iam, { caller, region }: Call, ask: Ask, policy: PolicyText): string | undefined {
  const holder = holderOf(iam, caller);
  const request: PolicyRequest = {
    principal: { kind: 'aws', account: caller.account, arn: caller.arn },
    action: ask.action,
    resource: ask.resource,
    now: iam.world.clock.now(),
    context: { ...circumstances(caller, holder, region), ...ask.context },
  };
  const { decision, by } = judgeIdentity(iam, caller, request);
  if (decision === 'deny') return `with an explicit deny in ${by === 'identity-based policy' ? 'an' : 'a'} ${by}`;
  const resource = resourceSays(policy, request, caller, holder?.arn);
  if (resource === 'deny') return 'with an explicit deny in a resource-based policy';
  if (decision === 'allow' || (resource === 'allow' && isOwn(ask.resource, caller))) return undefined;
  return `because no ${by} allows the ${ask.action} action`;
}

/** S3 leaves the account out of its ARNs; its own rules refuse strangers afterwards. */
const isOwn = (arn: string, { account }: Caller): boolean => ['', account].includes(arn.split(':')[4] ?? '');

/** What is allowed to the account as a whole is left to identity policies: only the role or session itself, or anybody, counts. */
function resourceSays(policy: PolicyText, request: PolicyRequest, caller: Caller, roleArn = ''): Decision {
  if (policy === undefined) return 'none';
  if (evaluate(policy, request) === 'deny') return 'deny';
  const named = [caller.arn, roleArn].some((arn) => {
    const principal = { kind: 'aws', account: '', arn } as const;
    return evaluate(policy, { ...request, principal }) === 'allow';
  });
  return named ? 'allow' : 'none';
}

function refusedBy({ caller }: Call, service: string, { action, resource, said }: Ask, reason: string): AwsError {
  const named = service === 's3' ? `"${resource}"` : (said ?? resource);
  // EC2 names no resource where an action is of none, and begins with a sentence of its own.
  const on = service === 'ec2' && resource === '*' ? '' : ` on resource: ${named}`;
  const opening = service === 'ec2' ? 'You are not authorized to perform this operation. ' : '';
  const message = `${opening}User: ${caller.arn} is not authorized to perform: ${action}${on} ${reason}`;
  return new AwsError(codes[service] ?? 'AccessDenied', message, { status: 403 });
}
