// The text of an X509Certificate element -> what the certificate says, or what the text is instead. Nothing here trusts it.
import { X509Certificate, createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { derChildren, DerError, oidOf, readDer, type Der } from './der.ts';

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  /** Milliseconds since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
  /** SHA-1 of the DER, as Windows shows it: 40 upper-case digits without colons. */
  readonly sha1: string;
  readonly sha256: string;
  /** RSA, EC, DSA, Ed25519 ... */
  readonly keyType: string;
  readonly keyBits: number | undefined;
  /** sha256WithRSA ... or the number of the algorithm. */
  readonly signedWith: string;
  /** Extensions that stand there twice, by their numbers. */
  readonly repeatedExtensions: readonly string[];
  /** Base64 without white space. */
  readonly base64: string;
}

export interface NoCertificate {
  readonly kind:
    | 'empty'
    | 'pem'
    | 'private-key'
    | 'base64'
    | 'placeholder'
    | 'several'
    | 'spki'
    | 'csr'
    | 'pkcs7'
    | 'truncated'
    | 'other';
  /** What it is instead, in a sentence. */
  readonly message: string;
  /** The text that should stand there, where that is known. */
  readonly instead?: string;
}

export type ReadCertificate =
  | { readonly ok: true; readonly certificate: CertificateFacts }
  | { readonly ok: false; readonly problem: NoCertificate };

const armour = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g;

/** Never throws, and never says a private key. */
export function readCertificate(text: string): ReadCertificate {
  const base64 = text.replace(/[\s]+/g, '');
  if (base64 === '') return no('empty', 'There is nothing where a certificate should be.');
  if (/PRIVATEKEY/i.test(base64)) return no('private-key', privateKey);
  if (text.includes('-----')) return armoured(text);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return notBase64(base64);
  return fromDer(Buffer.from(base64, 'base64'), base64);
}

const privateKey = 'This is a private key. It does not belong here; whoever has seen this file can sign in its name.';

function no(kind: NoCertificate['kind'], message: string, instead?: string): ReadCertificate {
  return { ok: false, problem: { kind, message, ...(instead !== undefined && { instead }) } };
}

function armoured(text: string): ReadCertificate {
  const blocks = [...text.matchAll(armour)].filter(([, label]) => label?.endsWith('CERTIFICATE'));
  const first = blocks[0]?.[2]?.trim();
  if (blocks.length > 1)
    return no('several', `There are ${blocks.length} certificates in one element; it takes one.`, first);
  const body = first ?? text.replace(/-----[^-]*-----/g, '').trim();
  return no(
    'pem',
    'The lines BEGIN CERTIFICATE and END CERTIFICATE do not belong here; only the base64 between them does.',
    body,
  );
}

function notBase64(base64: string): ReadCertificate {
  if (/[[\]{}$<>%*…]|\.\.\.|CERT|YOUR|PASTE|REPLACE|INSERT|TODO|XXXX/i.test(base64.slice(0, 200)))
    return no('placeholder', 'This is a placeholder, not a certificate.');
  return no('base64', 'This is not base64, which a certificate is written in.');
}

function fromDer(der: Buffer, base64: string): ReadCertificate {
  try {
    const outer = readDer(der);
    const other = otherThanCertificate(outer, der);
    if (other) return { ok: false, problem: other };
    return { ok: true, certificate: factsOf(outer, base64) };
  } catch (error) {
    if (!(error instanceof DerError)) return no('other', 'This is base64 of something that is no certificate.');
    if (der[0] === 0x30 && der.length > 40 && error.message.includes('early'))
      return no('truncated', 'The certificate is cut off: it ends before its own length says.');
    return no(looksMadeUp(base64) ? 'placeholder' : 'other', 'This is base64 of something that is no certificate.');
  }
}

const looksMadeUp = (base64: string): boolean => /^(.{1,4})\1+$/.test(base64) || /[a-z]{12}/.test(base64);

function otherThanCertificate(outer: Der, der: Buffer): NoCertificate | undefined {
  if (outer.tag !== 0x30) return { kind: 'other', message: 'This is base64 of something that is no certificate.' };
  const [first, second] = derChildren(outer);
  if (first?.tag === 0x06) return { kind: 'pkcs7', message: 'This is a PKCS#7 bundle (.p7b), not one certificate.' };
  // PKCS#8, PKCS#1 and SEC1 begin with their version.
  if (
    first?.tag === 0x02 &&
    first.content.length === 1 &&
    (second?.tag === 0x30 || second?.tag === 0x02 || second?.tag === 0x04)
  )
    return { kind: 'private-key', message: privateKey };
  if (first?.tag === 0x30 && second?.tag === 0x03)
    return { kind: 'spki', message: 'This is a bare public key, not a certificate.' };
  if (first?.tag === 0x30 && derChildren(first)[0]?.tag === 0x02 && derChildren(first).length <= 4)
    return { kind: 'csr', message: 'This is a certificate request (CSR): nobody has made a certificate of it yet.' };
  if (der.length > outer.whole.length && der[outer.whole.length] === 0x30)
    return { kind: 'several', message: 'There are several certificates in one element; it takes one.' };
  return undefined;
}

