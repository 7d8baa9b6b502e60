// A pool's own key for SAML: it signs requests, and opens assertions that were encrypted for the pool. Its certificate lasts ten years.
import { makeKeyPair, type KeyPair } from '../../saml/certificate/makeCertificate.ts';
import { poolFor, type Cognito, type CognitoHandlers } from './cognito.ts';
import { takeKey } from './poolKeys.ts';
import type { Pool } from './state.ts';

const tenYears = 10 * 365.25 * 86_400_000;

/** Made when first needed: it takes a while. */
export function samlKeyOf(cognito: Cognito, pool: Pool): KeyPair {
  if (pool.samlKey) return pool.samlKey;
  const { world } = cognito;
  const now = Math.floor(world.clock.now() / 1000) * 1000;
  const serial = Buffer.from(world.token(8), 'base64url');
  const wish = { commonName: pool.id, validFrom: now, validTo: now + tenYears, serial };
  pool.samlKey = makeKeyPair(wish, takeKey(cognito));
  world.changed();
  return pool.samlKey;
}

export const encryptionCertificate = (cognito: Cognito, pool: Pool): string => samlKeyOf(cognito, pool).certificate;

export const certificateHandlers = (cognito: Cognito) =>
  ({
    GetSigningCertificate: ({ UserPoolId }, call) => ({
      Certificate: samlKeyOf(cognito, poolFor(cognito, UserPoolId, call)).certificate,
    }),
  }) satisfies CognitoHandlers;
