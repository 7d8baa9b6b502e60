// What IAM or Cognito would say of metadata, in words, before it is sent to them.
import { findingsFor, type Finding } from '../../../saml/finding.ts';
import type { RuleId } from '../../../saml/rules/ruleTable.ts';
import { shownText } from '../../shownText.ts';

export interface Verdict {
  readonly refused: boolean;
  /** One sentence: `IAM takes this metadata, with 2 warnings.` */
  readonly sentence: string;
  /** The errors, or else the warnings: a line each, with rule and place. */
  readonly lines: readonly string[];
}

const judges = { iam: 'IAM', cognito: 'Cognito' } as const;
const mostLines = 6;

/** `without`: rules that do not hold for the way it is going to be sent. */
export function verdictOf(
  findings: readonly Finding[],
  profile: keyof typeof judges,
  without: readonly RuleId[] = [],
): Verdict {
  const concerned = findingsFor(findings, profile).filter(({ rule }) => !without.includes(rule));
  const errors = concerned.filter(({ severity }) => severity === 'error');
  const warnings = concerned.filter(({ severity }) => severity === 'warning');
  const refused = errors.length > 0;
  const shown = refused ? errors : warnings;
  const more = shown.length - mostLines;
  return {
    refused,
    sentence: sentenceOf(judges[profile], errors.length, warnings.length),
    lines: [...shown.slice(0, mostLines).map(lineOf), ...(more > 0 ? [`and ${more} more`] : [])],
  };
}

function sentenceOf(judge: string, errors: number, warnings: number): string {
  if (errors > 0) return `${judge} would refuse this metadata: ${counted(errors, 'error')}.`;
  return warnings > 0
    ? `${judge} takes this metadata, with ${counted(warnings, 'warning')}.`
    : `${judge} takes this metadata.`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function lineOf({ rule, line, column, message, awsMessage }: Finding): string {
  const aws = awsMessage === undefined ? '' : ` AWS says: ${awsMessage}`;
  return `${rule}, line ${line}, column ${column}: ${shownText(message, 300)}${aws}`;
}
