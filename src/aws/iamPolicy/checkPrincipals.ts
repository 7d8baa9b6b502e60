import type { Node } from 'jsonc-parser';
import type { Findings } from './findings.ts';
import { oneOf } from './oneOf.ts';
import { isPrincipalType, principalTypes, serviceName, servicePrincipals, type PrincipalType } from './principals.ts';
import { similar } from './similar.ts';
import { isText, listOf, membersOf, replace, type Member } from './tree.ts';
import { checkTwice } from './names.ts';

/** Who a statement is about: there in a resource's policy, absent in an identity's. */
export function checkPrincipals(statement: Node, findings: Findings): void {
  const member = oneOf(statement, 'Principal', 'NotPrincipal', findings);
  const { kind } = findings.of;
  if (member === undefined) {
    if (kind !== 'resource') return;
    findings.error(
      'principal-missing',
      statement,
      'The statement has no Principal. Say who is meant, such as { "Service": "s3.amazonaws.com" }.',
    );
  } else if (kind === 'identity')
    findings.error(
      'principal-prohibited',
      member.key,
      `A policy of a user or role has no ${member.name}: whoever has it is meant. Take it away.`,
    );
  else checkPrincipal(member, findings);
}

function checkPrincipal({ name, value }: Member, findings: Findings): void {
  if (value === undefined || value.value === '*') return;
  if (value.type !== 'object') {
    const fixes = isText(value) ? [typed(value)] : [];
    const message = `${name} is "*" or an object such as { "AWS": "123456789012" }. Put the name into one.`;
    findings.error('principal-form', value, message, ...fixes);
    return;
  }
  checkTwice(value, findings);
  const types = membersOf(value);
  if (types.length === 0) findings.error('principal-empty', value, `${name} names nobody. Name somebody.`);
  for (const type of types) {
    if (isPrincipalType(type.name)) checkNamesOf(type.name, type.value, findings);
    else unknownType(type, findings);
  }
}

/** A plain name, put under the type it has by its looks. */
function typed(value: Node & { readonly value: string }) {
  const type = serviceName.test(value.value) ? 'Service' : 'AWS';
  return {
    title: `Change to { "${type}": … }`,
    edits: replace(value, `{ "${type}": ${JSON.stringify(value.value)} }`),
  };
}

function unknownType({ name, key }: Member, findings: Findings): void {
  const meant = similar(name, Object.keys(principalTypes));
  const message = `"${name}" is no type of principal. There are ${Object.keys(principalTypes).join(', ')}.`;
  if (meant === undefined) findings.error('principal-type', key, message);
  else
    findings.error('principal-type', key, message, {
      title: `Change to ${meant}`,
      edits: replace(key, JSON.stringify(meant)),
    });
}

function checkNamesOf(type: PrincipalType, value: Node | undefined, findings: Findings): void {
  const names = listOf(value);
  if (value?.type === 'array' && names.length === 0)
    findings.error('principal-empty', value, `"${type}" names nobody. Name somebody, or take it away.`);
  for (const each of names) {
    if (isText(each)) checkName(type, each, findings);
    else {
      const number = each.type === 'number';
      const fixes = number
        ? [{ title: 'Put it into quotes', edits: replace(each, `"${source(each, findings)}"`) }]
        : [];
      findings.error('principal-text', each, 'A principal is a text. Put it into double quotes.', ...fixes);
    }
  }
}

const source = ({ offset, length }: Node, { tree }: Findings): string => tree.text.slice(offset, offset + length);

function checkName(type: PrincipalType, node: Node & { readonly value: string }, findings: Findings): void {
  const { value } = node;
  if (type === 'AWS') checkAwsName(node, findings);
  else if (type === 'Service' && value !== '*' && !serviceName.test(value)) {
    const meant = similar(
      value,
      servicePrincipals.map(({ name }) => name),
    );
    const fixes =
      meant === undefined ? [] : [{ title: `Change to ${meant}`, edits: replace(node, JSON.stringify(meant)) }];
    const message = `"${value}" is no service's name. It is like s3.amazonaws.com.`;
    findings.error('principal-service', node, message, ...fixes);
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function checkAwsName(node: Node & { readonly value: string }, findings: Findings): void {
  const { value } = node;
  if (/^(\*|\d{12}|arn:aws[\w-]*:(iam|sts)::(\d{12}|cloudfront):[^*?]+|A[A-Z0-9]{15,})$/.test(value)) return;
  if (serviceName.test(value)) {
    const message = `${value} is a service. Name it under "Service".`;
    findings.error('principal-is-service', node, message);
  } else if (/^arn:.*[*?]/.test(value)) {
    const message =
      'An ARN of a principal has no wildcards. Name the account, and ask for aws:PrincipalArn in a condition.';
    findings.error('principal-wildcard', node, message);
  } else {
    const message = `"${value}" is no principal. Use an account's 12 digits, the ARN of a user or role, or "*".`;
    findings.error('principal-name', node, message);
  }
}
