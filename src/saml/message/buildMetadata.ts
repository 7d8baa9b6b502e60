// Metadata written: of an identity provider, and of the service providers that AWS is (Cognito publishes none of its own).
import type { KeyPair } from '../certificate/makeCertificate.ts';
import { saml2Protocol } from '../metadata.ts';
import { post, redirect } from '../rules/bindings.ts';
import { acceptedFormats } from '../rules/providerRules.ts';
import { attributeText, escapeXml } from '../xml/escapeXml.ts';
import { namespaces } from '../xml/namespaces.ts';
import { attributePrefix } from './awsAttributes.ts';
import { timeText } from './buildResponse.ts';
import { signXml } from './signXml.ts';

export interface IdpMetadataWish {
  readonly entityID: string;
  /** Certificates in base64, the current one first; two while keys roll over. */
  readonly signing: readonly string[];
  readonly signOn: { readonly redirect: string; readonly post?: string };
  readonly logout?: { readonly redirect?: string; readonly post?: string };
  readonly nameIdFormats?: readonly string[];
  /** Milliseconds since 1970. */
  readonly validUntil?: number;
  /** Signs the document; its ID is then needed. */
  readonly sign?: { readonly id: string; readonly key: KeyPair };
  readonly organization?: string;
}

const declare = `xmlns:md="${namespaces.md}" xmlns:ds="${namespaces.ds}"`;

function keyText(certificate: string, use: 'signing' | 'encryption'): string {
  const lines = (certificate.match(/.{1,64}/g) ?? []).join('\n');
  return `    <md:KeyDescriptor use="${use}">\n      <ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n${lines}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo>\n    </md:KeyDescriptor>\n`;
}

function endpoint(service: string, binding: string, location: string | undefined, more = ''): string {
  return location === undefined
    ? ''
    : `    <md:${service} Binding="${binding}"${attributeText('Location', location)}${more}/>\n`;
}

const formats = (names: readonly string[]): string =>
  names.map((name) => `    <md:NameIDFormat>${escapeXml(name)}</md:NameIDFormat>\n`).join('');

export function buildIdpMetadata(wish: IdpMetadataWish): string {
  const { entityID, signing, signOn, logout, nameIdFormats = acceptedFormats.slice(0, 4), validUntil, sign } = wish;
  const head =
    attributeText('ID', sign?.id) +
    attributeText('entityID', entityID) +
    attributeText('validUntil', validUntil && timeText(validUntil));
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor ${declare}${head}>
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${saml2Protocol}">
${signing.map((one) => keyText(one, 'signing')).join('')}${endpoint('SingleLogoutService', redirect, logout?.redirect)}${endpoint('SingleLogoutService', post, logout?.post)}${formats(nameIdFormats)}${endpoint('SingleSignOnService', redirect, signOn.redirect)}${endpoint('SingleSignOnService', post, signOn.post)}  </md:IDPSSODescriptor>
${organizationText(wish.organization, entityID)}</md:EntityDescriptor>
`;
  return sign ? signXml(xml, sign) : xml;
}

function organizationText(name: string | undefined, url: string): string {
  if (name === undefined) return '';
  const text = escapeXml(name);
  return `  <md:Organization>\n    <md:OrganizationName xml:lang="en">${text}</md:OrganizationName>\n    <md:OrganizationDisplayName xml:lang="en">${text}</md:OrganizationDisplayName>\n    <md:OrganizationURL xml:lang="en">${escapeXml(url)}</md:OrganizationURL>\n  </md:Organization>\n`;
}

export interface SpMetadataWish {
  readonly entityID: string;
  /** The first is the default. All by HTTP-POST. */
  readonly consumers: readonly string[];
  readonly logout?: string;
  /** Certificates in base64 for signed requests and encrypted assertions. */
  readonly signing?: string;
  readonly encryption?: string;
  readonly nameIdFormats?: readonly string[];
  /** Attribute name -> whether it is required. */
  readonly attributes?: Readonly<Record<string, boolean>>;
  readonly serviceName?: string;
}

export function buildSpMetadata(wish: SpMetadataWish): string {
  const { entityID, consumers, logout, signing, encryption, nameIdFormats = acceptedFormats } = wish;
  const keys =
    (signing === undefined ? '' : keyText(signing, 'signing')) +
    (encryption === undefined ? '' : keyText(encryption, 'encryption'));
  const acs = consumers.map((location, at) =>
    endpoint('AssertionConsumerService', post, location, ` index="${at + 1}"${at === 0 ? ' isDefault="true"' : ''}`),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor ${declare}${attributeText('entityID', entityID)}>
  <md:SPSSODescriptor${attributeText('AuthnRequestsSigned', signing !== undefined)} WantAssertionsSigned="true" protocolSupportEnumeration="${saml2Protocol}">
${keys}${endpoint('SingleLogoutService', post, logout)}${formats(nameIdFormats)}${acs.join('')}${attributesText(wish)}  </md:SPSSODescriptor>
</md:EntityDescriptor>
`;
}

function attributesText({ attributes = {}, serviceName = 'Sign-in' }: SpMetadataWish): string {
  const each = Object.entries(attributes).map(
    ([name, required]) =>
      `      <md:RequestedAttribute isRequired="${required}"${attributeText('Name', name)} NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"/>\n`,
  );
  if (each.length === 0) return '';
  return `    <md:AttributeConsumingService index="1">\n      <md:ServiceName xml:lang="en">${escapeXml(serviceName)}</md:ServiceName>\n${each.join('')}    </md:AttributeConsumingService>\n`;
}

/** `domain`: host name of the user pool's domain, `x.auth.eu-west-1.amazoncognito.com` or one's own; or a whole `http://...` of this machine. */
export function cognitoSpMetadata(pool: {
  readonly poolId: string;
  readonly domain: string;
  readonly signing?: string;
  readonly encryption?: string;
}): string {
  const address = pool.domain.includes('://') ? pool.domain : `https://${pool.domain}`;
  return buildSpMetadata({
    entityID: `urn:amazon:cognito:sp:${pool.poolId}`,
    consumers: [`${address}/saml2/idpresponse`],
    logout: `${address}/saml2/logout`,
    ...(pool.signing !== undefined && { signing: pool.signing }),
    ...(pool.encryption !== undefined && { encryption: pool.encryption }),
    serviceName: 'Amazon Cognito user pool',
  });
}

/**
 * AWS sign-in in those regions, the first the default: `us-east-1` has no region in its address and is not global. `others`: addresses that
 * stand in for AWS's.
 */
export function awsSpMetadata(regions: readonly string[], others: readonly string[] = []): string {
  return buildSpMetadata({
    entityID: 'urn:amazon:webservices',
    consumers: [...regions.map(signInUrl), ...others],
    attributes: {
      [`${attributePrefix}Role`]: true,
      [`${attributePrefix}RoleSessionName`]: true,
      [`${attributePrefix}SessionDuration`]: false,
    },
    serviceName: 'AWS Management Console Single Sign-On',
  });
}

export function signInUrl(region: string): string {
  if (region.startsWith('cn-')) return `https://${region}.signin.amazonaws.cn/saml`;
  if (region.startsWith('us-gov-')) return `https://${region}.signin.amazonaws-us-gov.com/saml`;
  return region === 'us-east-1' ? 'https://signin.aws.amazon.com/saml' : `https://${region}.signin.aws.amazon.com/saml`;
}
