// Keys and certificates for tests, made when first asked for. Time in tests is 2026-06-01.
import { makeKeyPair, newPrivateKey, type KeyPair } from '../../src/saml/certificate/makeCertificate.ts';

export const now = Date.parse('2026-06-01T12:00:00Z');
const made = new Map<string, KeyPair>();

export interface KeyWish {
  readonly name?: string;
  readonly from?: string;
  readonly to?: string;
  readonly bits?: number;
}

export function keyPair({
  name = 'idp.example.com',
  from = '2026-01-01',
  to = '2036-01-01',
  bits = 2048,
}: KeyWish = {}): KeyPair {
  const id = `${name} ${from} ${to} ${bits}`;
  const known = made.get(id);
  if (known) return known;
  const serial = Buffer.from(`0${made.size + 1}${'00'.repeat(7)}`.slice(-16), 'hex');
  const pair = makeKeyPair(
    { commonName: name, validFrom: Date.parse(from), validTo: Date.parse(to), serial },
    newPrivateKey(bits),
  );
  made.set(id, pair);
  return pair;
}
