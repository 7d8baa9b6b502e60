// What was found out about metadata -> the report's view. Pure.
import type {
  SamlAnswer,
  SamlCertificateView,
  SamlComparisonView,
  SamlFindingGroup,
  SamlReportView,
  SamlRoleView,
} from '../../protocol/samlReport.ts';
import { compareMetadata, type CertificateDescription, type MetadataDescription } from '../../saml/describe.ts';
import { findingsFor, type Finding, type Profile, type Severity } from '../../saml/finding.ts';
import { shownText } from '../shownText.ts';
import { validityOf } from './samlHovers.ts';
import type { Judged } from './samlWork.ts';

const mostEntities = 20;
const mostFindings = 100;
const mostCertificates = 40;
const day = 86_400_000;

export interface ReportOf {
  readonly file: string;
  readonly judged: Judged;
  readonly profile: Profile;
  readonly profileLabel: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly before?: { readonly file: string; readonly description: MetadataDescription };
}

export function reportView({ file, judged, profile, profileLabel, now, before }: ReportOf): SamlReportView {
  const { description, findings, entityID, signature } = judged;
  const shown = (description?.timeline ?? []).slice(0, mostCertificates);
  return {
    file,
    profile: profileLabel,
    entityID: entityID === undefined ? undefined : shownText(entityID),
    facts: factsOf(description),
    answers: [answerOf('IAM', judged), answerOf('Cognito', judged)],
    signature: { state: signature, words: signatureSays(judged) },
    roles: rolesOf(description),
    moreEntities: Math.max(0, (description?.entities.length ?? 0) - mostEntities),
    certificates: shown.map((one) => certificateView(one, now)),
    span: spanOf(shown, now),
    groups: groupsOf(findingsFor(findings, profile)),
    ...(before && description && { comparison: comparisonOf(before, description) }),
  };
}

const signatureWords: Readonly<Record<Judged['signature'], string>> = {
  none: 'The file is not signed. IAM and Cognito do not ask for it.',
  valid: 'The signature holds: the file is whole. Who signed it, that does not tell.',
  invalid: 'The signature does not hold: the file was changed after it was signed.',
  unverifiable: 'The signature cannot be verified.',
};

/** The finding knows more than the verdict: that white space was added, say, or which element was changed. */
function signatureSays({ signature, findings }: Judged): string {
  const finding = signature === 'invalid' ? findings.find(({ rule }) => rule === 'R25') : undefined;
  return finding ? shownText(finding.message) : signatureWords[signature];
}

function factsOf(description: MetadataDescription | undefined): (readonly [string, string])[] {
  if (!description) return [];
  const { maker, entities, validUntil, cacheDuration } = description;
  const name = entities.length === 1 ? entities[0]?.name : undefined;
  return [
    ...(maker === undefined ? [] : [['Made by', maker] as const]),
    ...(name === undefined ? [] : [['Name', shownText(name)] as const]),
    ...(entities.length > 1 ? [['Entities', String(entities.length)] as const] : []),
    ...(validUntil === undefined ? [] : [['Valid until', new Date(validUntil).toISOString().slice(0, 10)] as const]),
    ...(cacheDuration === undefined
      ? []
      : [['Read again after', `${Math.round(cacheDuration / 3_600_000)} hours`] as const]),
  ];
}

function answerOf(who: SamlAnswer['who'], { findings, accepts }: Judged): SamlAnswer {
  const profile = who === 'IAM' ? 'iam' : 'cognito';
  const errors = findingsFor(findings, profile).filter(({ severity }) => severity === 'error');
  const says = errors.map(({ awsMessage, message }) =>
    awsMessage === undefined ? message : `“${awsMessage}” ${message}`,
  );
  return { who, accepts: accepts[profile], says: [...new Set(says)].slice(0, 5).map((text) => shownText(text)) };
}

function rolesOf(description: MetadataDescription | undefined): SamlRoleView[] {
  const entities = description?.entities.slice(0, mostEntities) ?? [];
  return entities.flatMap(({ entityID, roles }) =>
    roles.map(({ title, endpoints }) => ({
      entityID: entities.length > 1 && entityID !== undefined ? shownText(entityID) : undefined,
      title: shownText(title),
      endpoints: endpoints.slice(0, 20).map(({ service, words, location }) => ({
        service: shownText(service),
        words: shownText(words),
        location: shownText(location),
      })),
    })),
  );
}

function certificateView(certificate: CertificateDescription, now: number): SamlCertificateView {
  const { subject, validFrom, validTo, sha1, sha256, keyType, keyBits, signsResponses, use } = certificate;
  const purpose = use === 'both' ? 'signing and encryption' : use;
  return {
    subject: shownText(subject),
    use: signsResponses ? 'verifies responses' : purpose,
    state: stateOf(certificate, now),
    words: validityOf(certificate, now),
    from: validFrom,
    to: validTo,
    sha1,
    sha256,
    key: keyBits === undefined ? keyType : `${keyType} ${keyBits}`,
  };
}

function stateOf({ validFrom, validTo }: CertificateDescription, now: number): SamlCertificateView['state'] {
  if (validTo < now) return 'expired';
  if (validFrom > now) return 'future';
  return validTo - now < 30 * day ? 'soon' : 'valid';
}

/** Some years around now; what lies beyond is cut off. */
function spanOf(shown: readonly CertificateDescription[], now: number): SamlReportView['span'] {
  const starts = shown.map(({ validFrom }) => validFrom).filter(Number.isFinite);
  const ends = shown.map(({ validTo }) => validTo).filter(Number.isFinite);
  const from = Math.max(Math.min(now - 90 * day, ...starts), now - 20 * 365 * day);
  const to = Math.min(Math.max(now + 90 * day, ...ends), now + 20 * 365 * day);
  return { from, to, now };
}

const titles: Readonly<Record<Severity, string>> = { error: 'Errors', warning: 'Warnings', info: 'Good to know' };

function groupsOf(findings: readonly Finding[]): SamlFindingGroup[] {
  return (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const all = findings.filter((one) => one.severity === severity);
    const shown = all.slice(0, mostFindings).map(({ rule, line, column, message, why, awsMessage, range }) => ({
      rule,
      line,
      column,
      message: shownText(message),
      why,
      at: range.start,
      ...(awsMessage !== undefined && { aws: awsMessage }),
    }));
    const title = `${titles[severity]} (${all.length})`;
    return all.length === 0 ? [] : [{ severity, title, findings: shown, more: all.length - shown.length }];
  });
}

function comparisonOf(
  { file, description }: NonNullable<ReportOf['before']>,
  after: MetadataDescription,
): SamlComparisonView {
  const { certificates, endpoints, sentence } = compareMetadata(description, after);
  const certificate = ({ subject, sha1 }: CertificateDescription) => `Certificate ${shownText(subject)}, SHA-1 ${sha1}`;
  const endpoint = ({ service, location }: { service: string; location: string }) =>
    shownText(`${service} ${location}`);
  const list = (kind: 'added' | 'removed') =>
    [...certificates[kind].map(certificate), ...endpoints[kind].map(endpoint)]
      .slice(0, 50)
      .map((what) => ({ kind, what }));
  return { before: file, sentence, changes: [...list('added'), ...list('removed')] };
}
