// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
import type { Iam } from '../iam.ts';
import { keyOf } from '../state.ts';
import { textOf, type Ask, type Asks, type Input } from './ask.ts';

/** What lists are about. */
const lists: Readonly<Record<string, string>> = {
  ListInstanceProfiles: 'instance-profile/',
  ListRoles: 'role/',
  ListSAMLProviders: 'saml-provider/',
  ListUsers: 'user/',
};

/** Without a user's name these are about the caller. */
const aboutOneself = /^(GetUser|(Create|List|Update|Delete)AccessKeys?)$/;

/** Paths are part of ARNs, and only IAM knows them. */
export const iamAsks =
  (iam: Iam): Asks =>
  (operation, input, { account, caller }) => {
    const { roles, profiles, users } = iam.state;
    const own = caller.kind === 'user' && aboutOneself.test(operation) ? nameIn(caller.arn) : undefined;
    const [profile, role] = [textOf(input, 'InstanceProfileName'), textOf(input, 'RoleName')];
    const user = textOf(input, 'UserName') ?? own;
    const policy = textOf(input, 'PolicyArn');
    const about = (kind: string, name: string, known: { readonly arn: string } | undefined): readonly Ask[] => {
      const resource = known?.arn ?? `arn:aws:iam::${account}:${kind}${textOf(input, 'Path') ?? '/'}${name}`;
      const said = operation.startsWith('Create') && own === undefined ? resource : `${kind.replace('-', ' ')} ${name}`;
      return [{ action: `iam:${operation}`, resource, said }];
    };
    if (profile !== undefined) return about('instance-profile', profile, profiles.get(keyOf(account, profile)));
    if (role !== undefined) return about('role', role, roles.get(keyOf(account, role)));
    if (user !== undefined) return about('user', user, users.get(keyOf(account, user)));
    if (operation === 'CreatePolicy') return about('policy', textOf(input, 'PolicyName') ?? '', undefined);
    if (policy !== undefined) return [{ action: `iam:${operation}`, resource: policy, said: `policy ${policy}` }];
    const provider = textOf(input, 'SAMLProviderArn') ?? createdProvider(operation, input, account);
    if (provider !== undefined) return [{ action: `iam:${operation}`, resource: provider }];
    const list = lists[operation];
    if (list !== undefined) return [{ action: `iam:${operation}`, resource: `arn:aws:iam::${account}:${list}` }];
    return [
      { action: `iam:${operation}`, resource: '*', ...(operation === 'ListPolicies' && { said: 'policy path /' }) },
    ];
  };

const createdProvider = (operation: string, input: Input, account: string): string | undefined =>
  operation === 'CreateSAMLProvider'
    ? `arn:aws:iam::${account}:saml-provider/${textOf(input, 'Name') ?? ''}`
    : undefined;

const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
