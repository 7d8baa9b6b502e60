// What AWS takes and people regret: open to everybody, open to other people's services, closed to the owner.
import type { Node } from 'jsonc-parser';
import { expandAction } from './actions.ts';
import type { Findings } from './findings.ts';
import type { Fix } from './model.ts';
import { listOf, memberOf, membersOf, setBelow, textsOf, type TextNode } from './tree.ts';

export function checkRisks(statement: Node, findings: Findings): void {
  if (findings.of.kind === 'identity') return;
  const effect = memberOf(statement, 'Effect')?.value?.value;
  if (effect === 'Allow') {
    checkOpen(statement, findings);
    checkConfusedDeputy(statement, findings);
    const not = memberOf(statement, 'NotPrincipal');
    if (not)
      findings.warn(
        'allow-but',
        not.key,
        'NotPrincipal with Allow lets in everybody else in the world. Use Principal.',
      );
  }
  if (effect === 'Deny') checkLockOut(statement, findings);
}

/** Where `"*"` stands as a principal. */
function everybody(statement: Node): Node | undefined {
  const principal = memberOf(statement, 'Principal')?.value;
  if (principal?.value === '*') return principal;
  return listOf(memberOf(principal, 'AWS')?.value).find(({ value }) => value === '*');
}

const hasConditions = (statement: Node): boolean => membersOf(memberOf(statement, 'Condition')?.value).length > 0;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous */
function checkOpen(statement: Node, findings: Findings): void {
  const node = everybody(statement);
  if (node === undefined || hasConditions(statement)) return;
  const { account } = findings.of;
  const fixes =
    account === undefined ? [] : [condition(statement, 'StringEquals', 'aws:PrincipalAccount', account, findings)];
  findings.warn(
    'open-to-everybody',
    node,
    'This lets in everybody in the world, without an account. Name who is meant, or add a Condition, unless it is meant to be public.',
    ...fixes,
  );
}

function condition(statement: Node, operator: string, key: string, value: string, { tree }: Findings): Fix {
  return { title: `Add ${key} ${value}`, edits: setBelow(tree, statement, ['Condition', operator, key], value) };
}

/**
 * A service calls on behalf of whoever set it up, in any account. The ARN of a bucket tells no account, and who deletes the bucket
 * leaves its name to others. https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
function checkConfusedDeputy(statement: Node, findings: Findings): void {
  const services = textsOf(memberOf(memberOf(statement, 'Principal')?.value, 'Service')?.value);
  const deputy = services.find(({ text }) => isDeputy(text));
  const { account, service } = findings.of;
  if (deputy === undefined || service === undefined || service === 's3') return;
  const keys = conditionKeys(statement);
  if (['aws:sourceaccount', 'aws:sourceowner', 'aws:sourceorgid', 'aws:sourceorgpaths'].some((key) => keys.has(key)))
    return;
  const sources = keys.get('aws:sourcearn') ?? [];
  const fixes =
    account === undefined ? [] : [condition(statement, 'StringEquals', 'aws:SourceAccount', account, findings)];
  if (sources.length === 0) {
    const message = `This lets in ${deputy.text} on behalf of anybody, from any account. Add aws:SourceAccount, and aws:SourceArn.`;
    findings.warn('confused-deputy', deputy.node, message, ...fixes);
    return;
  }
  const bucket = sources.find(
    ({ text }) => /^arn:[\w-]*:s3:::/.test(text) || /^arn:[^:]*:[^:]*:[^:]*:(\*|):/.test(text),
  );
  if (bucket === undefined) return;
  const message = `${bucket.text} says nothing of an account: a bucket of that name in another one would be let in. Add aws:SourceAccount.`;
  findings.warn('source-account-missing', bucket.node, message, ...fixes);
}

const isDeputy = (service: string): boolean =>
  /^(s3|sns|events|scheduler|cloudwatch|ses)\.amazonaws\.com/.test(service);

/** Keys in small letters, with the values wanted of them. */
function conditionKeys(statement: Node): ReadonlyMap<string, readonly TextNode[]> {
  const operators = membersOf(memberOf(statement, 'Condition')?.value);
  const keys = operators.flatMap(({ value }) => membersOf(value));
  return new Map(keys.map(({ name, value }) => [name.toLowerCase(), textsOf(value)]));
}

const opens = ['sns:SetTopicAttributes', 'sqs:SetQueueAttributes', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'];

function checkLockOut(statement: Node, findings: Findings): void {
  const node = everybody(statement);
  if (node === undefined || hasConditions(statement)) return;
  const wide = textsOf(memberOf(statement, 'Action')?.value).find(
    ({ text }) => text === '*' || expandAction(text).some(({ name }) => opens.includes(name)),
  );
  if (wide === undefined) return;
  const message = `This denies ${wide.text} to everybody, you too: nobody could mend this policy but the account's root user. Add a Condition, or deny less.`;
  findings.warn('lock-out', wide.node, message);
}
