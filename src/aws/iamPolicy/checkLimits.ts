// How much a service takes.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
// https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
import type { Node } from 'jsonc-parser';
import { serviceNames } from './actions.ts';
import type { Findings } from './findings.ts';
import type { PolicyService } from './model.ts';
import { listOf, memberOf, membersOf } from './tree.ts';

interface Limits {
  readonly bytes: number;
  readonly statements?: number;
  readonly principals?: number;
  readonly conditions?: number;
  /** Of one statement. */
  readonly actions?: number;
}

const limits: Readonly<Record<PolicyService, Limits>> = {
  sns: { bytes: 30 * 1024, statements: 100, principals: 200 },
  sqs: { bytes: 8192, statements: 20, principals: 50, conditions: 10, actions: 7 },
  s3: { bytes: 20 * 1024 },
};

export function checkLimits(statements: readonly Node[], findings: Findings): void {
  const { service } = findings.of;
  if (service === undefined) return;
  const most = limits[service];
  const name = serviceNames[service];
  const [first] = statements;
  const { root, text } = findings.tree;
  const bytes = compactBytes(text);
  if (root !== undefined && bytes > most.bytes)
    findings.error('too-long', root, `The policy has ${bytes} bytes; ${name} takes ${most.bytes}. Shorten it.`);
  if (first === undefined) return;
  tooMany(statements, most.statements, 'statements', name, findings);
  tooMany(statements.flatMap(principalsOf), most.principals, 'principals', name, findings);
  tooMany(statements.flatMap(conditionsOf), most.conditions, 'condition keys', name, findings);
  for (const each of statements)
    tooMany(listOf(memberOf(each, 'Action')?.value), most.actions, 'actions in one statement', name, findings);
}

function tooMany(
  found: readonly Node[],
  most: number | undefined,
  what: string,
  service: string,
  findings: Findings,
): void {
  const over = most === undefined ? undefined : found[most];
  if (over === undefined) return;
  const advice = what === 'actions in one statement' ? 'Use a wildcard, or another statement.' : 'Take some away.';
  findings.error('too-many', over, `There are ${found.length} ${what}; ${service} takes ${most}. ${advice}`);
}

const principalsOf = (statement: Node): readonly Node[] =>
  membersOf(memberOf(statement, 'Principal')?.value).flatMap(({ value }) => listOf(value));

const conditionsOf = (statement: Node): readonly Node[] =>
  membersOf(memberOf(statement, 'Condition')?.value).flatMap(({ value }) => membersOf(value).map(({ key }) => key));

/** As it is sent: without the spaces between. */
function compactBytes(text: string): number {
  const compact = text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
  return new TextEncoder().encode(compact).length;
}
