// An assertion's fields with what AWS or Cognito checks at each. Shown as it claims; the marks come from the checker, over the metadata that
// the service had when the response came. Pure.
import type { FactRow, TripName } from '../../protocol/roundTrip.ts';
import type { Finding } from '../../saml/finding.ts';
import { readAssertion, type AssertionFacts } from '../../saml/message/assertion.ts';
import { attributePrefix } from '../../saml/message/awsAttributes.ts';
import { checkResponse, type CheckedResponse } from '../../saml/message/checkResponse.ts';
import { decodeMessage } from '../../saml/message/decodeMessage.ts';
import { trustFromMetadata } from '../../saml/message/trust.ts';
import { childOf, childrenOf, descendantsOf, type Element } from '../../saml/xml/document.ts';
import { namespaces } from '../../saml/xml/namespaces.ts';
import { shownText } from '../shownText.ts';

export interface Judging {
  readonly trip: TripName;
  /** What the service had at the time. */
  readonly metadata: string;
  /** Milliseconds since 1970, sandbox time. */
  readonly now: number;
  readonly audience: string;
  readonly recipient: string;
  /** AWS's or Cognito's answer, which is what counts. */
  readonly refusal: string | undefined;
}

interface Read {
  readonly facts: AssertionFacts;
  readonly signed: string;
}

/** Rows with marks where `judging` is told; else only what is there. */
export function assertionRows(xml: string, trip: TripName, judging: Judging | undefined): readonly FactRow[] {
  const read = readClaims(xml);
  if (!read) return [];
  const marks = judging && marksOf(xml, judging);
  return (trip === 'aws' ? awsRows(read) : cognitoRows(read)).map(({ place, ...row }) => ({
    ...row,
    state: marks ? marks(place) : 'plain',
  }));
}

/** Of the assertion where a careless reader looks: a child of the response. */
function readClaims(xml: string): Read | undefined {
  const decoded = decodeMessage(xml);
  const root = decoded.ok && decoded.kind !== 'jwt' ? decoded.document?.root : undefined;
  const element =
    root && (childOf(root, namespaces.saml, 'Assertion') ?? descendantsOf(root, namespaces.saml, 'Assertion')[0]);
  return root && element && { facts: readAssertion(element, undefined), signed: signatureWords(root, element) };
}

function signatureWords(root: Element, assertion: Element): string {
  const signed = childrenOf(assertion, namespaces.ds, 'Signature').length > 0;
  const count = descendantsOf(root, namespaces.saml, 'Assertion').length;
  const where = signed ? 'Inside the assertion, over the assertion' : 'None over this assertion';
  return count > 1 ? `${where}; there are ${count} assertions in the message` : where;
}

type Place =
  | 'issuer'
  | 'signature'
  | 'name'
  | 'recipient'
  | 'time'
  | 'audience'
  | 'role'
  | 'session'
  | 'seconds'
  | 'answer'
  | 'mail'
  | 'other';
type Row = Omit<FactRow, 'state'> & { readonly place: Place };

const row = (place: Place, label: string, value: string | undefined, check: string): Row => ({
  place,
  label,
  value: value === undefined || value === '' ? '(missing)' : shownText(value),
  check,
});

const attribute = ({ attributes }: AssertionFacts, name: string): string | undefined =>
  attributes.find((one) => one.name === name)?.values.join(', ');
const until = ({ notOnOrAfter }: AssertionFacts): string | undefined =>
  notOnOrAfter === undefined ? undefined : new Date(notOnOrAfter).toISOString();

