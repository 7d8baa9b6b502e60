// One statement: its elements, who, what and on what; conditions and risks have files of their own.
import type { Node } from 'jsonc-parser';
import { checkActions } from './checkActions.ts';
import { checkConditions } from './checkConditions.ts';
import { checkPrincipals } from './checkPrincipals.ts';
import { checkResources } from './checkResources.ts';
import { checkRisks } from './checkRisks.ts';
import { statementElements } from './elements.ts';
import type { Findings } from './findings.ts';
import { checkNames } from './names.ts';
import { isText, memberOf, replace, setBelow } from './tree.ts';

export function checkStatement(statement: Node, findings: Findings): void {
  if (statement.type !== 'object') {
    findings.error('statement-form', statement, 'A statement is a JSON object. Write it in { }.');
    return;
  }
  checkNames(statement, statementElements, 'a statement', findings);
  checkSid(statement, findings);
  checkEffect(statement, findings);
  checkPrincipals(statement, findings);
  checkActions(statement, findings);
  checkResources(statement, findings);
  checkConditions(statement, findings);
  checkRisks(statement, findings);
}

/**
 * IAM takes letters and digits only; SQS and SNS also hyphens and underscores; S3 takes spaces too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
 */
function checkSid(statement: Node, findings: Findings): void {
  const sid = memberOf(statement, 'Sid')?.value;
  if (sid === undefined) return;
  if (!isText(sid)) {
    findings.error('sid-form', sid, 'Sid is a text. Put it into double quotes.');
    return;
  }
  const { kind, service } = findings.of;
  const plain = sid.value.replaceAll(/[^A-Za-z0-9]/g, '') || 'Statement1';
  const fix = { title: `Name it ${plain}`, edits: replace(sid, JSON.stringify(plain)) };
  if (kind === 'identity' && !/^[A-Za-z0-9]*$/.test(sid.value))
    findings.error('sid-characters', sid, 'A Sid has letters and digits only. Take the others away.', fix);
  if ((service === 'sns' || service === 'sqs') && !/^[\w-]{0,80}$/.test(sid.value)) {
    const message = 'A Sid has up to 80 letters, digits, hyphens and underscores. Take the others away.';
    findings.warn('sid-characters', sid, message, fix);
  }
}

function checkEffect(statement: Node, findings: Findings): void {
  const effect = memberOf(statement, 'Effect');
  if (effect === undefined) {
    const edits = setBelow(findings.tree, statement, ['Effect'], 'Allow');
    const fix = { title: 'Add "Effect": "Allow"', edits };
    findings.error('effect-missing', statement, 'The statement has no Effect. Say "Allow" or "Deny".', fix);
    return;
  }
  const { value } = effect;
  if (value === undefined || value.value === 'Allow' || value.value === 'Deny') return;
  const fixes = ['Allow', 'Deny'].map((each) => ({ title: `Use ${each}`, edits: replace(value, `"${each}"`) }));
  findings.error('effect', value, 'Effect is "Allow" or "Deny", written just so.', ...fixes);
}
