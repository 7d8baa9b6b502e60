// Managed policies, of customers and of AWS, looked up by ARN.
import { awsPolicy, type AwsPolicy } from './awsPolicies.ts';
import type { Iam } from './iam.ts';
import { checkPolicyArn } from './constraints.ts';
import { denied, noSuchPolicy, notAttachable } from './refusals.ts';
import type { ManagedPolicy, PolicyVersion } from './state.ts';

interface Place {
  readonly account: string;
}

export type AnyPolicy =
  { readonly kind: 'customer'; readonly policy: ManagedPolicy } | { readonly kind: 'aws'; readonly policy: AwsPolicy };

export function findPolicy({ state }: Iam, arn: string, { account }: Place): AnyPolicy | undefined {
  const own = state.policies.get(arn);
  if (own !== undefined) return own.account === account ? { kind: 'customer', policy: own } : undefined;
  const policy = awsPolicy(arn);
  return policy && { kind: 'aws', policy };
}

/** @throws ValidationError, NoSuchEntity */
export function policyFor(iam: Iam, arn: string, place: Place): AnyPolicy {
  checkPolicyArn(arn);
  const found = findPolicy(iam, arn, place);
  if (found === undefined) throw noSuchPolicy(arn);
  return found;
}

/** One that its account may change. @throws ValidationError, NoSuchEntity, AccessDenied */
export function ownPolicyFor(iam: Iam, arn: string, place: Place): ManagedPolicy {
  const found = policyFor(iam, arn, place);
  if (found.kind === 'aws') throw denied('Policy is outside your own account.');
  return found.policy;
}

/** @throws ValidationError, NoSuchEntity */
export function versionFor(iam: Iam, arn: string, versionId: string, place: Place): PolicyVersion {
  checkPolicyArn(arn);
  const found = findPolicy(iam, arn, place);
  const version =
    found?.kind === 'aws'
      ? found.policy.defaultVersion === versionId
        ? { document: found.policy.document, created: found.policy.created }
        : undefined
      : found?.policy.versions.get(versionId);
  if (version === undefined) throw notAttachable(`${arn} version ${versionId}`);
  return version;
}

/** What the policy says now; undefined where it is not there. */
export function documentOf(iam: Iam, arn: string, place: Place): string | undefined {
  const found = findPolicy(iam, arn, place);
  if (found?.kind === 'aws') return found.policy.document;
  return found?.policy.versions.get(found.policy.defaultVersion)?.document;
}

/** How many roles and users it is attached to, and how many it bounds. */
export function usesOf({ state }: Iam, arn: string, { account }: Place): { attached: number; bounds: number } {
  const holders = [...state.roles.values(), ...state.users.values()].filter((one) => one.account === account);
  return {
    attached: holders.filter(({ attached }) => attached.has(arn)).length,
    bounds: holders.filter(({ boundary }) => boundary === arn).length,
  };
}
