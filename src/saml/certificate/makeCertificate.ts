// A self-signed certificate for a key: what the local identity provider signs with. RSA with SHA-256, X.509 version 3.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { writeDer, writeOid } from './der.ts';

export interface KeyPair {
  /** PKCS#8, PEM. */
  readonly privateKey: string;
  /** Base64 of the DER, without PEM lines: as metadata wants it. */
  readonly certificate: string;
}

export interface CertificateWish {
  readonly commonName: string;
  /** Milliseconds since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
  /** Eight bytes are enough. Given, because randomness is. */
  readonly serial: Buffer;
}

/** PKCS#8, PEM. Takes some 50 ms. */
export function newPrivateKey(bits = 2048): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** A key, a new one of 2,048 bits if none is given, and its certificate. */
export function makeKeyPair(wish: CertificateWish, privateKey = newPrivateKey()): KeyPair {
  return { privateKey, certificate: makeCertificate(privateKey, wish) };
}

const sha256WithRsa = writeDer(0x30, writeOid('1.2.840.113549.1.1.11'), writeDer(0x05));

/** `extensions`: DER of more extensions, for tests of bad certificates. */
export function makeCertificate(
  privateKeyPem: string,
  wish: CertificateWish,
  extensions: readonly Buffer[] = [],
): string {
  const privateKey = createPrivateKey(privateKeyPem);
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const name = distinguishedName(wish.commonName);
  const tbs = writeDer(
    0x30,
    writeDer(0xa0, writeDer(0x02, Buffer.from([2]))),
    writeDer(0x02, positive(wish.serial)),
    sha256WithRsa,
    name,
    writeDer(0x30, time(wish.validFrom), time(wish.validTo)),
    name,
    spki,
    writeDer(0xa3, writeDer(0x30, ...extensionsFor(spki), ...extensions)),
  );
  const signature = sign('sha256', tbs, privateKey);
  return writeDer(0x30, tbs, sha256WithRsa, writeDer(0x03, Buffer.from([0]), signature)).toString('base64');
}

/** Key identifier and "is its own authority". */
function extensionsFor(spki: Buffer): Buffer[] {
  const identifier = createHash('sha1').update(spki).digest();
  return [
    extension('2.5.29.14', writeDer(0x04, identifier)),
    extension('2.5.29.19', writeDer(0x30, writeDer(0x01, Buffer.from([0xff])))),
  ];
}

export function extension(oid: string, value: Buffer): Buffer {
  return writeDer(0x30, writeOid(oid), writeDer(0x04, value));
}

function distinguishedName(commonName: string): Buffer {
  const attribute = writeDer(0x30, writeOid('2.5.4.3'), writeDer(0x0c, Buffer.from(commonName, 'utf8')));
  return writeDer(0x30, writeDer(0x31, attribute));
}

function positive(number: Buffer): Buffer {
  const first = number.findIndex((byte) => byte !== 0);
  const short = first < 0 ? Buffer.from([1]) : number.subarray(first);
  return (short[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), short]) : short;
}

/** UTCTime until 2049, GeneralizedTime after, as the standard has it. */
function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '');
  const early = new Date(at).getUTCFullYear() < 2050;
  return writeDer(early ? 0x17 : 0x18, Buffer.from(early ? digits.slice(2) : digits, 'ascii'));
}
