// What a metadata document says, as facts for reports, hovers and code lenses. Texts are as they stand in the file: whoever
// shows them escapes them. Ranges lead back to the text.
import type { CertificateFacts } from './certificate/readCertificate.ts';
import { durationOf, momentOf } from './grammar/timeTypes.ts';
import {
  isAdfs,
  signingPlaces,
  type CertificatePlace,
  type Endpoint,
  type Entity,
  type Key,
  type Role,
} from './metadata.ts';
import { bindingIn, bindingWords } from './rules/bindings.ts';
import type { Validation } from './validate.ts';
import { attributeOf, childOf, textOf, valueOf, type Element, type Range } from './xml/document.ts';
import { namespaces } from './xml/namespaces.ts';

export interface CertificateDescription extends CertificateFacts {
  readonly range: Range;
  readonly use: Key['use'];
  /** AWS verifies responses with it. */
  readonly signsResponses: boolean;
}

export interface EndpointDescription {
  readonly service: string;
  readonly binding: string;
  /** The binding in words; the URI itself where it is unknown. */
  readonly words: string;
  readonly location: string;
  readonly range: Range;
}

export interface RoleDescription {
  readonly kind: Role['kind'];
  /** "Identity provider", "Service provider", or what it is called. */
  readonly title: string;
  readonly range: Range;
  readonly endpoints: readonly EndpointDescription[];
  readonly certificates: readonly CertificateDescription[];
  readonly nameIdFormats: readonly string[];
}

export interface EntityDescription {
  readonly entityID: string | undefined;
  /** What the maker calls the entityID: "Federation Service Identifier" in AD FS. */
  readonly entityIDCalled: string;
  readonly entityIDRange: Range | undefined;
  readonly range: Range;
  readonly name: string | undefined;
  readonly roles: readonly RoleDescription[];
}

export interface MetadataDescription {
  readonly maker: 'AD FS' | 'Microsoft Entra ID' | 'Okta' | 'Keycloak' | 'Shibboleth' | 'AWS' | undefined;
  readonly entities: readonly EntityDescription[];
  /** Milliseconds. */
  readonly validUntil: number | undefined;
  readonly cacheDuration: number | undefined;
  /** Every certificate once, by when it ends: the time line. */
  readonly timeline: readonly CertificateDescription[];
}

export function describe({ document, metadata, text }: Validation): MetadataDescription | undefined {
  if (!document || !metadata) return undefined;
  const adfs = isAdfs(metadata);
  const maker = makerOf(metadata.entities, text, adfs);
  const entities = metadata.entities.map((entity) => describeEntity(entity, maker));
  const all = entities.flatMap(({ roles }) => roles.flatMap(({ certificates }) => certificates));
  const once = new Map(
    all.toSorted((a, b) => Number(a.signsResponses) - Number(b.signsResponses)).map((one) => [one.sha256, one]),
  );
  return {
    maker,
    entities,
    validUntil: momentOf(valueOf(document.root, 'validUntil') ?? ''),
    cacheDuration: durationOf(valueOf(document.root, 'cacheDuration') ?? ''),
    timeline: [...once.values()].toSorted((a, b) => a.validTo - b.validTo),
  };
}

