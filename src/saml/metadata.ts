// A parsed document -> the entities, roles, keys and endpoints in it, each with the element it was read from.
// What is missing is undefined; nothing is judged here.
import { readCertificate, type ReadCertificate } from './certificate/readCertificate.ts';
import {
  attributeOf,
  childrenOf,
  descendantsOf,
  elementsOf,
  is,
  textOf,
  valueOf,
  walk,
  type Attribute,
  type Element,
} from './xml/document.ts';
import { namespaces } from './xml/namespaces.ts';

export const saml2Protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';

export interface Metadata {
  readonly root: Element;
  readonly entities: readonly Entity[];
}

export interface Entity {
  readonly element: Element;
  readonly entityID: Attribute | undefined;
  readonly roles: readonly Role[];
}

export interface Role {
  readonly element: Element;
  readonly kind: 'IDPSSODescriptor' | 'SPSSODescriptor' | 'other';
  readonly protocols: readonly string[];
  readonly keys: readonly Key[];
  readonly endpoints: readonly Endpoint[];
  readonly nameIdFormats: readonly Element[];
}

export interface Key {
  readonly element: Element;
  /** A key without `use` serves both. */
  readonly use: 'signing' | 'encryption' | 'both';
  readonly certificates: readonly CertificatePlace[];
}

export interface CertificatePlace {
  readonly element: Element;
  readonly text: string;
  readonly read: ReadCertificate;
}

export interface Endpoint {
  readonly element: Element;
  /** SingleSignOnService, AssertionConsumerService ... */
  readonly service: string;
  readonly binding: Attribute | undefined;
  readonly location: Attribute | undefined;
  readonly responseLocation: Attribute | undefined;
}

export type CertificateReader = (text: string) => ReadCertificate;

/** The same certificate often stands in a file many times: it is read once. */
export function certificateReader(): CertificateReader {
  const known = new Map<string, ReadCertificate>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const read = readCertificate(text);
    known.set(text, read);
    return read;
  };
}

export function readMetadata(root: Element, read: CertificateReader = certificateReader()): Metadata {
  const entities = [...walk(root)].filter((one) => is(one, namespaces.md, 'EntityDescriptor'));
  return { root, entities: entities.map((element) => readEntity(element, read)) };
}

function readEntity(element: Element, read: CertificateReader): Entity {
  const roles = elementsOf(element).filter(
    ({ local, namespace }) =>
      namespace === namespaces.md && local.endsWith('Descriptor') && local !== 'AffiliationDescriptor',
  );
  return {
    element,
    entityID: attributeOf(element, 'entityID'),
    roles: roles.map((role) => readRole(role, read)),
  };
}

function readRole(element: Element, read: CertificateReader): Role {
  const { local } = element;
  return {
    element,
    kind: local === 'IDPSSODescriptor' || local === 'SPSSODescriptor' ? local : 'other',
    protocols: (valueOf(element, 'protocolSupportEnumeration') ?? '').split(/\s+/).filter(Boolean),
    keys: childrenOf(element, namespaces.md, 'KeyDescriptor').map((key) => readKey(key, read)),
    endpoints: elementsOf(element)
      .filter(
        ({ local: name, namespace }) =>
          namespace === namespaces.md && name.endsWith('Service') && name !== 'AttributeConsumingService',
      )
      .map(readEndpoint),
    nameIdFormats: childrenOf(element, namespaces.md, 'NameIDFormat'),
  };
}

function readKey(element: Element, read: CertificateReader): Key {
  const use = valueOf(element, 'use')?.trim();
  return {
    element,
    use: use === 'signing' || use === 'encryption' ? use : 'both',
    certificates: descendantsOf(element, namespaces.ds, 'X509Certificate').map((one) => placeOf(one, read)),
  };
}

export function placeOf(element: Element, read: CertificateReader): CertificatePlace {
  const text = textOf(element);
  return { element, text, read: read(text) };
}

function readEndpoint(element: Element): Endpoint {
  return {
    element,
    service: element.local,
    binding: attributeOf(element, 'Binding'),
    location: attributeOf(element, 'Location'),
    responseLocation: attributeOf(element, 'ResponseLocation'),
  };
}

export function signingPlaces(role: Role): CertificatePlace[] {
  return role.keys.filter(({ use }) => use !== 'encryption').flatMap(({ certificates }) => certificates);
}

/** Roles as identity provider, over all entities. */
export function identityProviders({ entities }: Metadata): Role[] {
  return entities.flatMap(({ roles }) => roles.filter(({ kind }) => kind === 'IDPSSODescriptor'));
}

export function isAdfs({ entities }: Metadata): boolean {
  return entities.some(
    ({ entityID, roles }) =>
      /\/adfs\/services\/trust\/?$/i.test(entityID?.value ?? '') ||
      roles.some(({ endpoints }) => endpoints.some(({ location }) => /\/adfs\/ls\/?/i.test(location?.value ?? ''))),
  );
}
