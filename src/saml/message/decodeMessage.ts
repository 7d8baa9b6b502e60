// What people paste -> the SAML message or token in it, and the steps that led there. Everything happens here: nothing is sent,
// nothing is kept. A message is only decoded, not believed: see checkResponse.
import { inflateRawSync } from 'node:zlib';
import { elementsOf, type XmlDocument } from '../xml/document.ts';
import { namespaces } from '../xml/namespaces.ts';
import { parseXml } from '../xml/parseXml.ts';
import { decodeJwt, type DecodedJwt } from './jwt.ts';

export type MessageKind =
  'response' | 'request' | 'logout-request' | 'logout-response' | 'assertion' | 'metadata' | 'other';

export type DecodedMessage =
  | {
      readonly ok: true;
      readonly kind: MessageKind;
      readonly xml: string;
      /** 'URL-encoded', 'base64', 'DEFLATE': from the outside to the inside. */
      readonly steps: readonly string[];
      /** Other parameters that came along: RelayState, SigAlg, Signature. */
      readonly parameters: Readonly<Record<string, string>>;
      readonly document: XmlDocument | undefined;
    }
  | { readonly ok: true; readonly kind: 'jwt'; readonly jwt: DecodedJwt; readonly steps: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** A message is some kilobytes; what swells beyond this is an attack. */
const mostInflated = 5 * 1024 * 1024;

/** Never throws. */
export function decodeMessage(input: string): DecodedMessage {
  const text = input.replace(/^\uFEFF/, '').trim();
  if (text === '') return { ok: false, message: 'There is nothing to decode.' };
  if (/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/.test(text)) {
    const jwt = decodeJwt(text);
    return jwt.ok ? { ok: true, kind: 'jwt', jwt: jwt.jwt, steps: ['base64url'] } : { ok: false, message: jwt.message };
  }
  if (text.startsWith('<')) return message(text, [], {});
  const parameters = parametersIn(text);
  const carried = parameters['SAMLResponse'] ?? parameters['SAMLRequest'];
  if (carried !== undefined) return unpack(carried, ['URL-encoded'], parameters);
  return /%[0-9A-Fa-f]{2}/.test(text) ? unpack(unescapeUrl(text), ['URL-encoded'], {}) : unpack(text, [], {});
}

/** Of an address, a form's body, or lines copied from a browser's tools. */
function parametersIn(text: string): Readonly<Record<string, string>> {
  const query = /^https?:\/\//i.test(text) ? (text.split('?')[1]?.split('#')[0] ?? '') : text;
  if (!/(?:^|&)SAML(?:Response|Request)=/.test(query)) return {};
  return Object.fromEntries(
    query.split('&').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), unescapeUrl(pair.slice(at + 1))];
    }),
  );
}

function unescapeUrl(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function unpack(text: string, before: readonly string[], all: Readonly<Record<string, string>>): DecodedMessage {
  // In a form a plus that was not escaped has become a blank.
  const base64 = text
    .replace(/ /g, '+')
    .replace(/[\r\n\t]/g, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/');
  const { SAMLResponse: _response, SAMLRequest: _request, ...parameters } = all;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    return {
      ok: false,
      message: 'This is neither XML, nor base64, nor a token: copy the whole value of SAMLResponse or SAMLRequest.',
    };
  const bytes = Buffer.from(base64, 'base64');
  const plain = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (plain.trimStart().startsWith('<')) return message(plain.trim(), [...before, 'base64'], parameters);
  const inflated = inflate(bytes);
  if (inflated === undefined)
    return { ok: false, message: 'This is base64, but of something that is no SAML message.' };
  return message(inflated, [...before, 'base64', 'DEFLATE'], parameters);
}

function inflate(bytes: Buffer): string | undefined {
  try {
    const text = inflateRawSync(bytes, { maxOutputLength: mostInflated }).toString('utf8').trim();
    return text.startsWith('<') ? text : undefined;
  } catch {
    return undefined;
  }
}

function message(xml: string, steps: readonly string[], parameters: Readonly<Record<string, string>>): DecodedMessage {
  const parsed = parseXml(xml);
  const document = parsed.ok ? parsed.document : undefined;
  return { ok: true, kind: document ? kindOf(document) : 'other', xml, steps, parameters, document };
}

export function kindOf({ root }: XmlDocument): MessageKind {
  const { local, namespace } = root;
  if (namespace === namespaces.md) return 'metadata';
  if (namespace === namespaces.saml && local === 'Assertion') return 'assertion';
  if (namespace !== namespaces.samlp) return 'other';
  if (local === 'Response') return 'response';
  if (local === 'AuthnRequest') return 'request';
  if (local === 'LogoutRequest') return 'logout-request';
  return local === 'LogoutResponse' || elementsOf(root).some(({ local: name }) => name === 'Status')
    ? 'logout-response'
    : 'other';
}
