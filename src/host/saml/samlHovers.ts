// Metadata described -> what is said where the pointer rests. Texts of the file stand in code spans, where no Markdown holds.
import { shownText } from '../shownText.ts';
import type { CertificateDescription, EndpointDescription, EntityDescription } from '../../saml/describe.ts';
import type { MetadataDescription } from '../../saml/describe.ts';
import type { Range } from '../../saml/xml/document.ts';

export interface SamlHover extends Range {
  /** Ours, as Markdown. */
  readonly title: string;
  /** A label of ours, and a text of the file. */
  readonly rows: readonly (readonly [label: string, value: string])[];
}

/** `now`: milliseconds since 1970. */
export function hoversOf({ entities }: MetadataDescription, now: number): SamlHover[] {
  return entities.flatMap((entity) => [
    ...entityHover(entity),
    ...entity.roles.flatMap(({ endpoints, certificates }) => [
      ...endpoints.map(endpointHover),
      ...certificates.map((one) => certificateHover(one, now)),
    ]),
  ]);
}

function entityHover({ entityID, entityIDRange, name, roles }: EntityDescription): SamlHover[] {
  if (entityID === undefined || !entityIDRange) return [];
  const provider = roles.some(({ kind }) => kind === 'IDPSSODescriptor');
  const called = provider ? 'Federation Service Identifier' : 'Relying party identifier';
  const rows: (readonly [string, string])[] = [
    ['entityID', entityID],
    ['In AD FS', called],
    ['In messages', provider ? 'the Issuer, compared letter by letter' : 'the Audience, compared letter by letter'],
    ...(name === undefined ? [] : [['Name', name] as const]),
    ['Roles', roles.map(({ title }) => title).join(', ')],
  ];
  return [{ ...rangeOf(entityIDRange), title: 'The name of this entity', rows }];
}

function endpointHover({ service, words, location, range }: EndpointDescription): SamlHover {
  return {
    ...rangeOf(range),
    title: 'An endpoint',
    rows: [
      ['Service', service],
      ['Binding', words],
      ['Address', location],
    ],
  };
}

function certificateHover(certificate: CertificateDescription, now: number): SamlHover {
  const { subject, issuer, sha1, sha256, keyType, keyBits, signedWith, range } = certificate;
  return {
    ...rangeOf(range),
    title: titleOf(certificate),
    rows: [
      ['Subject', subject],
      ['Issuer', issuer === subject ? `${issuer} (itself)` : issuer],
      ['Valid', validityOf(certificate, now)],
      ['SHA-1', sha1],
      ['SHA-256', sha256],
      ['Key', keyBits === undefined ? keyType : `${keyType} ${keyBits}`],
      ['Signed with', signedWith],
    ],
  };
}

function titleOf({ use, signsResponses }: CertificateDescription): string {
  if (signsResponses) return 'The certificate that responses are verified with';
  return use === 'encryption' ? 'A certificate for encryption' : 'A certificate';
}

const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

export function validityOf({ validFrom, validTo }: { validFrom: number; validTo: number }, now: number): string {
  if (!Number.isFinite(validFrom) || !Number.isFinite(validTo)) return 'not readable';
  const days = Math.floor(Math.abs(validTo - now) / 86_400_000);
  const rest = validTo < now ? `expired ${days} days ago` : `${days} days left`;
  return `${day(validFrom)} to ${day(validTo)}, ${now < validFrom ? 'not valid yet' : rest}`;
}

export function markdownOf({ title, rows }: SamlHover): string {
  const lines = rows.filter(([, value]) => value.trim() !== '').map(([label, value]) => `${label}: ${codeSpan(value)}`);
  return [`**${title}**`, lines.join('  \n')].join('\n\n');
}

/** One line in which nothing is Markdown, whatever stands in it. */
export function codeSpan(text: string): string {
  const plain = shownText(text);
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${plain} ${fence}`;
}

const rangeOf = ({ start, end }: Range): Range => ({ start, end });
