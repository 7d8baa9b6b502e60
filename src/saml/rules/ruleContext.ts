// What rules are given.
import type { Findings } from '../finding.ts';
import type { CertificateReader, Metadata } from '../metadata.ts';
import type { SignatureJudgement } from '../signature/judgeSignature.ts';
import type { ValidateOptions } from '../validateOptions.ts';
import type { XmlDocument } from '../xml/document.ts';

export interface RuleContext {
  readonly document: XmlDocument;
  readonly metadata: Metadata;
  readonly signature: SignatureJudgement;
  readonly options: ValidateOptions;
  readonly read: CertificateReader;
  readonly findings: Findings;
}
