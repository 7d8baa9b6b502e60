// Algorithms of XML signatures: their names, and how the crypto library spells them. What is not here is not verified.
import { constants, createHash, sign, verify, type KeyObject } from 'node:crypto';

export const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
export const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
export const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

const inclusive = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const inclusive11 = 'http://www.w3.org/2006/12/xml-c14n11';

export interface Canonicalization {
  readonly exclusive: boolean;
  readonly comments: boolean;
  /** Version 1.1: an xml:id belongs to its own element only. */
  readonly ownIds?: boolean;
}

export const canonicalizations: Readonly<Record<string, Canonicalization>> = {
  [exclusive]: { exclusive: true, comments: false },
  [`${exclusive}WithComments`]: { exclusive: true, comments: true },
  [inclusive]: { exclusive: false, comments: false },
  [`${inclusive}#WithComments`]: { exclusive: false, comments: true },
  [inclusive11]: { exclusive: false, comments: false, ownIds: true },
  [`${inclusive11}#WithComments`]: { exclusive: false, comments: true, ownIds: true },
};

export const isCanonicalization = (name: string): boolean => Object.hasOwn(canonicalizations, name);
export const isHmac = (name: string): boolean => /hmac/i.test(name);

export const digests: Readonly<Record<string, string>> = {
  'http://www.w3.org/2000/09/xmldsig#sha1': 'sha1',
  'http://www.w3.org/2001/04/xmldsig-more#sha224': 'sha224',
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
};

interface Method {
  readonly hash: string;
  readonly key: 'rsa' | 'pss' | 'ec' | 'dsa';
}

const more = 'http://www.w3.org/2001/04/xmldsig-more#';

export const methods: Readonly<Record<string, Method>> = {
  'http://www.w3.org/2000/09/xmldsig#rsa-sha1': { hash: 'sha1', key: 'rsa' },
  'http://www.w3.org/2000/09/xmldsig#dsa-sha1': { hash: 'sha1', key: 'dsa' },
  'http://www.w3.org/2009/xmldsig11#dsa-sha256': { hash: 'sha256', key: 'dsa' },
  ...Object.fromEntries(
    ['sha224', 'sha256', 'sha384', 'sha512'].flatMap((hash): [string, Method][] => [
      [`${more}rsa-${hash}`, { hash, key: 'rsa' }],
      [`${more}ecdsa-${hash}`, { hash, key: 'ec' }],
      [`http://www.w3.org/2007/05/xmldsig-more#${hash}-rsa-MGF1`, { hash, key: 'pss' }],
    ]),
  ),
  [`${more}ecdsa-sha1`]: { hash: 'sha1', key: 'ec' },
};

export const usesSha1 = (name: string): boolean => methods[name]?.hash === 'sha1' || digests[name] === 'sha1';

export function digestOf(name: string, text: string): string {
  return createHash(digests[name] ?? 'sha256')
    .update(text, 'utf8')
    .digest('base64');
}

/** The padding or encoding the method wants. */
function paramsOf({ key: kind }: Method): { dsaEncoding: 'ieee-p1363' } | { padding: number; saltLength?: number } {
  if (kind === 'ec' || kind === 'dsa') return { dsaEncoding: 'ieee-p1363' };
  if (kind === 'pss') return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return { padding: constants.RSA_PKCS1_PADDING };
}

/** False too where the key is of another kind than the method: no confusion of one with another. */
export function verifyValue(name: string, text: string, key: KeyObject, signature: string): boolean {
  const method = methods[name];
  if (!method || !fits(method, key)) return false;
  const value = signature.replace(/[\t\n\r ]+/g, '');
  // Node would take what has lost its end, and skip what is no base64.
  if (value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return false;
  try {
    return verify(method.hash, Buffer.from(text, 'utf8'), { key, ...paramsOf(method) }, Buffer.from(value, 'base64'));
  } catch {
    return false;
  }
}

function fits(method: Method, key: KeyObject): boolean {
  const type = key.asymmetricKeyType ?? '';
  if (key.type !== 'public') return false;
  return method.key === 'rsa' || method.key === 'pss' ? type.startsWith('rsa') : type === method.key;
}

export function signValue(name: string, text: string, privateKey: KeyObject): string {
  const method = methods[name];
  if (!method) throw new Error(`Signing with ${name} is not supported.`);
  return sign(method.hash, Buffer.from(text, 'utf8'), { key: privateKey, ...paramsOf(method) }).toString('base64');
}
