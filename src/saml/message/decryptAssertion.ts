// An EncryptedAssertion, opened where the private key is given: RSA-OAEP for the key, AES (CBC or GCM) for the content.
import { constants, createDecipheriv, privateDecrypt, type KeyObject } from 'node:crypto';
import type { Findings } from '../finding.ts';
import { childOf, descendantsOf, is, textOf, valueOf, type Element } from '../xml/document.ts';
import { namespaces } from '../xml/namespaces.ts';
import { parseXml } from '../xml/parseXml.ts';
import type { CheckOptions } from './checkResponse.ts';
import { findVerified, verifyEnvelope, type Verified } from './findVerified.ts';

const { xenc, ds } = namespaces;

export function decryptAssertion(
  root: Element,
  encrypted: Element,
  options: CheckOptions,
  findings: Findings,
): Verified | undefined {
  if (!options.decryptionKey) {
    findings.error(
      'R41',
      encrypted.nameRange,
      'The assertion is encrypted; without the private key of the service it cannot be read.',
    );
    return undefined;
  }
  const opened = open(encrypted, options.decryptionKey);
  const parsed = opened === undefined ? undefined : parseXml(opened);
  if (!parsed?.ok || !is(parsed.document.root, namespaces.saml, 'Assertion')) {
    findings.error(
      'R41',
      encrypted.nameRange,
      'The assertion cannot be decrypted with this key, or by a way that is not supported.',
    );
    return undefined;
  }
  const { root: assertion } = parsed.document;
  const envelope = verifyEnvelope(root, options.trust, findings);
  if (envelope === 'bad') return undefined;
  if (envelope !== 'none' && !childOf(assertion, ds, 'Signature'))
    return { assertion, certificate: envelope.certificate };
  return findVerified(assertion, options.trust, findings);
}

function open(encrypted: Element, key: KeyObject): string | undefined {
  const data = childOf(encrypted, xenc, 'EncryptedData');
  const wrapped = descendantsOf(encrypted, xenc, 'EncryptedKey')[0];
  if (!data || !wrapped) return undefined;
  try {
    return decipher(algorithmOf(data), unwrap(wrapped, key), cipherOf(data));
  } catch {
    // One answer for every failure: differences would tell an attacker about the padding.
    return undefined;
  }
}

function algorithmOf(element: Element): string {
  const method = childOf(element, xenc, 'EncryptionMethod');
  return (method && valueOf(method, 'Algorithm')) ?? '';
}

function cipherOf(element: Element): Buffer {
  const data = childOf(element, xenc, 'CipherData');
  const value = data && childOf(data, xenc, 'CipherValue');
  return Buffer.from(value ? textOf(value) : '', 'base64');
}

const oaepHashes: Readonly<Record<string, string>> = {
  'http://www.w3.org/2000/09/xmldsig#sha1': 'sha1',
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
};

/** Only OAEP: the older padding lets attackers decrypt by asking often. */
function unwrap(wrapped: Element, key: KeyObject): Buffer {
  const algorithm = algorithmOf(wrapped);
  if (!/rsa-oaep/.test(algorithm)) throw new Error('The key is wrapped in a way that is not supported.');
  const digest = descendantsOf(wrapped, ds, 'DigestMethod')[0];
  const oaepHash = oaepHashes[(digest && valueOf(digest, 'Algorithm')) ?? ''] ?? 'sha1';
  return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, cipherOf(wrapped));
}

function decipher(algorithm: string, key: Buffer, bytes: Buffer): string {
  const bits = key.length * 8;
  if (/#aes(?:128|192|256)-gcm$/.test(algorithm)) {
    const gcm = createDecipheriv(
      bits === 128 ? 'aes-128-gcm' : bits === 192 ? 'aes-192-gcm' : 'aes-256-gcm',
      key,
      bytes.subarray(0, 12),
    );
    gcm.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([gcm.update(bytes.subarray(12, -16)), gcm.final()]).toString('utf8');
  }
  if (!/#aes(?:128|192|256)-cbc$/.test(algorithm))
    throw new Error('The content is encrypted in a way that is not supported.');
  const cbc = createDecipheriv(`aes-${bits}-cbc`, key, bytes.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([cbc.update(bytes.subarray(16)), cbc.final()]);
  return padded.subarray(0, padded.length - (padded.at(-1) ?? 0)).toString('utf8');
}
