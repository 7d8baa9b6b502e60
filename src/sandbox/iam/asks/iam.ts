// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
import type { Iam } from '../iam.ts';
import { keyOf } from '../state.ts';
import { textOf, type Asks } from './ask.ts';

/** Paths are part of ARNs, and only IAM knows them. */
export const iamAsks =
  (iam: Iam): Asks =>
  (operation, input, { account }) => {
    const arn = (kind: string, name: string, known: { readonly arn: string } | undefined) =>
      known?.arn ?? `arn:aws:iam::${account}:${kind}${textOf(input, 'Path') ?? '/'}${name}`;
    const { roles, profiles, users } = iam.state;
    const profile = textOf(input, 'InstanceProfileName');
    const role = textOf(input, 'RoleName');
    const user = textOf(input, 'UserName');
    const resource =
      (profile !== undefined ? arn('instance-profile', profile, profiles.get(keyOf(account, profile))) : undefined) ??
      (role !== undefined ? arn('role', role, roles.get(keyOf(account, role))) : undefined) ??
      (user !== undefined ? arn('user', user, users.get(keyOf(account, user))) : undefined) ??
      textOf(input, 'PolicyArn') ??
      (operation === 'CreatePolicy' ? arn('policy', textOf(input, 'PolicyName') ?? '', undefined) : '*');
    return [{ action: `iam:${operation}`, resource }];
  };