function makerOf(entities: readonly Entity[], text: string, adfs: boolean): MetadataDescription['maker'] {
  const id = entities[0]?.entityID?.value ?? '';
  if (adfs) return 'AD FS';
  if (/^https:\/\/sts\.(?:windows\.net|chinacloudapi\.cn)\//.test(id)) return 'Microsoft Entra ID';
  if (id.startsWith('urn:amazon:')) return 'AWS';
  if (/^https?:\/\/www\.okta\.com\/|\.okta(?:preview)?\.com\//.test(id)) return 'Okta';
  if (/\/realms\/[^/]+\/?$/.test(id)) return 'Keycloak';
  return /\/idp\/shibboleth$|\/shibboleth$/.test(id) || text.includes('urn:mace:shibboleth:metadata:1.0')
    ? 'Shibboleth'
    : undefined;
}

function describeEntity({ element, entityID, roles }: Entity, maker: MetadataDescription['maker']): EntityDescription {
  const organization = childOf(element, namespaces.md, 'Organization');
  const shown = organization && childOf(organization, namespaces.md, 'OrganizationDisplayName');
  return {
    entityID: entityID?.value,
    entityIDCalled:
      maker === 'AD FS'
        ? 'Federation Service Identifier'
        : maker === 'Microsoft Entra ID'
          ? 'Microsoft Entra Identifier'
          : 'entityID',
    entityIDRange: entityID?.valueRange,
    range: element,
    name: shown && textOf(shown).trim(),
    roles: roles.map(describeRole),
  };
}

function describeRole(role: Role): RoleDescription {
  const signing = new Set(role.kind === 'IDPSSODescriptor' ? signingPlaces(role).map(({ element }) => element) : []);
  return {
    kind: role.kind,
    title: titleOf(role),
    range: role.element,
    endpoints: role.endpoints.map(describeEndpoint),
    certificates: role.keys.flatMap(({ use, certificates }) =>
      certificates.flatMap((place) => describeCertificate(place, use, signing.has(place.element))),
    ),
    nameIdFormats: role.nameIdFormats.map((one) => textOf(one).trim()),
  };
}

function titleOf({ kind, element }: Role): string {
  if (kind === 'IDPSSODescriptor') return 'Identity provider';
  if (kind === 'SPSSODescriptor') return 'Service provider';
  const type = attributeOf(element, 'type', namespaces.xsi)?.value.split(':').at(-1);
  return type === undefined ? element.local.replace(/Descriptor$/, '') : `WS-Federation ${type.replace(/Type$/, '')}`;
}

function describeEndpoint(endpoint: Endpoint): EndpointDescription {
  const binding = bindingIn(endpoint);
  return {
    service: endpoint.service,
    binding,
    words: bindingWords[binding] ?? binding,
    location: endpoint.location?.value ?? '',
    range: endpoint.element,
  };
}

function describeCertificate(
  { element, read }: CertificatePlace,
  use: Key['use'],
  signsResponses: boolean,
): CertificateDescription[] {
  return read.ok ? [{ ...read.certificate, range: element.contentRange, use, signsResponses }] : [];
}

export interface Comparison {
  readonly entityID: {
    readonly before: string | undefined;
    readonly after: string | undefined;
    readonly same: boolean;
  };
  readonly certificates: {
    readonly added: readonly CertificateDescription[];
    readonly removed: readonly CertificateDescription[];
    readonly kept: readonly CertificateDescription[];
  };
  readonly endpoints: {
    readonly added: readonly EndpointDescription[];
    readonly removed: readonly EndpointDescription[];
  };
  /** In a sentence, for a person who must decide whether to upload it again. */
  readonly sentence: string;
}

/** What is new in the second of two documents: at a rollover, which certificate. */
export function compareMetadata(before: MetadataDescription, after: MetadataDescription): Comparison {
  const idOf = ({ entities }: MetadataDescription) => entities[0]?.entityID;
  const signing = ({ timeline }: MetadataDescription) => timeline.filter(({ use }) => use !== 'encryption');
  const known = new Set(signing(before).map(({ sha256 }) => sha256));
  const now = new Set(signing(after).map(({ sha256 }) => sha256));
  const added = signing(after).filter(({ sha256 }) => !known.has(sha256));
  const removed = signing(before).filter(({ sha256 }) => !now.has(sha256));
  const endpointsOf = ({ entities }: MetadataDescription) =>
    entities.flatMap(({ roles }) => roles.flatMap(({ endpoints }) => endpoints));
  const key = ({ service, binding, location }: EndpointDescription) => `${service} ${binding} ${location}`;
  const minus = (a: MetadataDescription, b: MetadataDescription) => {
    const there = new Set(endpointsOf(b).map(key));
    return endpointsOf(a).filter((one) => !there.has(key(one)));
  };
  const same = idOf(before) === idOf(after);
  return {
    entityID: { before: idOf(before), after: idOf(after), same },
    certificates: { added, removed, kept: signing(after).filter(({ sha256 }) => known.has(sha256)) },
    endpoints: { added: minus(after, before), removed: minus(before, after) },
    sentence: sentenceOf(same, added.length, removed.length),
  };
}

function sentenceOf(same: boolean, added: number, removed: number): string {
  if (!same) return 'These are two different providers: their entityIDs differ.';
  if (added === 0 && removed === 0) return 'The signing certificates are the same.';
  if (added > 0 && removed === 0)
    return 'A certificate has been added: a rollover has begun. Upload the new file to IAM before the old certificate is taken out.';
  if (added === 0) return 'A certificate has been taken out: a rollover has ended.';
  return 'The signing certificate has been replaced. Until IAM is given the new file, sign-ins fail with InvalidIdentityToken.';
}

export interface OutlineItem {
  readonly name: string;
  readonly detail: string;
  readonly range: Range;
  readonly nameRange: Range;
  readonly children: readonly OutlineItem[];
}

const outlined: ReadonlySet<string> = new Set([
  'EntitiesDescriptor',
  'EntityDescriptor',
  'Organization',
  'ContactPerson',
  'KeyDescriptor',
  'Signature',
  'Extensions',
]);

/** The document as a tree of what matters: entities, roles, keys, services. Also what can be folded. */
export function outlineOf(element: Element): OutlineItem {
  const children = element.children.filter((child) => child.kind === 'element');
  const shown = children.filter(({ local }) => outlined.has(local) || /(?:Descriptor|Service)$/.test(local));
  return {
    name: element.local,
    detail: detailOf(element),
    range: element,
    nameRange: element.nameRange,
    children: shown.map(outlineOf),
  };
}

function detailOf(element: Element): string {
  const binding = valueOf(element, 'Binding')?.split(':').at(-1);
  const use = valueOf(element, 'use');
  const type = attributeOf(element, 'type', namespaces.xsi)?.value;
  const contact = valueOf(element, 'contactType');
  return valueOf(element, 'entityID') ?? valueOf(element, 'Name') ?? binding ?? use ?? type ?? contact ?? '';
}

/** Elements that span lines, for folding: in a one-line file there are none. */
export function foldingOf(element: Element, text: string): Range[] {
  const inside = element.children.flatMap((child) => (child.kind === 'element' ? foldingOf(child, text) : []));
  const spans =
    text.indexOf('\n', element.tagRange.end) >= 0 &&
    text.indexOf('\n', element.tagRange.end) < element.contentRange.end;
  return spans ? [{ start: element.start, end: element.end }, ...inside] : inside;
}
