import type { IamPort } from '../ports.ts';
import { findAccessKey } from './accessKeys.ts';
import { createAuthorizeCall } from './authorizeCall.ts';
import { circumstances } from './circumstances.ts';
import type { Iam } from './iam.ts';
import { holderOf, judgeIdentity } from './permissions.ts';
import { documentOf } from './policyStore.ts';
import { publicFacts, rolesFor } from './saml/samlPort.ts';
import { keyOf } from './state.ts';
import { findRole, mayExist, trustPort } from './trust.ts';

export const createPort = (iam: Iam): IamPort => ({
  ...trustPort(iam),
  authorizeIdentity: (caller, action, resource, context = {}) =>
    judgeIdentity(iam, caller, {
      principal: { kind: 'aws', account: caller.account, arn: caller.arn },
      action,
      resource,
      now: iam.world.clock.now(),
      context: { ...circumstances(caller, holderOf(iam, caller)), ...context },
    }).decision,
  authorizeCall: createAuthorizeCall(iam),
  accessKey: (id) => findAccessKey(iam, id),
  samlProvider: (arn) => publicFacts(iam.state.samlProviders.get(arn)),
  samlRoles: (entityID) => rolesFor(iam, entityID),
  mayExist: (arn) => mayExist(iam, arn),
  roleId: (roleArn) => findRole(iam, roleArn)?.id,
  policyDocument: (arn, account) => documentOf(iam, arn, { account }),
  roleOfInstanceProfile(nameOrArn, account) {
    const name = nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
    const profile = iam.state.profiles.get(keyOf(account, name));
    if (profile === undefined || (nameOrArn.startsWith('arn:') && profile.arn !== nameOrArn)) return undefined;
    const role = profile.role === undefined ? undefined : iam.state.roles.get(keyOf(account, profile.role));
    return { arn: profile.arn, id: profile.id, role: role?.arn };
  },
});
