// A samlp:Response as an identity provider sends it: what the local one answers sign-ins with, and what tests spoil.
import type { KeyPair } from '../certificate/makeCertificate.ts';
import { attributeText, escapeXml } from '../xml/escapeXml.ts';
import { namespaces } from '../xml/namespaces.ts';
import { signXml } from './signXml.ts';

export interface ResponseWish {
  /** entityID of the identity provider. */
  readonly issuer: string;
  /** Where it is posted to: Destination and Recipient. */
  readonly destination: string;
  readonly audience: string;
  readonly nameId: { readonly value: string; readonly format?: string };
  /** Name -> values. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** The request this answers; left out where nobody asked. */
  readonly inResponseTo?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How long the assertion may be presented; 300 unless told. */
  readonly lifetimeSeconds?: number;
  readonly sessionNotOnOrAfter?: number;
  /** Two, for the response and the assertion: names that begin with a letter or "_". */
  readonly ids: { readonly response: string; readonly assertion: string };
  readonly key: KeyPair;
  /** 'assertion' unless told. */
  readonly sign?: 'assertion' | 'response' | 'both' | 'none';
  /** Differs from `destination` only where somebody breaks it on purpose. */
  readonly recipient?: string;
}

const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const unspecified = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';
const password = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';

export function buildResponse(wish: ResponseWish): string {
  const { sign = 'assertion', ids, key } = wish;
  const plain = responseText(wish);
  const inner =
    sign === 'assertion' || sign === 'both' ? signXml(plain, { id: ids.assertion, behind: 'Issuer', key }) : plain;
  if (sign !== 'response' && sign !== 'both') return inner;
  return signXml(inner, { id: ids.response, behind: 'Issuer', key });
}

export const timeText = (at: number): string => new Date(at).toISOString();

function responseText(wish: ResponseWish): string {
  const { issuer, destination, inResponseTo, now, ids } = wish;
  const head =
    attributeText('ID', ids.response) +
    attributeText('Version', '2.0') +
    attributeText('IssueInstant', timeText(now)) +
    attributeText('Destination', destination) +
    attributeText('InResponseTo', inResponseTo);
  return `<samlp:Response xmlns:samlp="${namespaces.samlp}" xmlns:saml="${namespaces.saml}"${head}><saml:Issuer>${escapeXml(issuer)}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${assertionText(wish)}</samlp:Response>`;
}

function assertionText(wish: ResponseWish): string {
  const {
    issuer,
    destination,
    recipient = destination,
    audience,
    nameId,
    inResponseTo,
    now,
    lifetimeSeconds = 300,
    ids,
  } = wish;
  const ends = timeText(now + lifetimeSeconds * 1000);
  const data =
    attributeText('NotOnOrAfter', ends) +
    attributeText('Recipient', recipient) +
    attributeText('InResponseTo', inResponseTo);
  const session = wish.sessionNotOnOrAfter === undefined ? undefined : timeText(wish.sessionNotOnOrAfter);
  return [
    `<saml:Assertion xmlns:saml="${namespaces.saml}"${attributeText('ID', ids.assertion)} Version="2.0" IssueInstant="${timeText(now)}">`,
    `<saml:Issuer>${escapeXml(issuer)}</saml:Issuer>`,
    `<saml:Subject><saml:NameID${attributeText('Format', nameId.format ?? unspecified)}>${escapeXml(nameId.value)}</saml:NameID>`,
    `<saml:SubjectConfirmation Method="${bearer}"><saml:SubjectConfirmationData${data}/></saml:SubjectConfirmation></saml:Subject>`,
    `<saml:Conditions NotBefore="${timeText(now - 5000)}" NotOnOrAfter="${ends}"><saml:AudienceRestriction><saml:Audience>${escapeXml(audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    `<saml:AuthnStatement AuthnInstant="${timeText(now)}"${attributeText('SessionIndex', ids.assertion)}${attributeText('SessionNotOnOrAfter', session)}><saml:AuthnContext><saml:AuthnContextClassRef>${password}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
    attributesText(wish.attributes),
    '</saml:Assertion>',
  ].join('');
}

function attributesText(attributes: ResponseWish['attributes']): string {
  const each = Object.entries(attributes).map(
    ([name, values]) =>
      `<saml:Attribute${attributeText('Name', name)} NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">${values.map((value) => `<saml:AttributeValue>${escapeXml(value)}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
  );
  return each.length === 0 ? '' : `<saml:AttributeStatement>${each.join('')}</saml:AttributeStatement>`;
}
