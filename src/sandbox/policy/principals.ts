import type { Principals } from './policy.ts';
import type { PolicyPrincipal } from './request.ts';

/** Whether the statement speaks of this principal. A policy without principals belongs to who holds it. */
export function matchesPrincipal(principals: Principals | undefined, principal: PolicyPrincipal): boolean {
  if (principals === undefined) return true;
  return isNamed(principals, principal) !== principals.not;
}

function isNamed({ anyone, named }: Principals, principal: PolicyPrincipal): boolean {
  if (anyone) return true;
  switch (principal.kind) {
    case 'anonymous':
      return false;
    case 'service':
      return named.Service?.some((name) => name === '*' || name === principal.name) ?? false;
    case 'federated':
      return named.Federated?.some((name) => name === '*' || name === principal.name) ?? false;
    case 'canonical':
      return named.CanonicalUser?.some((id) => id === '*' || id === principal.id) ?? false;
    case 'aws': {
      const identities = identitiesOf(principal.account, principal.arn);
      return named.AWS?.some((name) => identities.includes(name)) ?? false;
    }
  }
}

/** The names a user or role goes by: its account, itself, and for a session the role it plays. */
function identitiesOf(account: string, arn: string): readonly string[] {
  const partition = arn.split(':')[1] ?? 'aws';
  const names = [account, `arn:${partition}:iam::${account}:root`, arn];
  const role = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  return role === undefined ? names : [...names, `arn:${partition}:iam::${account}:role/${role}`];
}
