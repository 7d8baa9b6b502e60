import { createPrivateKey, createPublicKey, generateKeyPair, generateKeyPairSync, hash, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { selfSigned } from './certificate.ts';

/** What of it is kept with the state. */
export interface SignerData {
  readonly privateKey: string;
  readonly certificate: string;
}

const keyBits = 2048;

export interface Signer {
  /** Makes the key in the background, so that the first signature need not wait for it. */
  prepare(): void;
  /** Base64; version 1 is SHA-1, 2 is SHA-256. */
  sign(text: string, version: '1' | '2'): string;
  /** As PEM. */
  certificate(): string;
  /** Path of the certificate on the sandbox: `/SimpleNotificationService-<hash>.pem`. */
  certificatePath(): string;
  /** Makes the key where there is none yet: messages of this snapshot may still be signed while it is taken. */
  snapshot(): SignerData;
  restore(data: SignerData | undefined): void;
}

interface Identity {
  readonly privateKey: KeyObject;
  readonly certificate: string;
  readonly path: string;
}

/** The sandbox's own RSA key, made when something is first signed. */
export function createSigner(now: () => number): Signer {
  let identity: Identity | undefined;
  let preparing = false;
  const own = (): Identity =>
    (identity ??= identityOf(generateKeyPairSync('rsa', { modulusLength: keyBits }).privateKey, now()));
  return {
    prepare() {
      if (identity !== undefined || preparing) return;
      preparing = true;
      generateKeyPair('rsa', { modulusLength: keyBits }, (error, _, privateKey) => {
        preparing = false;
        if (error === null) identity ??= identityOf(privateKey, now());
      });
    },
    sign: (text, version) =>
      sign(version === '2' ? 'sha256' : 'sha1', Buffer.from(text), own().privateKey).toString('base64'),
    certificate: () => own().certificate,
    certificatePath: () => own().path,
    snapshot() {
      const { privateKey, certificate } = own();
      return { privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), certificate };
    },
    restore(data) {
      identity = data === undefined ? undefined : identify(createPrivateKey(data.privateKey), data.certificate);
    },
  };
}

function identityOf(privateKey: KeyObject, now: number): Identity {
  const publicKey = createPublicKey(privateKey);
  return identify(privateKey, selfSigned({ publicKey, privateKey }, 'sns.amazonaws.com', now));
}

function identify(privateKey: KeyObject, certificate: string): Identity {
  return { privateKey, certificate, path: `/SimpleNotificationService-${hash('md5', certificate)}.pem` };
}
