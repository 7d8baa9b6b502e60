// An assertion element -> what it says. Whether it may be believed has been decided before: see findVerified.
import { momentOf } from '../grammar/timeTypes.ts';
import { childOf, childrenOf, textOf, valueOf, type Element } from '../xml/document.ts';
import { namespaces } from '../xml/namespaces.ts';
import { readCertificate } from '../certificate/readCertificate.ts';

export interface AssertionAttribute {
  readonly name: string;
  readonly values: readonly string[];
  readonly element: Element;
}

export interface Confirmation {
  readonly method: string;
  readonly recipient: string | undefined;
  /** Milliseconds since 1970, as all times here. */
  readonly notOnOrAfter: number | undefined;
  readonly notBefore: number | undefined;
  readonly inResponseTo: string | undefined;
  readonly element: Element;
}

export interface AssertionFacts {
  readonly id: string;
  readonly issuer: string;
  readonly issued: number | undefined;
  readonly nameId: { readonly value: string; readonly format: string | undefined } | undefined;
  readonly confirmations: readonly Confirmation[];
  readonly inResponseTo: string | undefined;
  readonly audiences: readonly string[];
  readonly notBefore: number | undefined;
  readonly notOnOrAfter: number | undefined;
  readonly sessionIndex: string | undefined;
  readonly sessionNotOnOrAfter: number | undefined;
  readonly attributes: readonly AssertionAttribute[];
  /** SHA-1 of the certificate whose key signed. */
  readonly signedBy: string | undefined;
}

const { saml } = namespaces;
const timeOf = (element: Element | undefined, name: string): number | undefined =>
  momentOf((element && valueOf(element, name)) ?? '');

export function readAssertion(element: Element, certificate: string | undefined): AssertionFacts {
  const subject = childOf(element, saml, 'Subject');
  const nameId = subject && childOf(subject, saml, 'NameID');
  const conditions = childOf(element, saml, 'Conditions');
  const statement = childOf(element, saml, 'AuthnStatement');
  const issuer = childOf(element, saml, 'Issuer');
  const confirmations = subject ? childrenOf(subject, saml, 'SubjectConfirmation').map(readConfirmation) : [];
  const read = certificate === undefined ? undefined : readCertificate(certificate);
  return {
    id: valueOf(element, 'ID') ?? '',
    issuer: issuer ? textOf(issuer).trim() : '',
    issued: timeOf(element, 'IssueInstant'),
    nameId: nameId && { value: textOf(nameId).trim(), format: valueOf(nameId, 'Format') },
    confirmations,
    inResponseTo: confirmations.find(({ inResponseTo }) => inResponseTo !== undefined)?.inResponseTo,
    audiences: conditions
      ? childrenOf(conditions, saml, 'AudienceRestriction').flatMap((one) =>
          childrenOf(one, saml, 'Audience').map((audience) => textOf(audience).trim()),
        )
      : [],
    notBefore: timeOf(conditions, 'NotBefore'),
    notOnOrAfter: timeOf(conditions, 'NotOnOrAfter'),
    sessionIndex: statement && valueOf(statement, 'SessionIndex'),
    sessionNotOnOrAfter: timeOf(statement, 'SessionNotOnOrAfter'),
    attributes: childrenOf(element, saml, 'AttributeStatement').flatMap((one) =>
      childrenOf(one, saml, 'Attribute').map(readAttribute),
    ),
    signedBy: read?.ok ? read.certificate.sha1 : undefined,
  };
}

function readAttribute(element: Element): AssertionAttribute {
  const values = childrenOf(element, saml, 'AttributeValue').map((value) => textOf(value).trim());
  return { name: valueOf(element, 'Name') ?? '', values, element };
}

function readConfirmation(element: Element): Confirmation {
  const data = childOf(element, saml, 'SubjectConfirmationData');
  return {
    method: valueOf(element, 'Method') ?? '',
    recipient: data && valueOf(data, 'Recipient'),
    notOnOrAfter: timeOf(data, 'NotOnOrAfter'),
    notBefore: timeOf(data, 'NotBefore'),
    inResponseTo: data && valueOf(data, 'InResponseTo'),
    element: data ?? element,
  };
}
