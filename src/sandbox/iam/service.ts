// AWS IAM: roles, policies, instance profiles, users and their keys, SAML providers. In: requests of the SDK's shapes. Out: its
// answers, and for the rest of the sandbox (port.ts) who may assume a role and what a role's credentials may do.
// Temporary credentials are STS's. The same state is found from every region.
import type { Handler, Service, World } from '../service.ts';
import { accessKeyHandlers } from './accessKeys.ts';
import { attachmentHandlers } from './attachments.ts';
import type { Iam } from './iam.ts';
import { inlinePolicyHandlers } from './inlinePolicies.ts';
import { instanceProfileHandlers } from './instanceProfiles.ts';
import { policyHandlers } from './policies.ts';
import { createPort } from './port.ts';
import { resourcesOf } from './resources.ts';
import { roleHandlers } from './roles.ts';
import { emptyState, grown, type IamState } from './state.ts';
import { samlProviderHandlers } from './saml/samlProviders.ts';
import { tagHandlers } from './tags.ts';
import { userPolicyHandlers } from './userPolicies.ts';
import { userHandlers } from './users.ts';
import { versionHandlers } from './versions.ts';

export function createIam(world: World): Service {
  const iam: Iam = { world, state: emptyState() };
  const handlers = {
    ...roleHandlers(iam),
    ...inlinePolicyHandlers(iam),
    ...policyHandlers(iam),
    ...versionHandlers(iam),
    ...attachmentHandlers(iam),
    ...instanceProfileHandlers(iam),
    ...userHandlers(iam),
    ...accessKeyHandlers(iam),
    ...userPolicyHandlers(iam),
    ...tagHandlers(iam),
    ...samlProviderHandlers(iam),
  };
  return {
    name: 'iam',
    handlers: handlers satisfies Record<string, Handler>,
    port: createPort(iam),
    snapshot: () => iam.state,
    restore(data) {
      iam.state = grown(data as IamState); // what snapshot gave
    },
    reset() {
      iam.state = emptyState();
    },
    resources: () => resourcesOf(iam.state),
  };
}
