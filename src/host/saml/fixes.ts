// Fixes of findings, one by one and all of a kind. Pure: edits are offsets into the text that was judged.
import type { Edit, Finding } from '../../saml/finding.ts';
import type { Range } from '../../saml/xml/document.ts';

export interface Mend {
  readonly title: string;
  /** None: the bytes of the file are to be changed, since what is wrong is not in the text. */
  readonly edits: readonly Edit[];
  readonly mends: readonly Finding[];
  readonly single: boolean;
}

/** What can be done where the cursor is, or about the findings that it touches. */
export function mendsAt(findings: readonly Finding[], { start, end }: Range): Mend[] {
  const there = findings.filter(({ range, fix }) => fix && range.start <= end && range.end >= start);
  const single = there.flatMap((finding) => (finding.fix ? [{ ...finding.fix, mends: [finding], single: true }] : []));
  return [...single, ...[...new Set(there.map(({ rule }) => rule))].flatMap((rule) => allOf(findings, rule))];
}

/** Of fixes that would change the same place, the first. */
function allOf(findings: readonly Finding[], rule: Finding['rule']): Mend[] {
  const same = findings.filter((one) => one.rule === rule && (one.fix?.edits.length ?? 0) > 0);
  const taken: Edit[] = [];
  const mends: Finding[] = [];
  for (const finding of same) {
    const edits = finding.fix?.edits ?? [];
    if (edits.some((edit) => taken.some((other) => overlap(edit, other)))) continue;
    taken.push(...edits);
    mends.push(finding);
  }
  if (mends.length < 2) return [];
  const titles = new Set(mends.map(({ fix }) => fix?.title));
  const [title = ''] = titles.size === 1 ? titles : ['Mend what this rule finds'];
  return [{ title: `${title}: all ${mends.length}`, edits: taken, mends, single: false }];
}

/** Two insertions at one place overlap too: their order would be chance. */
const overlap = (a: Range, b: Range): boolean =>
  (a.start < b.end && b.start < a.end) || (a.start === b.start && a.end === b.end);
