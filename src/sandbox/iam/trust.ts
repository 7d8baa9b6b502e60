// Who may assume a role: its trust policy decides, for callers and for services alike.
import { evaluate, type PolicyPrincipal } from '../policy/evaluate.ts';
import type { Assumable, IamPort, RoleWish } from '../ports.ts';
import { circumstances } from './circumstances.ts';
import type { Iam } from './iam.ts';
import { holderOf } from './permissions.ts';
import type { Role } from './state.ts';
import { keyOf } from './state.ts';

export function findRole({ state }: Iam, arn: string): Role | undefined {
  const [, account = '', name = ''] = /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:.+\/)?([^/]+)$/.exec(arn) ?? [];
  const role = state.roles.get(keyOf(account, name));
  return role?.arn === arn ? role : undefined;
}

/** False for a role or user that is known not to be there. Nothing is known of accounts where nobody made anything. */
export function mayExist({ state, world }: Iam, arn: string): boolean {
  const [, of = '', kind, name = ''] = /^arn:aws[\w-]*:iam::(\d{12}):(role|user)\/(?:.*\/)?(.+)$/.exec(arn) ?? [];
  const all = kind === 'role' ? state.roles : state.users;
  const known = of === world.defaultAccount || [...all.values()].some(({ account }) => account === of);
  if (kind === undefined || !known || arn.endsWith(':user/learner')) return true;
  return arn.includes(':role/aws-service-role/') || all.get(keyOf(of, name))?.arn === arn;
}

export const trustPort = (iam: Iam): Pick<IamPort, 'assumable' | 'assumableBy' | 'assumableWithSaml'> => ({
  assumable(roleArn, caller, wish = {}) {
    const principal: PolicyPrincipal = { kind: 'aws', account: caller.account, arn: caller.arn };
    return ask(iam, roleArn, principal, wish, circumstances(caller, holderOf(iam, caller)));
  },
  assumableBy: (roleArn, service) =>
    ask(iam, roleArn, { kind: 'service', name: service }, {}, { 'aws:PrincipalServiceName': service }),
  assumableWithSaml: (roleArn, providerArn, wish) =>
    ask(iam, roleArn, { kind: 'federated', name: providerArn }, wish, { 'aws:FederatedProvider': providerArn }),
});

function ask(
  iam: Iam,
  roleArn: string,
  principal: PolicyPrincipal,
  { context, actions = ['sts:AssumeRole'] }: RoleWish,
  known: Readonly<Record<string, string | readonly string[]>>,
): Assumable {
  const role = findRole(iam, roleArn);
  const now = iam.world.clock.now();
  const refused = actions.find((action) => {
    const request = { principal, action, resource: roleArn, now, context: { ...known, ...context } };
    return role === undefined || evaluate(role.trust, request) !== 'allow';
  });
  if (role === undefined || refused !== undefined) return { ok: false, action: refused ?? 'sts:AssumeRole' };
  return { ok: true, roleId: role.id, maxSeconds: role.maxSeconds, tags: Object.fromEntries(role.tags) };
}
