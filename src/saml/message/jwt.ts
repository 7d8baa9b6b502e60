// JSON web tokens: what stands in one, and whether it was signed by one of the keys given. Only signatures with public keys:
// a token that names HMAC or "none" is told, not verified, whatever the key.
import { constants, createPublicKey, verify, type KeyObject } from 'node:crypto';

export interface DecodedJwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970, from exp, nbf and iat. */
  readonly expires: number | undefined;
  readonly notBefore: number | undefined;
  readonly issued: number | undefined;
  readonly signingInput: string;
  readonly signature: string;
}

export type DecodeJwtResult =
  { readonly ok: true; readonly jwt: DecodedJwt } | { readonly ok: false; readonly message: string };

export function decodeJwt(text: string): DecodeJwtResult {
  const [head = '', body = '', signature = ''] = text.trim().split('.');
  const header = objectIn(head);
  const claims = objectIn(body);
  if (!header || !claims) return { ok: false, message: 'This looks like a token (JWT), but its parts are not JSON.' };
  const time = (name: string) => (typeof claims[name] === 'number' ? claims[name] * 1000 : undefined);
  return {
    ok: true,
    jwt: {
      header,
      claims,
      expires: time('exp'),
      notBefore: time('nbf'),
      issued: time('iat'),
      signingInput: `${head}.${body}`,
      signature,
    },
  };
}

function objectIn(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface JwtMethod {
  readonly hash: string;
  readonly type: 'rsa' | 'ec';
  readonly pss?: boolean;
}

const methods: Readonly<Record<string, JwtMethod>> = {
  RS256: { hash: 'sha256', type: 'rsa' },
  RS384: { hash: 'sha384', type: 'rsa' },
  RS512: { hash: 'sha512', type: 'rsa' },
  PS256: { hash: 'sha256', type: 'rsa', pss: true },
  PS384: { hash: 'sha384', type: 'rsa', pss: true },
  PS512: { hash: 'sha512', type: 'rsa', pss: true },
  ES256: { hash: 'sha256', type: 'ec' },
  ES384: { hash: 'sha384', type: 'ec' },
  ES512: { hash: 'sha512', type: 'ec' },
};

export type JwtVerdict =
  { readonly valid: true; readonly kid: string | undefined } | { readonly valid: false; readonly why: string };

/** `jwks`: the parsed JSON of a key set (`{ keys: [...] }`). `now`: milliseconds since 1970. */
export function verifyJwt(jwt: DecodedJwt, jwks: unknown, now: number): JwtVerdict {
  const { alg, kid } = jwt.header;
  const method = typeof alg === 'string' && Object.hasOwn(methods, alg) ? methods[alg] : undefined;
  if (!method) return { valid: false, why: `The token names the algorithm ${String(alg)}, which is not accepted.` };
  const listed = isRecord(jwks) && Array.isArray(jwks['keys']) ? jwks['keys'].filter(isRecord) : [];
  const fitting = listed.filter((key) => kid === undefined || key['kid'] === kid);
  if (fitting.length === 0) return { valid: false, why: `The key set has no key ${String(kid)}.` };
  const holds = fitting.some((key) => holdsWith(jwt, method, key));
  if (!holds)
    return { valid: false, why: 'The signature does not hold: the token was changed, or another key signed it.' };
  if (jwt.expires !== undefined && jwt.expires <= now) return { valid: false, why: 'The token has expired.' };
  if (jwt.notBefore !== undefined && jwt.notBefore > now) return { valid: false, why: 'The token is not valid yet.' };
  return { valid: true, kid: typeof kid === 'string' ? kid : undefined };
}

function holdsWith(jwt: DecodedJwt, method: JwtMethod, jwk: Record<string, unknown>): boolean {
  const key = keyOf(jwk);
  if (key?.asymmetricKeyType !== method.type) return false;
  const how =
    method.type === 'ec'
      ? { key, dsaEncoding: 'ieee-p1363' as const }
      : method.pss
        ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
        : { key, padding: constants.RSA_PKCS1_PADDING };
  try {
    return verify(method.hash, Buffer.from(jwt.signingInput), how, Buffer.from(jwt.signature, 'base64url'));
  } catch {
    return false;
  }
}

function keyOf(jwk: Record<string, unknown>): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return undefined;
  }
}
