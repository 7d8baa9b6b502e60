// Who may assume a role: its trust policy decides, for callers and for services alike.
import { evaluate, type PolicyPrincipal } from '../policy/evaluate.ts';
import type { Assumable, IamPort, RoleWish } from '../ports.ts';
import { circumstances } from './circumstances.ts';
import type { Iam } from './iam.ts';
import { roleOf } from './permissions.ts';
import type { Role } from './state.ts';
import { keyOf } from './state.ts';

export function findRole({ state }: Iam, arn: string): Role | undefined {
  const [, account = '', name = ''] = /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:.+\/)?([^/]+)$/.exec(arn) ?? [];
  const role = state.roles.get(keyOf(account, name));
  return role?.arn === arn ? role : undefined;
}

export const trustPort = (iam: Iam): Pick<IamPort, 'assumable' | 'assumableBy'> => ({
  assumable(roleArn, caller, wish = {}) {
    const principal: PolicyPrincipal = { kind: 'aws', account: caller.account, arn: caller.arn };
    return ask(iam, roleArn, principal, wish, circumstances(caller, roleOf(iam, caller)));
  },
  assumableBy: (roleArn, service) =>
    ask(iam, roleArn, { kind: 'service', name: service }, {}, { 'aws:PrincipalServiceName': service }),
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
