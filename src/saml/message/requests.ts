// AuthnRequest, LogoutRequest and LogoutResponse: built, read, and carried in an address (HTTP-Redirect).
import { createPrivateKey } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { momentOf } from '../grammar/timeTypes.ts';
import { rsaSha256, signValue, verifyValue } from '../signature/algorithms.ts';
import { childOf, descendantsOf, textOf, valueOf, type Element } from '../xml/document.ts';
import { attributeText, escapeXml } from '../xml/escapeXml.ts';
import { namespaces } from '../xml/namespaces.ts';
import { timeText } from './buildResponse.ts';
import { decodeMessage } from './decodeMessage.ts';
import type { Trust } from './trust.ts';

interface MessageWish {
  readonly id: string;
  readonly issuer: string;
  readonly destination: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const declare = `xmlns:samlp="${namespaces.samlp}" xmlns:saml="${namespaces.saml}"`;

function head({ id, now, destination }: MessageWish, more = ''): string {
  return `${declare}${attributeText('ID', id)} Version="2.0" IssueInstant="${timeText(now)}"${attributeText('Destination', destination)}${more}`;
}

const issuerText = ({ issuer }: MessageWish): string => `<saml:Issuer>${escapeXml(issuer)}</saml:Issuer>`;

export interface AuthnRequestWish extends MessageWish {
  readonly consumer: string;
  readonly forceAuthn?: boolean;
  readonly nameIdFormat?: string;
}

export function buildAuthnRequest(wish: AuthnRequestWish): string {
  const more =
    attributeText('ForceAuthn', wish.forceAuthn) +
    ' ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"' +
    attributeText('AssertionConsumerServiceURL', wish.consumer);
  const policy =
    wish.nameIdFormat === undefined
      ? ''
      : `<samlp:NameIDPolicy${attributeText('Format', wish.nameIdFormat)} AllowCreate="true"/>`;
  return `<samlp:AuthnRequest ${head(wish, more)}>${issuerText(wish)}${policy}</samlp:AuthnRequest>`;
}

export interface LogoutRequestWish extends MessageWish {
  readonly nameId: { readonly value: string; readonly format?: string };
  readonly sessionIndex?: string;
}

export function buildLogoutRequest(wish: LogoutRequestWish): string {
  const session =
    wish.sessionIndex === undefined ? '' : `<samlp:SessionIndex>${escapeXml(wish.sessionIndex)}</samlp:SessionIndex>`;
  return `<samlp:LogoutRequest ${head(wish)}>${issuerText(wish)}<saml:NameID${attributeText('Format', wish.nameId.format)}>${escapeXml(wish.nameId.value)}</saml:NameID>${session}</samlp:LogoutRequest>`;
}

export function buildLogoutResponse(wish: MessageWish & { readonly inResponseTo: string }): string {
  return `<samlp:LogoutResponse ${head(wish, attributeText('InResponseTo', wish.inResponseTo))}>${issuerText(wish)}<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status></samlp:LogoutResponse>`;
}

/** The address to send a browser to: DEFLATE, base64, URL-encoded; signed in the query where a key is given. */
export function redirectUrl(wish: {
  readonly location: string;
  readonly parameter: 'SAMLRequest' | 'SAMLResponse';
  readonly xml: string;
  readonly relayState?: string;
  /** PEM. */
  readonly privateKey?: string;
}): string {
  const packed = deflateRawSync(Buffer.from(wish.xml, 'utf8')).toString('base64');
  const pairs: [string, string][] = [
    [wish.parameter, packed],
    ...(wish.relayState === undefined ? [] : [['RelayState', wish.relayState] satisfies [string, string]]),
    ...(wish.privateKey === undefined ? [] : [['SigAlg', rsaSha256] satisfies [string, string]]),
  ];
  const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const signature =
    wish.privateKey === undefined
      ? ''
      : `&Signature=${encodeURIComponent(signValue(rsaSha256, query, createPrivateKey(wish.privateKey)))}`;
  return `${wish.location}${wish.location.includes('?') ? '&' : '?'}${query}${signature}`;
}

/** Whether the signature in the query of a redirect holds, over the query as it was sent. */
export function verifyRedirect(url: string, trust: Trust): 'none' | 'valid' | 'invalid' {
  const pairs = (url.split('?')[1] ?? '').split('#')[0]?.split('&') ?? [];
  const raw = (name: string) => pairs.find((pair) => pair.startsWith(`${name}=`));
  const value = (name: string) => decodeURIComponent(raw(name)?.slice(name.length + 1) ?? '');
  if (raw('Signature') === undefined) return 'none';
  const text = [raw('SAMLRequest') ?? raw('SAMLResponse'), raw('RelayState'), raw('SigAlg')]
    .filter((one) => one !== undefined)
    .join('&');
  return trust.keys.some(({ key }) => verifyValue(value('SigAlg'), text, key, value('Signature')))
    ? 'valid'
    : 'invalid';
}

export interface RequestFacts {
  readonly kind: 'request' | 'logout-request' | 'logout-response';
  readonly id: string;
  readonly issuer: string;
  readonly issued: number | undefined;
  readonly destination: string | undefined;
  readonly consumer: string | undefined;
  readonly nameIdFormat: string | undefined;
  readonly forceAuthn: boolean;
  readonly inResponseTo: string | undefined;
  readonly nameId: string | undefined;
  readonly sessionIndex: string | undefined;
  readonly relayState: string | undefined;
}

/** From XML, base64 or a whole address. */
export function readRequest(input: string): RequestFacts | undefined {
  const decoded = decodeMessage(input);
  if (!decoded.ok || decoded.kind === 'jwt' || !decoded.document) return undefined;
  const { kind, document, parameters } = decoded;
  if (kind !== 'request' && kind !== 'logout-request' && kind !== 'logout-response') return undefined;
  const { root } = document;
  const text = (element: Element | undefined) => element && textOf(element).trim();
  const policy = childOf(root, namespaces.samlp, 'NameIDPolicy');
  return {
    kind,
    id: valueOf(root, 'ID') ?? '',
    issuer: text(childOf(root, namespaces.saml, 'Issuer')) ?? '',
    issued: momentOf(valueOf(root, 'IssueInstant') ?? ''),
    destination: valueOf(root, 'Destination'),
    consumer: valueOf(root, 'AssertionConsumerServiceURL'),
    nameIdFormat: policy && valueOf(policy, 'Format'),
    forceAuthn: /^(?:true|1)$/.test(valueOf(root, 'ForceAuthn') ?? ''),
    inResponseTo: valueOf(root, 'InResponseTo'),
    nameId: text(childOf(root, namespaces.saml, 'NameID')),
    sessionIndex: text(descendantsOf(root, namespaces.samlp, 'SessionIndex')[0]),
    relayState: parameters['RelayState'],
  };
}