function common({ facts, signed }: Read, service: string): Row[] {
  return [
    row(
      'issuer',
      'Issuer',
      facts.issuer,
      `${service} looks for it in the metadata: it must be the provider’s entityID.`,
    ),
    row(
      'signature',
      'Signature',
      signed,
      'Made with a key whose certificate is in the metadata, and over the very assertion that is read.',
    ),
    row(
      'name',
      'NameID',
      facts.nameId?.value,
      service === 'STS'
        ? 'Must be there. Policies see it as saml:sub.'
        : 'The user becomes <provider>_<NameID>, comments left out.',
    ),
    row(
      'recipient',
      'Recipient',
      facts.confirmations[0]?.recipient,
      service === 'STS'
        ? 'The trust policy of the role compares SAML:aud with it.'
        : 'Must be the pool’s own /saml2/idpresponse.',
    ),
    row(
      'time',
      'NotOnOrAfter',
      until(facts),
      service === 'STS' ? 'Not over yet; and AWS takes it within five minutes of its issuance.' : 'Not over yet.',
    ),
  ];
}

const awsRows = (read: Read): Row[] => [
  ...common(read, 'STS'),
  row(
    'audience',
    'Audience',
    read.facts.audiences.join(', '),
    'Must be urn:amazon:webservices, or the sign-in address.',
  ),
  row(
    'role',
    'Role',
    attribute(read.facts, `${attributePrefix}Role`),
    'Pairs of role and provider, of one account. The user chooses where there are several.',
  ),
  row(
    'session',
    'RoleSessionName',
    attribute(read.facts, `${attributePrefix}RoleSessionName`),
    'Two to 64 characters. It is in the session’s ARN, and in CloudTrail.',
  ),
  row(
    'seconds',
    'SessionDuration',
    attribute(read.facts, `${attributePrefix}SessionDuration`),
    '900 to 43,200 seconds, and no more than the role allows. May be left out.',
  ),
];

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/';

const cognitoRows = (read: Read): Row[] => [
  ...common(read, 'Cognito'),
  row('audience', 'Audience', read.facts.audiences.join(', '), 'Must be urn:amazon:cognito:sp:<pool id>.'),
  row(
    'answer',
    'InResponseTo',
    read.facts.inResponseTo ?? 'none: nobody asked',
    'The ID of Cognito’s request; none where the sign-in began at the provider.',
  ),
  row(
    'mail',
    'emailaddress',
    attribute(read.facts, `${claims}emailaddress`),
    'Mapped to email, which this pool requires.',
  ),
  ...read.facts.attributes
    .filter(({ name }) => name !== `${claims}emailaddress`)
    .map(({ name, values }) =>
      row(
        'other',
        shownText(name.split('/').at(-1) ?? name),
        values.join(', '),
        'Counts only where it is mapped to an attribute of the pool.',
      ),
    ),
];

/** What is wrong by our own checker; nothing is where the service took it. */
function marksOf(xml: string, judging: Judging): (place: Place) => FactRow['state'] {
  if (judging.refusal === undefined) return () => 'good';
  const checked = check(xml, judging);
  const bad = new Set(checked.findings.filter(({ severity }) => severity === 'error').map(placeOf));
  if (/attribute is required/.test(judging.refusal)) bad.add('mail');
  if (/5 minutes of issuance/.test(judging.refusal)) bad.add('time');
  const unread = bad.has('signature');
  return (place) => (bad.has(place) ? 'bad' : unread ? 'unread' : 'good');
}

function check(xml: string, { trip, metadata, now, audience, recipient }: Judging): CheckedResponse {
  return checkResponse(xml, {
    trust: trustFromMetadata(metadata, now),
    now,
    audience: [audience],
    recipient: [recipient],
    provider: trip === 'aws' ? 'iam' : 'cognito',
  });
}

const places: Readonly<Record<string, Place>> = {
  R26: 'signature',
  R41: 'signature',
  R42: 'issuer',
  R44: 'audience',
  R45: 'time',
  R46: 'role',
  R47: 'session',
  R48: 'seconds',
  R51: 'answer',
};

const placeOf = ({ rule, message }: Finding): Place =>
  rule === 'R43' ? (message.includes('NameID') ? 'name' : 'recipient') : (places[rule] ?? 'other');
