// What a rule found: what, where, why, what AWS would say, and what to do about it.
import type { Range } from './xml/document.ts';
import { ruleOf, type RuleId } from './rules/ruleTable.ts';

export type Severity = 'error' | 'warning' | 'info';
/** Whom a finding concerns: anybody, IAM, a Cognito user pool, a service provider, AD FS, an assertion at the ACS. */
export type Profile = 'any' | 'iam' | 'cognito' | 'sp' | 'adfs' | 'assertion';

export interface Edit extends Range {
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly profiles: readonly Profile[];
  /** Offsets in UTF-16 code units. */
  readonly range: Range;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly why: string;
  /** What AWS answers, where that is known. */
  readonly awsMessage?: string;
  readonly fix?: Fix;
}

export interface Told {
  readonly severity: Severity;
  readonly profiles: readonly Profile[];
  readonly range: Range;
  readonly message: string;
  readonly fix?: Fix | undefined;
}

/** Where lines begin in a text: offsets to lines and columns. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  get count(): number {
    return this.#starts.length;
  }

  /** Both from 1. */
  at(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

/** Of one rule and severity more are counted and not listed: a file with a thousand has one cause. */
export const mostOfOne = 200;

/** Collects what rules tell. */
export class Findings {
  readonly all: Finding[] = [];
  readonly #lines: Lines;
  readonly #counts = new Map<string, { count: number; told: Told; rule: RuleId }>();

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  tell(rule: RuleId, told: Told): void {
    const key = `${rule} ${told.severity} ${told.profiles.join(' ')}`;
    const known = this.#counts.get(key);
    if (!known) this.#counts.set(key, { count: 1, told, rule });
    else if (known.count++ >= mostOfOne) return;
    this.#add(rule, told);
  }

  /** To be called when all rules have told theirs. */
  close(): void {
    for (const { count, told, rule } of this.#counts.values())
      if (count > mostOfOne)
        this.#add(rule, {
          ...told,
          fix: undefined,
          range: { start: told.range.start, end: told.range.start },
          message: `There are ${count} of these in the document; the first ${mostOfOne} are listed.`,
        });
    this.#counts.clear();
  }

  #add(rule: RuleId, { severity, profiles, range: { start, end }, message, fix }: Told): void {
    const { why, awsMessage } = ruleOf(rule);
    this.all.push({
      rule,
      severity,
      profiles,
      range: { start, end },
      ...this.#lines.at(start),
      message,
      why,
      ...(awsMessage !== undefined && severity === 'error' && { awsMessage }),
      ...(fix && { fix }),
    });
  }

  error(
    rule: RuleId,
    range: Range,
    message: string,
    more: { profiles?: readonly Profile[]; fix?: Fix | undefined } = {},
  ): void {
    this.tell(rule, { severity: 'error', profiles: more.profiles ?? ['any'], range, message, fix: more.fix });
  }

  warn(
    rule: RuleId,
    range: Range,
    message: string,
    more: { profiles?: readonly Profile[]; fix?: Fix | undefined } = {},
  ): void {
    this.tell(rule, { severity: 'warning', profiles: more.profiles ?? ['any'], range, message, fix: more.fix });
  }

  inform(
    rule: RuleId,
    range: Range,
    message: string,
    more: { profiles?: readonly Profile[]; fix?: Fix | undefined } = {},
  ): void {
    this.tell(rule, { severity: 'info', profiles: more.profiles ?? ['any'], range, message, fix: more.fix });
  }
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** What concerns one profile: of one rule at one place the gravest only. In the order of the text. */
export function findingsFor(findings: readonly Finding[], profile: Profile): Finding[] {
  const concerned = findings.filter(({ profiles }) =>
    profiles.some((one) => one === 'any' || one === 'adfs' || one === profile),
  );
  const gravest = new Map<string, Finding>();
  for (const one of concerned) {
    const key = `${one.rule} ${one.range.start} ${one.range.end}`;
    const known = gravest.get(key);
    if (!known || rank[one.severity] < rank[known.severity]) gravest.set(key, one);
  }
  return [...gravest.values()].toSorted((a, b) => a.range.start - b.range.start || rank[a.severity] - rank[b.severity]);
}

export const hasErrors = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === 'error');
