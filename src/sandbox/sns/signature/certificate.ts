import { hash, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { bits, context, integer, nothing, octets, oid, sequence, set, tagged, time, utf8 } from './der.ts';

const sha256WithRsa = () => sequence(oid('1.2.840.113549.1.1.11'), nothing());
const year = 365 * 24 * 3600 * 1000;

/** A certificate that a key signs for itself, as PEM: what SigningCertURL answers with. */
export function selfSigned(keys: { publicKey: KeyObject; privateKey: KeyObject }, name: string, now: number): string {
  const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' });
  const subject = sequence(set(sequence(oid('2.5.4.3'), utf8(name))));
  const body = sequence(
    context(0, integer(Buffer.of(2))), // version 3
    integer(Buffer.from(hash('sha256', publicKey).slice(0, 16), 'hex')),
    sha256WithRsa(),
    subject,
    sequence(time(now - 24 * 3600 * 1000), time(now + 10 * year)),
    subject,
    publicKey,
    context(3, sequence(alternativeName(name))),
  );
  const signature = sign('sha256', body, keys.privateKey);
  const certificate = sequence(body, sha256WithRsa(), bits(signature));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const alternativeName = (name: string) =>
  sequence(oid('2.5.29.17'), octets(sequence(tagged(0x82, Buffer.from(name)), tagged(0x82, Buffer.from('localhost')))));
