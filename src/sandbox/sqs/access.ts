// Who may do what with a queue.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-using-identity-based-policies.html
import { evaluate } from '../policy/evaluate.ts';
import type { Decision, PolicyPrincipal } from '../policy/evaluate.ts';
import { AwsError } from '../service.ts';
import type { Call, Caller } from '../service.ts';
import type { Queue } from './queue.ts';

/** Actions as policies name them; an operation on a batch is its single operation's action. */
export type Action = SharedAction | OwnerAction;

export const sharedActions = [
  'SendMessage',
  'ReceiveMessage',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
] as const;
type SharedAction = (typeof sharedActions)[number];

/** Not to be had by other accounts, whatever the policy says. */
export const ownerActions = [
  'AddPermission',
  'CancelMessageMoveTask',
  'CreateQueue',
  'DeleteQueue',
  'ListMessageMoveTasks',
  'ListQueues',
  'ListQueueTags',
  'RemovePermission',
  'SetQueueAttributes',
  'StartMessageMoveTask',
  'TagQueue',
  'UntagQueue',
] as const;
type OwnerAction = (typeof ownerActions)[number];

const isOwners = (action: Action): boolean => ownerActions.some((owners) => owners === action);

/**
 * The one place that decides for callers with credentials. Within the queue's account everything is allowed: identity policies,
 * once there are any, are asked here. Other accounts need the queue's policy.
 * @throws AccessDenied (403)
 */
export function authorize(queue: Queue, { caller }: Pick<Call, 'caller'>, action: Action, now: number): void {
  if (caller.account === queue.account && caller.kind !== 'anonymous') return;
  const decision = isOwners(action) ? 'none' : decide(queue, principalOf(caller), action, now);
  if (decision === 'allow') return;
  const name = `sqs:${action.toLowerCase()}`;
  const reason =
    decision === 'deny'
      ? 'with an explicit deny in a resource-based policy'
      : `because no resource-based policy allows the ${name} action`;
  throw new AwsError(
    'AccessDenied',
    `User: ${caller.arn} is not authorized to perform: ${name} on resource: ${queue.arn} ${reason}`,
    { status: 403 },
  );
}

const principalOf = ({ kind, account, arn }: Caller): PolicyPrincipal =>
  kind === 'anonymous' ? { kind } : { kind: 'aws', account, arn };

/** What a queue's policy says, `context` being what is known besides the time and that everything is local. */
export function decide(
  queue: Queue,
  principal: PolicyPrincipal,
  action: Action,
  now: number,
  context: Readonly<Record<string, string>> = {},
): Decision {
  return evaluate(queue.settings.policy, {
    principal,
    action: `sqs:${action}`,
    resource: queue.arn,
    now,
    context: {
      'aws:SourceIp': '127.0.0.1',
      'aws:SecureTransport': 'true',
      ...(principal.kind === 'aws'
        ? { 'aws:PrincipalAccount': principal.account, 'aws:PrincipalArn': principal.arn }
        : {}),
      ...context,
    },
  });
}
