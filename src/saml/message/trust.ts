// Whose signature counts: the certificates of one identity provider, given beforehand. Never what a message brings along.
import type { KeyObject } from 'node:crypto';
import { publicKeyOf, readCertificate } from '../certificate/readCertificate.ts';
import { identityProviders, signingPlaces } from '../metadata.ts';
import type { TrialKey } from '../signature/verifySignature.ts';
import { validate } from '../validate.ts';

export interface Trust {
  /** The Issuer that messages must have; any where only a certificate was given. */
  readonly entityID: string | undefined;
  readonly keys: readonly TrialKey[];
}

/** Certificates in base64 or PEM; several in one text are all taken. */
export function trustFromCertificates(texts: readonly string[], entityID?: string): Trust {
  const bodies = texts.flatMap((text) => {
    const blocks = [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g)].map(
      ([, body = '']) => body,
    );
    return blocks.length > 0 ? blocks : [text];
  });
  return { entityID, keys: bodies.flatMap(keyOf) };
}

/** The signing certificates of the identity provider. Not looked at: whether the metadata itself is signed, or expired. */
export function trustFromMetadata(input: string | Uint8Array, now: number): Trust {
  const { metadata, entityID } = validate(input, { now });
  // Of several entities the first: the key of one must not speak for another.
  const entity = metadata?.entities.find(({ roles }) => roles.some(({ kind }) => kind === 'IDPSSODescriptor'));
  const places =
    metadata && entity ? identityProviders({ ...metadata, entities: [entity] }).flatMap(signingPlaces) : [];
  return {
    entityID: entity ? entity.entityID?.value : entityID,
    keys: [...new Set(places.map(({ text }) => text.replace(/\s/g, '')))].flatMap(keyOf),
  };
}

function keyOf(text: string): TrialKey[] {
  const read = readCertificate(text);
  const key: KeyObject | undefined = read.ok ? publicKeyOf(read.certificate.base64) : undefined;
  return read.ok && key ? [{ key, from: 'given', certificate: read.certificate.base64 }] : [];
}
