import type { Node } from 'jsonc-parser';
import type { Findings } from './findings.ts';
import { similar } from './similar.ts';
import { membersOf, replace } from './tree.ts';

/** Members that are unknown, or there twice. */
export function checkNames(
  node: Node,
  known: Readonly<Record<string, string>>,
  where: string,
  findings: Findings,
): void {
  const members = membersOf(node);
  const taken = new Set(members.map(({ name }) => name));
  for (const { name, key } of members) {
    if (Object.hasOwn(known, name)) continue;
    const meant = similar(
      name,
      Object.keys(known).filter((each) => !taken.has(each)),
    );
    const message = `"${name}" is no element of ${where}. ${meant === undefined ? `There are ${Object.keys(known).join(', ')}.` : `Did you mean "${meant}"?`}`;
    if (meant === undefined) findings.error('unknown-element', key, message);
    else {
      const edits = replace(key, JSON.stringify(meant));
      findings.error('unknown-element', key, message, { title: `Change to ${meant}`, edits });
    }
  }
  checkTwice(node, findings);
}

/** JSON keeps only the last of two members of one name; AWS refuses them. */
export function checkTwice(node: Node, findings: Findings): void {
  const seen = new Set<string>();
  for (const { name, key } of membersOf(node)) {
    if (seen.has(name)) findings.error('twice', key, `"${name}" is here twice. Put both into one, or take one away.`);
    seen.add(name);
  }
}
