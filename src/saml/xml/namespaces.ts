// The namespaces that SAML files speak, by the prefixes we call them by in tables and sentences.

export const namespaces = {
  md: 'urn:oasis:names:tc:SAML:2.0:metadata',
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  dsig11: 'http://www.w3.org/2009/xmldsig11#',
  xenc: 'http://www.w3.org/2001/04/xmlenc#',
  xenc11: 'http://www.w3.org/2009/xmlenc11#',
  mdui: 'urn:oasis:names:tc:SAML:metadata:ui',
  mdattr: 'urn:oasis:names:tc:SAML:metadata:attribute',
  mdrpi: 'urn:oasis:names:tc:SAML:metadata:rpi',
  alg: 'urn:oasis:names:tc:SAML:metadata:algsupport',
  shibmd: 'urn:mace:shibboleth:metadata:1.0',
  idpdisc: 'urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol',
  init: 'urn:oasis:names:tc:SAML:profiles:SSO:request-init',
  hoksso: 'urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser',
  query: 'urn:oasis:names:tc:SAML:metadata:ext:query',
  saml1md: 'urn:oasis:names:tc:SAML:profiles:v1metadata',
  samlext: 'urn:oasis:names:tc:SAML:attribute:ext',
  aslo: 'urn:oasis:names:tc:SAML:2.0:protocol:ext:async-slo',
  fed: 'http://docs.oasis-open.org/wsfed/federation/200706',
  auth: 'http://docs.oasis-open.org/wsfed/authorization/200706',
  wsa: 'http://www.w3.org/2005/08/addressing',
  mex: 'http://schemas.xmlsoap.org/ws/2004/09/mex',
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  wsu: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
  sp: 'http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702',
  wsp: 'http://schemas.xmlsoap.org/ws/2004/09/policy',
  xml: 'http://www.w3.org/XML/1998/namespace',
  xmlns: 'http://www.w3.org/2000/xmlns/',
  xs: 'http://www.w3.org/2001/XMLSchema',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
} as const;

export type Prefix = keyof typeof namespaces;

const prefixes = new Map<string, string>(Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix]));

/** `md:EntityDescriptor` for people, whatever prefix the file has; `{urn:x}name` for namespaces we have no prefix for. */
export function wellKnownName(namespace: string, local: string): string {
  if (namespace === '') return local;
  const prefix = prefixes.get(namespace);
  return prefix === undefined ? `{${namespace}}${local}` : `${prefix}:${local}`;
}

export function namespaceOf(prefix: string): string {
  const uri: string | undefined = Object.hasOwn(namespaces, prefix) ? namespaces[prefix as Prefix] : undefined;
  if (uri === undefined) throw new Error(`No namespace is known by the prefix ${prefix}.`);
  return uri;
}
