// Signs an element of a document as SAML wants it: enveloped, exclusive canonical XML, RSA with SHA-256, the certificate along.
import { SignedXml } from 'xml-crypto';
import { enveloped, exclusive, rsaSha256, sha256 } from '../signature/algorithms.ts';
import type { KeyPair } from '../certificate/makeCertificate.ts';

export interface SignWish {
  /** The value of its ID attribute. */
  readonly id: string;
  /** The signature goes behind the first child of that name, or before all where it is left out. */
  readonly behind?: 'Issuer';
  readonly key: KeyPair;
}

export function signXml(xml: string, { id, behind, key }: SignWish): string {
  if (/['"<>&]/.test(id)) throw new Error('An ID to sign cannot hold quotes or angle brackets.');
  const pem = `-----BEGIN CERTIFICATE-----\n${(key.certificate.match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----`;
  const target = `//*[@ID='${id}']`;
  const signed = new SignedXml({
    privateKey: key.privateKey,
    publicCert: pem,
    signatureAlgorithm: rsaSha256,
    canonicalizationAlgorithm: exclusive,
  });
  signed.addReference({ xpath: target, transforms: [enveloped, exclusive], digestAlgorithm: sha256 });
  const location = behind
    ? { reference: `${target}/*[local-name(.)='${behind}']`, action: 'after' as const }
    : { reference: target, action: 'prepend' as const };
  signed.computeSignature(xml, { prefix: 'ds', location });
  return signed.getSignedXml();
}
