// The RSA keys of pools. One takes some 50 ms to make, in which nobody else is served: so those of pools that a reset forgot serve new pools.
import { newPrivateKey } from '../../saml/certificate/makeCertificate.ts';
import type { Cognito } from './cognito.ts';

/** PEM, PKCS#8. */
export const takeKey = ({ spareKeys }: Cognito): string => spareKeys.pop() ?? newPrivateKey();

/** To be called before the state is forgotten. */
export function keepKeys({ state, spareKeys }: Cognito): void {
  for (const { tokenKey, samlKey } of state.pools.values()) {
    if (tokenKey) spareKeys.push(tokenKey.pem);
    if (samlKey) spareKeys.push(samlKey.privateKey);
  }
}