function factsOf(outer: Der, base64: string): CertificateFacts {
  const x509 = new X509Certificate(outer.whole);
  const [tbs, algorithm] = derChildren(outer);
  if (!tbs || !algorithm) throw new DerError('it has no signature');
  const { type, bits } = keyOf(tbs);
  return {
    subject: oneLine(x509.subject),
    issuer: oneLine(x509.issuer),
    serial: x509.serialNumber,
    validFrom: Date.parse(x509.validFrom),
    validTo: Date.parse(x509.validTo),
    sha1: digest('sha1', outer.whole),
    sha256: digest('sha256', outer.whole),
    keyType: type,
    keyBits: bits,
    signedWith: nameOfAlgorithm(algorithm),
    repeatedExtensions: repeated(extensionsOf(tbs)),
    base64,
  };
}

const digest = (name: string, bytes: Buffer): string => createHash(name).update(bytes).digest('hex').toUpperCase();
const oneLine = (name: string | undefined): string => (name ?? '').split('\n').toReversed().join(', ');
const repeated = (all: readonly string[]): string[] => [...new Set(all.filter((one, at) => all.indexOf(one) !== at))];

function extensionsOf(tbs: Der): string[] {
  const holder = derChildren(tbs).find(({ tag }) => tag === 0xa3);
  const list = holder && derChildren(holder)[0];
  return list ? derChildren(list).map((extension) => oidOf(readDer(extension.content))) : [];
}

const keyTypes: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.10045.2.1': 'EC',
  '1.2.840.10040.4.1': 'DSA',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};

/** Read here and not asked of the crypto library: they differ in what they tell. */
function keyOf(tbs: Der): { type: string; bits: number | undefined } {
  const parts = derChildren(tbs);
  const spki = parts[parts[0]?.tag === 0xa0 ? 6 : 5];
  const [algorithm, key] = spki ? derChildren(spki) : [];
  if (!algorithm || !key) throw new DerError('it has no key');
  const type = keyTypes[oidOf(readDer(algorithm.content))] ?? oidOf(readDer(algorithm.content));
  if (!type.startsWith('RSA')) return { type, bits: type === 'EC' ? ((key.content.length - 2) / 2) * 8 : undefined };
  const modulus = readDer(readDer(key.content.subarray(1)).content).content;
  const significant = modulus.subarray(modulus[0] === 0 ? 1 : 0);
  return { type, bits: significant.length === 0 ? 0 : significant.length * 8 - Math.clz32(significant[0] ?? 0) + 24 };
}

const algorithms: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'md2WithRSA',
  '1.2.840.113549.1.1.4': 'md5WithRSA',
  '1.2.840.113549.1.1.5': 'sha1WithRSA',
  '1.3.14.3.2.29': 'sha1WithRSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.113549.1.1.11': 'sha256WithRSA',
  '1.2.840.113549.1.1.12': 'sha384WithRSA',
  '1.2.840.113549.1.1.13': 'sha512WithRSA',
  '1.2.840.10045.4.1': 'sha1WithECDSA',
  '1.2.840.10045.4.3.2': 'sha256WithECDSA',
  '1.2.840.10045.4.3.3': 'sha384WithECDSA',
  '1.2.840.10045.4.3.4': 'sha512WithECDSA',
  '1.2.840.10040.4.3': 'sha1WithDSA',
};

function nameOfAlgorithm(algorithm: Der): string {
  const oid = oidOf(readDer(algorithm.content));
  return algorithms[oid] ?? oid;
}

export const isWeakHash = (signedWith: string): boolean => /^(?:md2|md5|sha1)/i.test(signedWith);

/** The key to verify with; undefined where the library cannot take it. */
export function publicKeyOf(base64: string): KeyObject | undefined {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64')).publicKey;
  } catch {
    return undefined;
  }
}

/** From ds:RSAKeyValue: both numbers in base64. */
export function rsaKeyOf(modulus: string, exponent: string): KeyObject | undefined {
  const number = (text: string) => {
    const bytes = Buffer.from(text, 'base64');
    return bytes.subarray(bytes.findIndex((byte) => byte !== 0)).toString('base64url');
  };
  try {
    return createPublicKey({ key: { kty: 'RSA', n: number(modulus), e: number(exponent) }, format: 'jwk' });
  } catch {
    return undefined;
  }
}
