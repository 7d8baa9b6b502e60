// SAML metadata, text or bytes -> the document with offsets, and what every rule has to say of it.
// Never throws, never hangs, never fetches: addresses, schemas, stylesheets and entities in the document are only looked at.
import { checkGrammar } from './grammar/checkGrammar.ts';
import type { SchemaProblem } from './grammar/schemaProblem.ts';
import { Findings, findingsFor, hasErrors, Lines, type Finding } from './finding.ts';
import { certificateReader, readMetadata, type Metadata } from './metadata.ts';
import { decodeBytes, mostBytes, sizeSentence } from './readBytes.ts';
import { certificateRules } from './rules/certificateRules.ts';
import { adfsRules } from './rules/adfsRules.ts';
import { documentRules, doctypeRule, textRules } from './rules/documentRules.ts';
import { endpointRules } from './rules/endpointRules.ts';
import { entityRules } from './rules/entityRules.ts';
import { grammarRules } from './rules/grammarRules.ts';
import { providerRules } from './rules/providerRules.ts';
import type { RuleContext } from './rules/ruleContext.ts';
import { signatureRules } from './rules/signatureRules.ts';
import { judgeSignature, type Verdict } from './signature/judgeSignature.ts';
import type { ValidateOptions } from './validateOptions.ts';
import { attributeOf, type XmlDocument } from './xml/document.ts';
import { parseXml } from './xml/parseXml.ts';

export interface Validation {
  readonly text: string;
  readonly document: XmlDocument | undefined;
  readonly metadata: Metadata | undefined;
  readonly wellFormed: boolean;
  /** What the grammar alone says. */
  readonly schema: 'valid' | 'invalid';
  readonly schemaProblems: readonly SchemaProblem[];
  readonly signature: Verdict;
  readonly entityID: string | undefined;
  /** Of all profiles: see `findingsFor`. */
  readonly findings: readonly Finding[];
  /** No error that concerns it. */
  readonly accepts: { readonly iam: boolean; readonly cognito: boolean };
}

export function validate(input: string | Uint8Array, options: ValidateOptions): Validation {
  const decoded = typeof input === 'string' ? decodeText(input) : decodeBytes(input);
  const { text } = decoded;
  const findings = new Findings(new Lines(text));
  findings.all.push(...decoded.findings);
  if (!decoded.readable || !textRules(text, options, findings)) return refused(text, findings.all);
  const parsed = parseXml(text);
  const doctype = doctypeRule(text, findings);
  if (!parsed.ok) {
    if (doctype !== 'entities')
      findings.error('R1', parsed.problem, `This is not well-formed XML: ${parsed.problem.message}`);
    return refused(text, findings.all);
  }
  // A document type that declares things may have changed what stands in the document: nothing in it is believed.
  if (doctype === 'entities') return { ...refused(text, findings.all), wellFormed: true, document: parsed.document };
  return judge(parsed.document, options, findings);
}

function decodeText(text: string) {
  if (text.length <= mostBytes) return { text, findings: [], readable: true };
  const findings = new Findings(new Lines(''));
  findings.error('R1', { start: 0, end: 0 }, sizeSentence(text.length));
  return { text: '', findings: findings.all, readable: false };
}

function refused(text: string, findings: readonly Finding[]): Validation {
  return {
    text,
    document: undefined,
    metadata: undefined,
    wellFormed: false,
    schema: 'invalid',
    schemaProblems: [],
    signature: 'none',
    entityID: undefined,
    findings,
    accepts: { iam: false, cognito: false },
  };
}

function judge(document: XmlDocument, options: ValidateOptions, findings: Findings): Validation {
  const { root, text } = document;
  const read = certificateReader();
  const metadata = readMetadata(root, read);
  const schemaProblems = checkGrammar(root);
  const signature = judgeSignature(document);
  const context: RuleContext = { document, metadata, signature, options, read, findings };
  documentRules(context);
  grammarRules(schemaProblems, context);
  for (const rule of [entityRules, providerRules, certificateRules, endpointRules, signatureRules, adfsRules])
    rule(context);
  findings.close();
  const all = withoutEchoes(findings.all);
  return {
    text,
    document,
    metadata,
    wellFormed: true,
    schema: schemaProblems.length === 0 ? 'valid' : 'invalid',
    schemaProblems,
    signature: signature.verdict,
    entityID: metadata.entities[0]?.entityID?.value ?? attributeOf(root, 'entityID')?.value,
    findings: all,
    accepts: { iam: !hasErrors(findingsFor(all, 'iam')), cognito: !hasErrors(findingsFor(all, 'cognito')) },
  };
}

/** Rules that say more than the schema's words for the same place, which are then left out. */
const telling: ReadonlySet<string> = new Set(['R4', 'R6', 'R7', 'R9', 'R12', 'R22', 'R28']);

function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const place = ({ range }: Finding) => `${range.start}-${range.end}`;
  const better = new Set(findings.filter(({ rule, severity }) => telling.has(rule) && severity === 'error').map(place));
  return findings.filter((one) => one.rule !== 'R5' || !better.has(place(one)));
}
