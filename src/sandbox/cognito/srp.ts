// Secure Remote Password as Cognito does it: the password is never sent, and never kept. What is kept is a salt and a verifier; with
// them a plain password can be checked too. 3,072-bit group of RFC 5054, SHA-256.
import { createDiffieHellmanGroup, createHash, createHmac, timingSafeEqual } from 'node:crypto';

const nHex = createDiffieHellmanGroup('modp15').getPrime('hex');
const N = BigInt(`0x${nHex}`);
const g = 2n;

export interface Verifier {
  readonly salt: string;
  readonly verifier: string;
}

const hash = (hex: string): string => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');

/** As the clients write numbers: whole bytes, and never with the sign's bit set. */
export function padHex(number: bigint | string): string {
  const hex = typeof number === 'bigint' ? number.toString(16) : number;
  const even = hex.length % 2 === 1 ? `0${hex}` : hex;
  return /^[89a-f]/i.test(even) ? `00${even}` : even;
}

const toNumber = (hex: string): bigint => BigInt(`0x${hex === '' ? '0' : hex}`);
const k = toNumber(hash(padHex(N) + padHex(g)));

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % N;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}

/** `poolName`: the pool's id behind its region. */
const secretOf = (poolName: string, username: string, password: string, salt: string): bigint => {
  const inner = createHash('sha256').update(`${poolName}${username}:${password}`).digest('hex');
  return toNumber(hash(padHex(salt) + inner));
};

export function makeVerifier(poolName: string, username: string, password: string, salt: string): Verifier {
  return { salt, verifier: power(g, secretOf(poolName, username, password, salt)).toString(16) };
}

export function fitsVerifier(poolName: string, username: string, password: string, known: Verifier): boolean {
  const made = makeVerifier(poolName, username, password, known.salt);
  const [a, b] = [Buffer.from(padHex(made.verifier), 'hex'), Buffer.from(padHex(known.verifier), 'hex')];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The server's public number. `b`: 32 random bytes, hexadecimal. */
export const publicNumber = ({ verifier }: Verifier, b: string): string =>
  ((k * toNumber(verifier) + power(g, toNumber(b))) % N).toString(16);

/** True for a client's number that SRP allows. */
export const isPublicNumber = (A: string): boolean => /^[0-9a-f]{1,1024}$/i.test(A) && toNumber(A) % N !== 0n;

export interface Claim {
  readonly poolName: string;
  readonly username: string;
  /** Base64. */
  readonly block: string;
  readonly timestamp: string;
  /** Base64. */
  readonly signature: string;
}

/** Whether who made the claim knows the password. */
export function holdsClaim(claim: Claim, known: Verifier, secret: { A: string; B: string; b: string }): boolean {
  const u = toNumber(hash(padHex(secret.A.toLowerCase()) + padHex(secret.B)));
  if (u === 0n) return false;
  const shared = power(toNumber(secret.A) * power(toNumber(known.verifier), u), toNumber(secret.b));
  const pseudo = createHmac('sha256', Buffer.from(padHex(u), 'hex'))
    .update(Buffer.from(padHex(shared), 'hex'))
    .digest();
  const key = createHmac('sha256', pseudo).update('Caldera Derived Key\u0001').digest().subarray(0, 16);
  const expected = createHmac('sha256', key)
    .update(claim.poolName + claim.username)
    .update(Buffer.from(claim.block, 'base64'))
    .update(claim.timestamp)
    .digest();
  const given = Buffer.from(claim.signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
