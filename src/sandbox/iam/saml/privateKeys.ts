// The keys with which IAM opens encrypted assertions: the customer makes them, two at most.
import { createPrivateKey } from 'node:crypto';
import { checkConstraints } from '../constraints.ts';
import type { Iam } from '../iam.ts';
import { invalidInput, overLimit } from '../refusals.ts';
import { secondOf } from '../iam.ts';
import type { SamlProvider } from './provider.ts';

const most = 2;

export interface EncryptionWish {
  readonly AssertionEncryptionMode?: 'Required' | 'Allowed' | undefined;
  readonly AddPrivateKey?: string | undefined;
  readonly RemovePrivateKey?: string | undefined;
}

/** Nothing is changed before all has been found good. @throws ValidationError, InvalidInput, LimitExceeded */
export function changeEncryption(iam: Iam, provider: SamlProvider, wish: EncryptionWish, id: string): void {
  const { AssertionEncryptionMode: mode, AddPrivateKey: added, RemovePrivateKey: removed } = wish;
  checkConstraints([
    ['addPrivateKey', added, { min: 1, max: 16_384 }],
    ['removePrivateKey', removed, { min: 22, max: 64, pattern: '[A-Z0-9]+' }],
  ]);
  if (added !== undefined && removed !== undefined)
    throw invalidInput(
      'Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.',
    );
  const { privateKeys } = provider;
  if (added !== undefined && !isPrivateKey(added)) throw invalidInput('Invalid private key.');
  if (added !== undefined && privateKeys.size >= most) throw overLimit(`Private key limit of ${most} is reached.`);
  if (removed !== undefined && !privateKeys.has(removed))
    throw invalidInput('Failed to remove private key because the Key ID does not match a private key.');
  const left = privateKeys.size + (added === undefined ? 0 : 1) - (removed === undefined ? 0 : 1);
  const next = mode ?? provider.encryption ?? (added === undefined ? undefined : 'Allowed');
  if (next === 'Required' && left === 0) {
    throw invalidInput(
      removed === undefined
        ? 'Unable to set assertion encryption mode to Required because no private key is provided.'
        : 'Failed to remove private key.',
    );
  }
  provider.encryption = next;
  if (added !== undefined) privateKeys.set(id, { id, pem: added, added: secondOf(iam) });
  if (removed !== undefined) privateKeys.delete(removed);
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
