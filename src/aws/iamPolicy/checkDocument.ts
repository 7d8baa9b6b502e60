// The frame of a policy: Version, Id, Statement, what is unknown or twice, and how much of it there may be.
import type { Node } from 'jsonc-parser';
import { checkLimits } from './checkLimits.ts';
import { checkStatement } from './checkStatement.ts';
import { documentElements, versions } from './elements.ts';
import type { Findings } from './findings.ts';
import { checkNames } from './names.ts';
import { isText, listOf, memberOf, replace, setBelow } from './tree.ts';

export function checkDocument(root: Node, findings: Findings): void {
  if (root.type !== 'object') {
    findings.error('not-an-object', root, 'A policy is a JSON object. Write it in { }.');
    return;
  }
  checkNames(root, documentElements, 'a policy', findings);
  checkVersion(root, findings);
  const id = memberOf(root, 'Id')?.value;
  if (id !== undefined && !isText(id)) findings.error('id-form', id, 'Id is a text. Put it into double quotes.');
  const statement = memberOf(root, 'Statement');
  if (statement === undefined) {
    const fix = { title: 'Add Statement', edits: setBelow(findings.tree, root, ['Statement'], []) };
    findings.error('statement-missing', root, 'The policy has no Statement. Add a list of statements.', fix);
    return;
  }
  const statements = listOf(statement.value);
  for (const each of statements) checkStatement(each, findings);
  checkSids(statements, findings);
  checkLimits(statements, findings);
}

function checkVersion(root: Node, findings: Findings): void {
  const version = memberOf(root, 'Version');
  if (version === undefined) {
    const message = 'The policy has no Version, so that it is read by the rules of 2008. Add "Version": "2012-10-17".';
    const edits = setBelow(findings.tree, root, ['Version'], versions[0]);
    findings.warn('version-missing', root, message, { title: 'Add Version', edits });
    return;
  }
  const { value } = version;
  if (value === undefined || versions.some((known) => known === value.value)) {
    if (value?.value === versions[1]) checkOldVersion(root, value, findings);
    return;
  }
  const message = 'There is no such version of the policy language. Use "2012-10-17".';
  findings.error('version', value, message, { title: 'Use 2012-10-17', edits: replace(value, '"2012-10-17"') });
}

/** In 2008 there were no policy variables: `${aws:username}` is plain text then. */
function checkOldVersion(root: Node, value: Node, findings: Findings): void {
  const { text } = findings.tree;
  if (!/\$\{[\w-]+:[^}"]+\}/.test(text.slice(root.offset, root.offset + root.length))) return;
  const message = 'Policy variables such as ${aws:username} are plain text in version 2008-10-17. Use "2012-10-17".';
  findings.warn('version-variables', value, message, {
    title: 'Use 2012-10-17',
    edits: replace(value, '"2012-10-17"'),
  });
}

function checkSids(statements: readonly Node[], findings: Findings): void {
  const seen = new Set<string>();
  for (const statement of statements) {
    const sid = memberOf(statement, 'Sid')?.value;
    if (!isText(sid) || sid.value === '') continue;
    if (seen.has(sid.value)) {
      const message = `Another statement has the Sid "${sid.value}" already. Give each its own, or leave it out.`;
      const free = freeSid(sid.value, statements);
      findings.error('sid-twice', sid, message, {
        title: `Name it ${free}`,
        edits: replace(sid, JSON.stringify(free)),
      });
    }
    seen.add(sid.value);
  }
}

function freeSid(sid: string, statements: readonly Node[]): string {
  const taken = new Set(statements.map((statement) => memberOf(statement, 'Sid')?.value?.value));
  for (let number = 2; ; number++) if (!taken.has(`${sid}${number}`)) return `${sid}${number}`;
}
