import type { Node } from 'jsonc-parser';
import { findKey, keysFor, knowsKeysOf, type ConditionKey } from './conditionKeys.ts';
import { checkConditionValue } from './conditionValues.ts';
import type { Findings } from './findings.ts';
import { checkTwice } from './names.ts';
import { operators, plainOperator, readOperator, type ReadOperator } from './operators.ts';
import { similar } from './similar.ts';
import { isText, listOf, memberOf, membersOf, replace, type Member } from './tree.ts';

/** `{ "ArnLike": { "aws:SourceArn": "arn:…" } }`: operators there are, keys there are, values that fit both. */
export function checkConditions(statement: Node, findings: Findings): void {
  const condition = memberOf(statement, 'Condition')?.value;
  if (condition === undefined) return;
  if (condition.type !== 'object') {
    findings.error('condition-form', condition, 'Condition is an object of operators, such as { "ArnLike": { … } }.');
    return;
  }
  checkTwice(condition, findings);
  for (const member of membersOf(condition)) checkOperator(member, findings);
}

function checkOperator({ name, key, value }: Member, findings: Findings): void {
  const operator = readOperator(name);
  if (operator === undefined) unknownOperator(name, key, findings);
  if (value === undefined) return;
  if (value.type !== 'object') {
    const message = `${name} holds an object of condition keys, such as { "aws:SourceAccount": "123456789012" }.`;
    findings.error('operator-form', value, message);
    return;
  }
  checkTwice(value, findings);
  for (const each of membersOf(value)) checkKey(each, key, operator, findings);
}

function unknownOperator(name: string, key: Node, findings: Findings): void {
  const meant = similar(
    name,
    operators.map((each) => each.name),
  );
  const message = `There is no operator "${name}".`;
  if (meant === undefined) findings.error('operator', key, `${message} Use one such as StringEquals or ArnLike.`);
  else {
    const fix = { title: `Change to ${meant}`, edits: replace(key, JSON.stringify(meant)) };
    findings.error('operator', key, `${message} Did you mean ${meant}?`, fix);
  }
}

function checkKey(member: Member, operatorKey: Node, operator: ReadOperator | undefined, findings: Findings): void {
  const { name, key, value } = member;
  const known = findKey(name);
  const prefix = /^([\w-]+):.+/.exec(name)?.[1]?.toLowerCase();
  if (prefix === undefined || (known === undefined && (knowsKeysOf(prefix) || prefix === 'sqs')))
    unknownKey(name, key, prefix, findings);
  checkValues(value, operator, findings);
  if (operator === undefined || known === undefined) return;
  checkTypes(known, operator, key, operatorKey, findings);
  checkMany(known, operator, operatorKey, findings);
  if (known.name === 'aws:SourceAccount') checkAccounts(value, findings);
}

function unknownKey(name: string, key: Node, prefix: string | undefined, findings: Findings): void {
  const known = keysFor(findings.of.service).map((each) => each.name);
  const meant = similar(name, known);
  const fixes =
    meant === undefined ? [] : [{ title: `Change to ${meant}`, edits: replace(key, JSON.stringify(meant)) }];
  const hint = meant === undefined ? 'Check its name.' : `Did you mean ${meant}?`;
  if (prefix === undefined)
    findings.error('key', key, `"${name}" is no condition key: it is like aws:SourceArn. ${hint}`, ...fixes);
  else
    findings.warn('key', key, `"${name}" is no condition key known here, so that it may never hold. ${hint}`, ...fixes);
}

function checkValues(value: Node | undefined, operator: ReadOperator | undefined, findings: Findings): void {
  if (value?.type === 'array' && listOf(value).length === 0)
    findings.warn('value-empty', value, 'No value is wanted here, so that the condition never holds. Put one in.');
  for (const each of listOf(value)) {
    if (each.type === 'object' || each.type === 'array' || each.type === 'null')
      findings.error('value-form', each, 'A value is a text. Put it into double quotes.');
    else if (operator !== undefined) checkConditionValue(each, operator, findings);
  }
}

/** Text operators are taken for ARNs too: many policies say StringLike aws:SourceArn. */
function checkTypes(
  known: ConditionKey,
  operator: ReadOperator,
  key: Node,
  operatorKey: Node,
  findings: Findings,
): void {
  if (operator.type === 'any' || operator.type === known.type) return;
  if (operator.type === 'String' && known.type === 'ARN') return;
  if (known.name === 'aws:EpochTime' && operator.type === 'Numeric') return;
  const better = plainOperator[known.type];
  const alone = membersOf(operatorKey.parent?.children?.[1]).length === 1;
  const fixes = alone ? [{ title: `Use ${better}`, edits: replace(operatorKey, JSON.stringify(better)) }] : [];
  const message = `${operator.name} compares ${typeNames[operator.type]}, and ${known.name} holds ${typeNames[known.type]}. Use ${better}.`;
  findings.warn('operator-type', key, message, ...fixes);
}

const typeNames = {
  String: 'text',
  Numeric: 'numbers',
  Date: 'times',
  Bool: 'true or false',
  Binary: 'bytes',
  IP: 'addresses',
  ARN: 'ARNs',
} as const;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
function checkMany(known: ConditionKey, operator: ReadOperator, operatorKey: Node, findings: Findings): void {
  if (known.many && operator.each === undefined && operator.type !== 'any') {
    const better = `ForAnyValue:${operator.name}`;
    const fix = { title: `Use ${better}`, edits: replace(operatorKey, JSON.stringify(better)) };
    findings.warn(
      'operator-each',
      operatorKey,
      `A request can hold many values of ${known.name}. Use ${better} or ForAllValues.`,
      fix,
    );
  }
  if (!known.many && operator.each === 'ForAllValues') {
    const fix = { title: `Use ${operator.name}`, edits: replace(operatorKey, JSON.stringify(operator.name)) };
    const message = `ForAllValues holds too where the request has no ${known.name} at all. Use ${operator.name}.`;
    findings.warn('operator-each', operatorKey, message, fix);
  }
}

function checkAccounts(value: Node | undefined, findings: Findings): void {
  for (const each of listOf(value)) {
    if (!isText(each) && each.type !== 'number') continue;
    const text = String(each.value);
    if (!/^\d{12}$/.test(text) && !/[*?$]/.test(text))
      findings.warn('account', each, `"${text}" is no account number, so that this never holds. It has 12 digits.`);
  }
}
