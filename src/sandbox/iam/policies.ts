import type { Call } from '../service.ts';
import { awsPolicies } from './awsPolicies.ts';
import { checkName, readPath } from './constraints.ts';
import { checkIdentityPolicy } from './documents.ts';
import { freshId, ownOf, secondOf } from './iam.ts';
import type { Iam, IamHandlers } from './iam.ts';
import { pageOf } from './pages.ts';
import { ownPolicyFor, policyFor, usesOf, type AnyPolicy } from './policyStore.ts';
import { conflict, policyExists } from './refusals.ts';
import type { ManagedPolicy } from './state.ts';
import { readTags, tagList, tagsIfAny } from './tags.ts';
import { checkPolicySize } from './versions.ts';

export const policyHandlers = (iam: Iam) =>
  ({
    CreatePolicy(input, call) {
      const policy = newPolicy(iam, input, call);
      const taken = ownOf(iam.state.policies, call).some(
        ({ name }) => name.toLowerCase() === policy.name.toLowerCase(),
      );
      if (taken) throw policyExists(policy.name);
      iam.state.policies.set(policy.arn, policy);
      iam.world.changed();
      return { Policy: { ...describePolicy(iam, { kind: 'customer', policy }, call), ...tagsIfAny(policy.tags) } };
    },
    GetPolicy({ PolicyArn }, call) {
      const found = policyFor(iam, PolicyArn, call);
      const { description } = found.policy;
      const Tags = found.kind === 'aws' ? [] : tagList(found.policy.tags);
      const Description = description === undefined ? {} : { Description: description };
      return { Policy: { ...describePolicy(iam, found, call), ...Description, Tags } };
    },
    ListPolicies({ Scope = 'All', OnlyAttached = false, PathPrefix = '/', PolicyUsageFilter, ...asked }, call) {
      const own = ownOf(iam.state.policies, call).map((policy) => ({ kind: 'customer' as const, policy }));
      const ofAws = awsPolicies().map((policy) => ({ kind: 'aws' as const, policy }));
      const chosen = (Scope === 'Local' ? own : Scope === 'AWS' ? ofAws : [...own, ...ofAws]).filter(({ policy }) => {
        const { attached, bounds } = usesOf(iam, policy.arn, call);
        const used = PolicyUsageFilter === 'PermissionsBoundary' ? bounds > 0 : attached > 0;
        return policy.path.startsWith(PathPrefix) && (used || (!OnlyAttached && PolicyUsageFilter === undefined));
      });
      const { items, more } = pageOf(chosen, asked);
      return { Policies: items.map((found) => describePolicy(iam, found, call)), ...more };
    },
    DeletePolicy({ PolicyArn }, call) {
      const policy = ownPolicyFor(iam, PolicyArn, call);
      const { attached, bounds } = usesOf(iam, PolicyArn, call);
      if (attached + bounds > 0) throw conflict('Cannot delete a policy attached to entities.');
      if (policy.versions.size > 1) {
        throw conflict(
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. " +
            'The default version is deleted with the policy.',
        );
      }
      iam.state.policies.delete(PolicyArn);
      iam.world.changed();
    },
  }) satisfies IamHandlers;

type CreatePolicyInput = Parameters<NonNullable<IamHandlers['CreatePolicy']>>[0];

function newPolicy(iam: Iam, input: CreatePolicyInput, { account }: Call): ManagedPolicy {
  const { PolicyName: name, PolicyDocument: document } = input;
  checkName('policyName', name, 128);
  const path = readPath(input.Path);
  const tags = readTags(input.Tags, true);
  checkPolicySize(document);
  checkIdentityPolicy(document);
  const created = secondOf(iam);
  return {
    account,
    id: freshId(iam, 'ANPA'),
    arn: `arn:aws:iam::${account}:policy${path}${name}`,
    path,
    name,
    created,
    updated: created,
    tags,
    description: input.Description,
    defaultVersion: 'v1',
    lastVersion: 1,
    versions: new Map([['v1', { document, created }]]),
  };
}

function describePolicy(iam: Iam, { policy }: AnyPolicy, call: Call) {
  const { attached, bounds } = usesOf(iam, policy.arn, call);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: attached,
    PermissionsBoundaryUsageCount: bounds,
    IsAttachable: true,
    CreateDate: new Date(policy.created),
    UpdateDate: new Date(policy.updated),
  };
}
