// Policies as AWS evaluates them: a document and a request in, a decision out. Pure: it knows no service, no clock
// and no store, and does not say what a decision means. That differs: within an account "none" leaves it to the
// identity's own policy, across accounts and for services it is a refusal.
import { holdConditions } from './conditions.ts';
import { parsePolicy } from './parsePolicy.ts';
import { matchesArn, matchesPattern } from './pattern.ts';
import type { Policy, Statement } from './policy.ts';
import { matchesPrincipal } from './principals.ts';
import type { PolicyPrincipal, PolicyRequest } from './request.ts';

export type { PolicyPrincipal, PolicyRequest };
export type Decision = 'allow' | 'deny' | 'none';

/**
 * What a policy says about a request: an explicit deny wins over any allow; a policy that says nothing is `none`,
 * and so is one that cannot be read.
 */
export function evaluate(policy: string | Policy | undefined, request: PolicyRequest): Decision {
  const parsed = typeof policy === 'string' ? parseOnce(policy) : policy;
  if (parsed === undefined) return 'none';
  let decision: Decision = 'none';
  for (const statement of parsed.statements) {
    if (decision === 'allow' && statement.effect === 'Allow') continue;
    if (!applies(statement, parsed, request)) continue;
    if (statement.effect === 'Deny') return 'deny';
    decision = 'allow';
  }
  return decision;
}

/** Policies are asked again and again with the same text: what a text means never changes, so it is kept. */
const known = new Map<string, Policy | undefined>();
const mostKnown = 500;

function parseOnce(text: string): Policy | undefined {
  if (known.has(text)) return known.get(text);
  const { policy } = parsePolicy(text, 'open');
  if (known.size >= mostKnown) known.clear();
  known.set(text, policy);
  return policy;
}

function applies(statement: Statement, policy: Policy, request: PolicyRequest): boolean {
  return (
    matchesPrincipal(statement.principals, request.principal) &&
    matchesAction(statement, request.action) &&
    matchesResource(statement, policy, request) &&
    holdConditions(statement.conditions, policy, request)
  );
}

function matchesAction({ actions }: Statement, action: string): boolean {
  const names = (pattern: string) => pattern === action || matchesPattern(pattern.toLowerCase(), action.toLowerCase());
  return actions.patterns.some(names) !== actions.not;
}

function matchesResource({ resources }: Statement, policy: Policy, request: PolicyRequest): boolean {
  if (resources === undefined) return true;
  const variables = policy.version === '2012-10-17' ? request.context : undefined;
  const found = resources.patterns.some((pattern) => matchesArn(pattern, request.resource, variables));
  return found !== resources.not;
}
