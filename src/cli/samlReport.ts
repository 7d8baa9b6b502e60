// What was judged, for people: who it is, what it offers, its certificates in time, its signature, what is wrong, what AWS says.
import { describe, type CertificateDescription, type Comparison, type EntityDescription } from '../saml/describe.ts';
import type { Finding } from '../saml/finding.ts';
import type { Validation } from '../saml/validate.ts';
import type { Judged } from './samlCommand.ts';

export function reportLines(one: Judged, now: number): string[] {
  if (one.kind === 'unread') return ['', one.file, `  ${one.why}`];
  if (one.kind === 'response') {
    const { trusted, assertion } = one.checked;
    const who =
      assertion?.nameId === undefined
        ? []
        : [`  user          ${assertion.nameId.value}`, `  issuer        ${assertion.issuer}`];
    return [
      '',
      one.file,
      `  ${trusted ? 'This response can be trusted.' : 'This response must not be trusted.'}`,
      ...who,
      ...findingLines(one.findings),
    ];
  }
  return [
    '',
    one.file,
    ...metadataLines(one.validation, now),
    ...findingLines(one.findings),
    ...awsLines(one.validation),
  ];
}

function metadataLines(validation: Validation, now: number): string[] {
  const description = describe(validation);
  if (!description) return [];
  const { entities, timeline, maker } = description;
  const many = entities.length > 3 ? [`  ... and ${entities.length - 3} entities more`] : [];
  return [
    ...(maker === undefined ? [] : [`  made by       ${maker}`]),
    ...entities.slice(0, 3).flatMap(entityLines),
    ...many,
    ...timeline.slice(0, 12).map((one) => certificateLine(one, now)),
    `  schema        ${validation.schema}`,
    `  signature     ${signatureWords[validation.signature]}`,
  ];
}

const signatureWords: Readonly<Record<Validation['signature'], string>> = {
  none: 'none',
  valid: 'holds (the file is whole; who made it, that does not tell)',
  invalid: 'does not hold',
  unverifiable: 'cannot be verified',
};

function entityLines({ entityID, entityIDCalled, name, roles }: EntityDescription): string[] {
  return [
    `  ${entityIDCalled.padEnd(13)} ${entityID ?? '(none)'}${name === undefined ? '' : `  "${name}"`}`,
    ...roles.flatMap(({ title, endpoints }) => [
      `  ${title}`,
      ...endpoints
        .slice(0, 12)
        .map(({ service, binding, location }) => `    ${service} ${binding.split(':').at(-1) ?? ''}  ${location}`),
    ]),
  ];
}

const date = (at: number): string => new Date(at).toISOString().slice(0, 10);

function certificateLine(
  { subject, use, validFrom, validTo, sha1, keyType, keyBits, signsResponses }: CertificateDescription,
  now: number,
): string {
  const days = Math.floor((validTo - now) / 86_400_000);
  const state = validTo < now ? `EXPIRED ${-days} days ago` : validFrom > now ? 'not valid yet' : `${days} days left`;
  const purpose = signsResponses ? 'signs responses' : use === 'both' ? 'signing and encryption' : use;
  return `  certificate   ${date(validFrom)} to ${date(validTo)}  ${state}  ${purpose}  ${keyType} ${keyBits ?? ''}  ${subject}\n                SHA-1 ${sha1}`;
}

const headings = { error: 'Errors', warning: 'Warnings', info: 'Good to know' } as const;

function findingLines(findings: readonly Finding[]): string[] {
  return (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const some = findings.filter((one) => one.severity === severity);
    if (some.length === 0) return [];
    return [
      `  ${headings[severity]}`,
      ...some.flatMap(({ rule, line, column, message, why, awsMessage }) => [
        `    ${line}:${column}  ${rule}  ${message}`,
        `        ${why}`,
        ...(awsMessage === undefined ? [] : [`        AWS: ${awsMessage}`]),
      ]),
    ];
  });
}

function awsLines({ accepts, findings }: Validation): string[] {
  return (['iam', 'cognito'] as const).map((profile) => {
    const name = profile === 'iam' ? 'IAM' : 'Cognito';
    if (accepts[profile]) return `  ${name.padEnd(13)} would take it`;
    const first = findings.find(
      ({ severity, profiles }) => severity === 'error' && profiles.some((one) => one === 'any' || one === profile),
    );
    return `  ${name.padEnd(13)} would refuse it: ${first?.message ?? ''}`;
  });
}

export function comparisonLines({ entityID, certificates, endpoints, sentence }: Comparison): string[] {
  const certificate = (sign: string) => (one: CertificateDescription) =>
    `  ${sign} ${date(one.validFrom)} to ${date(one.validTo)}  ${one.sha1}  ${one.subject}`;
  return [
    sentence,
    `  before ${entityID.before ?? '(none)'}`,
    ...(entityID.same ? [] : [`  after  ${entityID.after ?? '(none)'}`]),
    ...certificates.removed.map(certificate('-')),
    ...certificates.kept.map(certificate('=')),
    ...certificates.added.map(certificate('+')),
    ...endpoints.removed.map(({ service, location }) => `  - ${service} ${location}`),
    ...endpoints.added.map(({ service, location }) => `  + ${service} ${location}`),
  ];
}
