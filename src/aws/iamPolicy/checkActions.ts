import type { Node } from 'jsonc-parser';
import { actions, expandAction, isPolicyService, serviceNames } from './actions.ts';
import { hasWildcard } from './arn.ts';
import type { Findings } from './findings.ts';
import { oneOf } from './oneOf.ts';
import { similar } from './similar.ts';
import { isText, listOf, replace } from './tree.ts';

/** What a statement is about: known actions of the service whose policy it is. */
export function checkActions(statement: Node, findings: Findings): void {
  const member = oneOf(statement, 'Action', 'NotAction', findings);
  if (member === undefined) {
    findings.error(
      'action-missing',
      statement,
      'The statement has no Action. Say what may be done, such as "sqs:SendMessage".',
    );
    return;
  }
  const { value, name } = member;
  if (value?.type === 'array' && listOf(value).length === 0)
    findings.error('action-empty', value, `${name} is empty. Name an action.`);
  for (const each of listOf(value)) {
    if (isText(each)) checkAction(each, findings);
    else findings.error('action-form', each, 'An action is a text such as "sns:Publish". Put it into double quotes.');
  }
}

function checkAction(node: Node & { readonly value: string }, findings: Findings): void {
  const { value } = node;
  if (value === '*') return;
  const { service } = findings.of;
  const prefix = /^([\w-]+):[\w*?-]+$/.exec(value)?.[1]?.toLowerCase();
  if (prefix === undefined) noPrefix(node, findings);
  else if (service !== undefined && prefix !== service)
    findings.error(
      'action-service',
      node,
      `"${value}" is no action of ${serviceNames[service]}: all here begin with "${service}:". Use another, or take it away.`,
    );
  else if (isPolicyService(prefix) && expandAction(value).length === 0 && service !== undefined)
    unknown(node, findings);
}

function noPrefix(node: Node & { readonly value: string }, findings: Findings): void {
  const { value } = node;
  const { service } = findings.of;
  const meant = service && expandAction(`${service}:${value}`)[0] ? `${service}:${value}` : undefined;
  const fixes =
    meant === undefined ? [] : [{ title: `Change to ${meant}`, edits: replace(node, JSON.stringify(meant)) }];
  findings.error(
    'action-prefix',
    node,
    `"${value}" names no service. Write it as service:Action, such as "sns:Publish".`,
    ...fixes,
  );
}

function unknown(node: Node & { readonly value: string }, findings: Findings): void {
  const { service } = findings.of;
  const { value } = node;
  if (service === undefined) return;
  if (hasWildcard(value)) {
    findings.error('action-unknown', node, `No action of ${serviceNames[service]} fits "${value}". Correct it.`);
    return;
  }
  const meant = similar(
    value,
    actions[service].map(({ name }) => name),
  );
  if (meant === undefined) {
    const message = `"${value}" is no action known here that a policy of ${serviceNames[service]} takes. Check its name.`;
    findings.warn('action-unknown', node, message);
    return;
  }
  const fix = { title: `Change to ${meant}`, edits: replace(node, JSON.stringify(meant)) };
  findings.error(
    'action-unknown',
    node,
    `"${value}" is no action of ${serviceNames[service]}. Did you mean ${meant}?`,
    fix,
  );
}
