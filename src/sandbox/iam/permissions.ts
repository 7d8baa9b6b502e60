// What identity policies say: the one place where a role's credentials are limited by what the role may do.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
// Compiled policies are kept by their text in policy/evaluate.ts, so a policy that is asked often is read once.
import { evaluate, type Decision, type PolicyRequest } from '../policy/evaluate.ts';
import type { Caller } from '../service.ts';
import type { Iam } from './iam.ts';
import { documentOf } from './policyStore.ts';
import { keyOf, type Role, type User } from './state.ts';

export interface Verdict {
  readonly decision: Decision;
  /** Which kind of policy refused, as AWS's messages end: '... because no identity-based policy allows the ... action'. */
  readonly by: 'identity-based policy' | 'permissions boundary' | 'session policy';
}

/** Root and the sandbox's own user, its administrator, may do all. Roles and the users made here are held to their policies. */
export function judgeIdentity(iam: Iam, caller: Caller, request: PolicyRequest): Verdict {
  const by = 'identity-based policy';
  if (!isHeld(caller)) return { decision: caller.kind === 'anonymous' ? 'none' : 'allow', by };
  const holder = holderOf(iam, caller);
  if (holder === undefined) return { decision: 'none', by }; // deleted since: its sessions may do nothing
  const identity = together(policiesOf(iam, holder), request);
  if (identity !== 'allow') return { decision: identity, by };
  const { boundary: limit } = holder;
  const boundary = limit === undefined ? 'allow' : evaluate(documentOf(iam, limit, holder), request);
  if (boundary !== 'allow') return { decision: boundary, by: 'permissions boundary' };
  const limits = caller.session?.policies ?? [];
  const limited = limits.length === 0 ? 'allow' : together(limits, request);
  return { decision: limited, by: limited === 'allow' ? by : 'session policy' };
}

export const isHeld = ({ kind, held }: Caller): boolean => kind === 'role' || held === true;

/** The role or user whose policies count. */
export const holderOf = (iam: Iam, caller: Caller): Role | User | undefined =>
  caller.held ? userOf(iam, caller) : roleOf(iam, caller);

function userOf({ state }: Iam, { account, arn, userId }: Caller): User | undefined {
  const user = state.users.get(keyOf(account, arn.slice(arn.lastIndexOf('/') + 1)));
  return user?.id === userId ? user : undefined;
}

/** The role whose session this is, while it is there. A role made anew under the same name is another one. */
export function roleOf({ state }: Iam, { account, arn, userId }: Caller): Role | undefined {
  const name = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  const role = name === undefined ? undefined : state.roles.get(keyOf(account, name));
  return role?.id === userId.split(':')[0] ? role : undefined;
}

const policiesOf = (iam: Iam, holder: Role | User): string[] => [
  ...holder.inline.values(),
  ...[...holder.attached].flatMap((arn) => documentOf(iam, arn, holder) ?? []),
];

function together(policies: readonly string[], request: PolicyRequest): Decision {
  const decisions = policies.map((policy) => evaluate(policy, request));
  return decisions.includes('deny') ? 'deny' : decisions.includes('allow') ? 'allow' : 'none';
}
