// What is worked out of one text: all that the editor shows of it, in plain data, so that it can be done in another thread.
import {
  describe,
  outlineOf,
  type CertificateDescription,
  type MetadataDescription,
  type OutlineItem,
} from '../../saml/describe.ts';
import { Findings, Lines, type Finding } from '../../saml/finding.ts';
import { validate, type Validation } from '../../saml/validate.ts';
import type { ValidateOptions } from '../../saml/validateOptions.ts';
import { walk, type Element } from '../../saml/xml/document.ts';
import { parseXml } from '../../saml/xml/parseXml.ts';
import { plainDescription, plainOutline } from './plainFacts.ts';
import { formatXml, type Formatted } from './formatXml.ts';
import { hoversOf, type SamlHover } from './samlHovers.ts';

export interface Judged {
  /** Of all profiles. */
  readonly findings: readonly Finding[];
  readonly outline: OutlineItem | undefined;
  /** Lines from 0: the first and the last that is hidden. */
  readonly folds: readonly (readonly [start: number, end: number])[];
  readonly hovers: readonly SamlHover[];
  /** Those that can be read, those that responses are verified with first. */
  readonly certificates: readonly CertificateDescription[];
  readonly description: MetadataDescription | undefined;
  readonly accepts: Validation['accepts'];
  readonly signature: Validation['signature'];
  readonly entityID: string | undefined;
}

export interface JudgeWork {
  readonly kind: 'judge';
  readonly text: string;
  readonly options: ValidateOptions;
}

export interface FormatWork {
  readonly kind: 'format';
  readonly text: string;
}

/** Never throws. */
export function judgeText({ text, options }: Omit<JudgeWork, 'kind'>): Judged {
  const validation = validate(text, options);
  const { findings, document, accepts, signature, entityID } = validation;
  const described = describe(validation);
  const description = described && plainDescription(described);
  return {
    findings,
    outline: document && plainOutline(shortened(outlineOf(document.root))),
    folds: document ? foldsOf(document.root, text) : [],
    hovers: described ? hoversOf(described, options.now) : [],
    certificates: (description?.timeline ?? []).toSorted((a, b) => Number(b.signsResponses) - Number(a.signsResponses)),
    description,
    accepts,
    signature,
    entityID,
  };
}

/** More the editor does not take without a pause. */
const mostItems = 1000;

/** Of a federation only who is in it. */
function shortened(outline: OutlineItem): OutlineItem {
  if (countOf(outline) <= mostItems) return outline;
  const children = outline.children.slice(0, mostItems).map((child) => ({ ...child, children: [] }));
  return { ...outline, children };
}

function countOf({ children }: OutlineItem): number {
  return children.reduce((sum, child) => sum + countOf(child), 1);
}

/** In place of what could not be found out: why. */
export function notJudged(why: string): Judged {
  const findings = new Findings(new Lines(''));
  findings.error('R1', { start: 0, end: 0 }, why);
  const nothing = { outline: undefined, folds: [], hovers: [], certificates: [], description: undefined };
  const verdicts = { accepts: { iam: false, cognito: false }, signature: 'unverifiable', entityID: undefined } as const;
  return { findings: findings.all, ...nothing, ...verdicts };
}

/** undefined: it is no XML. Never throws. */
export function formatText({ text }: Pick<FormatWork, 'text'>): Formatted | undefined {
  const parsed = parseXml(text);
  return parsed.ok ? formatXml(parsed.document) : undefined;
}

/** As many as the editor folds. */
const mostFolds = 5000;

/** The line of the end tag stays in sight. */
function foldsOf(root: Element, text: string): [number, number][] {
  const lines = new Lines(text);
  if (lines.count === 1) return [];
  const folds = new Map<number, number>();
  for (const { start, end } of walk(root)) {
    const first = lines.at(start).line - 1;
    const last = lines.at(end).line - 2;
    if (last > first && !folds.has(first)) folds.set(first, last);
    if (folds.size >= mostFolds) break;
  }
  return [...folds];
}
