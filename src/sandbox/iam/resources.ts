import type { ResourceFact } from '../service.ts';
import { samlFacts } from './saml/samlFacts.ts';
import type { IamState } from './state.ts';

/** What there is, for comparing before and after. IAM has no region. */
export function resourcesOf(state: IamState): readonly ResourceFact[] {
  const roles = [...state.roles.values()].map((role) => ({
    ...place('role', role),
    trust: role.trust,
    maxSessionDuration: role.maxSeconds,
    description: role.description,
    permissionsBoundary: role.boundary,
    inlinePolicies: Object.fromEntries(role.inline),
    attachedPolicies: [...role.attached],
  }));
  const policies = [...state.policies.values()].map((policy) => ({
    ...place('policy', policy),
    defaultVersion: policy.defaultVersion,
    versions: Object.fromEntries([...policy.versions].map(([id, { document }]) => [id, document])),
  }));
  const profiles = [...state.profiles.values()].map((profile) => ({
    ...place('instanceProfile', profile),
    role: profile.role,
  }));
  const users = [...state.users.values()].map((user) => ({
    ...place('user', user),
    permissionsBoundary: user.boundary,
    inlinePolicies: Object.fromEntries(user.inline),
    attachedPolicies: [...user.attached],
    accessKeys: Object.fromEntries([...user.keys.values()].map(({ id, status }) => [id, status])),
  }));
  return [...roles, ...policies, ...profiles, ...users, ...samlFacts(state)];
}

const place = (
  type: string,
  { arn, account, name, tags }: { arn: string; account: string; name: string; tags: ReadonlyMap<string, string> },
) => ({ service: 'iam', type, arn, account, region: '', name, tags: Object.fromEntries(tags) });
